/** Options of `kiln-lang/vite`, `/rollup` and `/esbuild`. */
export interface KilnPluginOptions {
  readonly optLevel?: 0 | 1 | 2 | 3;
  readonly fpMode?: 'strict' | 'default' | 'fast';
  /** Folders that Mojo imports are searched in, like `-I`. */
  readonly include?: readonly string[];
  /** Also write `NAME.d.mojo.ts` beside each module, for TypeScript (default false). */
  readonly types?: boolean;
}
