/** Starts the worker thread from TypeScript source, for tests and uninstalled checkouts: a worker does not get the loader
 *  that the main thread runs under. Never part of a bundle. */
import { register } from 'tsx/esm/api';

register();
await import('./native-worker.ts');
