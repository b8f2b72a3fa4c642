import type { KilnPluginOptions } from './options.js';

/** The plugin for rollup. */
// biome-ignore lint/suspicious/noExplicitAny: it is the bundler's own type, which is not needed to have this package.
declare function kiln(options?: KilnPluginOptions): any;
export default kiln;
