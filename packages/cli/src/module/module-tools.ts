/** dist/…/module-tools.cjs: what Node's hooks and bundlers load. One bundle, because each would hold the whole compiler. */
import { kiln } from './bundler-plugin.ts';

export { load } from './node-hooks.ts';
export const { vite, rollup, esbuild } = kiln;
