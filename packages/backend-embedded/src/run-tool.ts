/** Runs one tool of @yowasp/clang, however that was loaded: in Node and in the browser.
 *  In: the package, arguments, files. Out: a `ToolResult`, also where LLVM crashed. */
import type { Files, ToolResult } from './toolchain.ts';

type Output = (bytes: Uint8Array | null) => void;
type MutableTree = { [name: string]: MutableTree | string | Uint8Array };

/** What is used of the package. */
export interface Clang {
  runLLVM(
    args: string[],
    files: MutableTree,
    options: { stdout?: Output; stderr?: Output; decodeASCII?: boolean; fetchProgress?(): void },
  ): Promise<object | undefined> | object | undefined;
  readonly Exit: new (...args: never[]) => { readonly code: number };
}

export async function runTool(clang: Clang, args: readonly string[], files: Files): Promise<ToolResult> {
  const stdout: Uint8Array[] = [];
  const stderr: Uint8Array[] = [];
  const collect =
    (into: Uint8Array[]): Output =>
    (bytes) => {
      if (bytes !== null) into.push(bytes.slice());
    };
  const finished = (status: number, made: object, last: string): ToolResult => ({
    status,
    output: joined(stdout),
    messages: new TextDecoder().decode(joined(stderr)) + last,
    files: made as ToolResult['files'],
  });
  try {
    const made = await clang.runLLVM([...args], copyTree(files), {
      stdout: collect(stdout),
      stderr: collect(stderr),
      decodeASCII: false,
    });
    return finished(0, made ?? {}, '');
  } catch (error) {
    if (error instanceof clang.Exit) return finished(error.code, {}, '');
    // A crash of LLVM is a wasm trap; LLVM's own last words stand in the messages.
    const text = error instanceof Error ? error.message : String(error);
    return finished(134, {}, `\nerror: LLVM crashed: ${text}`);
  }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** The package writes into the tree it is given. */
function copyTree(files: Files): MutableTree {
  const tree: MutableTree = {};
  for (const [name, entry] of Object.entries(files)) {
    tree[name] = typeof entry === 'string' || entry instanceof Uint8Array ? entry : { ...entry };
  }
  return tree;
}
