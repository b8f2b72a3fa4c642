/** Starts the native backend's worker thread from TypeScript source: Node 20 workers do not inherit tsx. */
import { register } from 'tsx/esm/api';

register();
await import('../../packages/backend-native/src/native-worker.ts');
