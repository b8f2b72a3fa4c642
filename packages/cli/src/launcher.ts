/** First code of every `kiln` process. Answers an unchanged `kiln run FILE` from the cache without loading the compiler;
 *  for everything else loads the compiler's bundle, from V8's code cache where there is one.
 *  Out: dist/kiln.cjs. Invariant: parses on Node 12, so that an old Node gets a sentence instead of a syntax error. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { wantsColor } from '@kiln/render/color.ts';
import { Cache } from './cache.ts';
import { type CommandLine, isUsageError, parseCommandLine } from './command-line.ts';
import { tuneEngine } from './engine.ts';
import { CommandFailure, EXIT_ENVIRONMENT, EXIT_INTERNAL, say } from './exit-status.ts';
import { type ProgramRequest, runProgram } from './run-program.ts';
import { runRequestKey } from './run-request.ts';

/** The folder of the bundles this launcher belongs to; the bundler puts it in. */
declare const __KILN_BUILD_ID__: string;

const buildFolder = path.join(__dirname, __KILN_BUILD_ID__);

function nodeIsTooOld(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major < 20 || (major === 20 && minor < 19);
}

/** The status of an unchanged program, or null if the compiler must be asked. */
async function answerFromCache(line: CommandLine): Promise<number | null> {
  const key = runRequestKey(line, buildFolder);
  if (key === null) return null;
  const cache = new Cache(process.env);
  const found = cache.lookUpRequest(key);
  if (found === null) return null;
  const { entry, artefact } = found;
  if (line.values.has('verbose')) say(`${entry.reason}; unchanged, from the cache (${artefact.path})`);
  if (entry.messages !== '') {
    const colored = wantsColor(process.stderr.isTTY, process.env);
    process.stderr.write(colored ? entry.coloredMessages : entry.messages);
  }
  const request = {
    artefact,
    programName: line.files[0] ?? '',
    programArguments: line.programArguments,
    wasmScript: path.join(buildFolder, 'run-process.cjs'),
    wasmFlags: [],
  };
  return artefact.kind === 'wasm' ? runModuleHere(request) : runProgram(request);
}

/** This process has loaded nothing and set no V8 flags: it may as well be the one that runs the module. The script reads
 *  its words from `process.argv` and ends the process. */
function runModuleHere(request: ProgramRequest): Promise<number> {
  const words = [request.wasmScript, request.artefact.path, request.programName, ...request.programArguments];
  process.argv.splice(1, process.argv.length, ...words);
  require(request.wasmScript);
  return new Promise(() => {});
}

interface CompilerModule {
  readonly main: (words: readonly string[], onIdle: () => void) => Promise<number>;
}

/** A cache that is smaller, beside its script, was taken after a run that compiled no program, such as `kiln --version`. */
const WHOLE_CACHE = 0.7;

/** Loads a CommonJS bundle as `require` would, but with V8's code cache. */
function loadCompiler(): { compiler: CompilerModule; writeCodeCache: () => void } {
  const { Module, createRequire } = process.getBuiltinModule('node:module');
  const vm = process.getBuiltinModule('node:vm');
  const file = path.join(buildFolder, 'compiler.cjs');
  const cacheFile = path.join(buildFolder, `compiler-${process.version}-${process.arch}.v8`);
  let cachedData: Buffer | undefined;
  try {
    cachedData = fs.readFileSync(cacheFile);
  } catch {
    cachedData = undefined;
  }
  // The bundler escapes everything beyond ASCII, and one-byte strings load faster.
  const source = fs.readFileSync(file, 'latin1');
  const script = new vm.Script(Module.wrap(source), {
    filename: file,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const module: { exports: unknown } = { exports: {} };
  const run: (...words: unknown[]) => void = script.runInThisContext();
  run.call(module.exports, module.exports, createRequire(file), module, file, buildFolder);
  const writeCodeCache = (): void => {
    const isWhole = cachedData !== undefined && cachedData.length > source.length * WHOLE_CACHE;
    if (isWhole && script.cachedDataRejected !== true) return;
    try {
      // Taken after a run, so that it holds the functions a run needs.
      fs.writeFileSync(`${cacheFile}.${process.pid}`, script.createCachedData());
      fs.renameSync(`${cacheFile}.${process.pid}`, cacheFile);
    } catch {
      // A read-only installation starts a little slower.
    }
  };
  return { compiler: module.exports as CompilerModule, writeCodeCache };
}

async function main(): Promise<number> {
  if (nodeIsTooOld()) {
    say(`Node.js 20.19 or newer is needed, this is ${process.versions.node}; see https://nodejs.org`);
    return EXIT_ENVIRONMENT;
  }
  const words = process.argv.slice(2);
  const line = parseCommandLine(words);
  if (!isUsageError(line)) {
    const status = await answerFromCache(line);
    if (status !== null) return status;
  }
  tuneEngine();
  const { compiler, writeCodeCache } = loadCompiler();
  return compiler.main(words, writeCodeCache);
}

/** Whatever happens, the user gets a sentence and not a stack trace. */
function endWith(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  // Who reads our words has gone away: nobody is left to tell.
  if (code === 'EPIPE') process.exit(1);
  if (error instanceof CommandFailure) {
    say(error.message);
    process.exit(error.status);
  }
  const detail = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  say(`internal error: ${detail} (a bug in Kiln)`);
  process.exit(EXIT_INTERNAL);
}

process.on('uncaughtException', endWith);
// Should the event loop run dry before the answer is there, that is a bug and no success.
process.exitCode = EXIT_INTERNAL;
main().then((status) => process.exit(status), endWith);
