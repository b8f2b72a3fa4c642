/** The compiler, in a worker of the page: checks, shows stages, builds WebAssembly, interprets.
 *  In: `Request`s.  Out: `Answer`s. The library is in a file beside the page; LLVM is loaded when something is first built. */
import { compileOptions } from '@kiln/compiler/backend/backend.ts';
import { wasmTarget } from '@kiln/compiler/backend/target-info.ts';
import { createMemoryHost } from '@kiln/compiler/driver/host.ts';
import { type CompilationOptions, defaultOptions, type TextStage } from '@kiln/compiler/driver/options.ts';
import { compile, type CompileOutcome, interpretProgram } from '@kiln/compiler/driver/pipeline.ts';
import { compileToWasmObject, linkWasm } from '@kiln/backend-embedded/toolchain.ts';
import { renderText } from '@kiln/render/text.ts';
import { openToolchain } from './llvm.ts';
import type { Answer, Mark, Request } from './protocol.ts';

const FILE = 'program.mojo';
const OPTIONS: CompilationOptions = { ...defaultOptions(wasmTarget()), requireMain: true };
/** Compile-time code that runs longer is stopped, so that typing stays answered. */
const STEPS_WHILE_TYPING = 2_000_000;

const say = (answer: Answer): void => postMessage(answer);
const toolchain = openToolchain((done, total) => say({ kind: 'progress', done, total }));
/** The library, and modules that programs may import. */
const modules = fetch(new URL('./modules.json', import.meta.url)).then(
  (response) => response.json() as Promise<Record<string, string>>,
);

async function run(
  text: string,
  options: CompilationOptions,
  stopAt: TextStage | null,
  checkOnly: boolean,
): Promise<CompileOutcome> {
  const files = new Map(Object.entries(await modules));
  files.set(FILE, text);
  const host = { ...createMemoryHost(files), now: () => performance.now() };
  return compile({ path: FILE, displayPath: FILE, options, stopAt, checkOnly }, host);
}

/** Rendered diagnostics, or what went wrong in the compiler itself. */
function reportOf(outcome: CompileOutcome): string {
  const failure = outcome.internalFailure;
  const bug =
    failure === null ? '' : `internal error in pass '${failure.pass}' at ${failure.position}: ${failure.message}\n`;
  return renderText(outcome.diagnostics, outcome.sources, { color: false, width: 90, fallbackPath: FILE }) + bug;
}

async function answer(request: Request): Promise<void> {
  const started = performance.now();
  switch (request.kind) {
    case 'check': {
      const outcome = await run(
        request.text,
        { ...OPTIONS, limits: { ...OPTIONS.limits, steps: STEPS_WHILE_TYPING } },
        null,
        true,
      );
      say({
        kind: 'checked',
        id: request.id,
        marks: marksOf(outcome, request.text),
        milliseconds: performance.now() - started,
      });
      return;
    }
    case 'show': {
      if (request.tab === 'wat') {
        const { module, report } = await build(request.text);
        const text = module === null ? null : await disassemble(module);
        say({ kind: 'shown', id: request.id, text, report });
        return;
      }
      const outcome = await run(request.text, OPTIONS, request.tab, false);
      say({ kind: 'shown', id: request.id, text: outcome.printed, report: reportOf(outcome) });
      return;
    }
    case 'build': {
      const { module, report } = await build(request.text);
      say({ kind: 'built', id: request.id, module, report, milliseconds: performance.now() - started });
      return;
    }
    case 'interpret': {
      const decoders = { 1: new TextDecoder(), 2: new TextDecoder() };
      const files = new Map(Object.entries(await modules));
      files.set(FILE, request.text);
      const result = interpretProgram(
        { path: FILE, displayPath: FILE, options: OPTIONS, stopAt: null, checkOnly: true },
        createMemoryHost(files),
        {
          input: () => null,
          now: () => Math.round(performance.now() * 1e6),
          output: (descriptor, bytes) =>
            say({ kind: 'output', descriptor, text: decoders[descriptor].decode(bytes, { stream: true }) }),
        },
      );
      const report = reportOf(result.outcome);
      if (report !== '') say({ kind: 'output', descriptor: 2, text: report });
      say({ kind: 'ended', status: result.status ?? 1, milliseconds: performance.now() - started });
      return;
    }
  }
}

async function build(text: string): Promise<{ readonly module: Uint8Array | null; readonly report: string }> {
  const outcome = await run(text, OPTIONS, null, false);
  const report = reportOf(outcome);
  if (outcome.llvm === null) return { module: null, report };
  const object = await compileToWasmObject(toolchain, outcome.llvm, compileOptions(OPTIONS.target, 3, FILE));
  if (!object.ok) return { module: null, report: `${report}${object.failure.message}\n` };
  const linked = await linkWasm(toolchain, [object.bytes], {
    kind: 'executable',
    exports: [],
    libraries: [],
    librarySearchPaths: [],
    stripDebug: false,
  });
  if (!linked.ok) return { module: null, report: `${report}${linked.failure.message}\n` };
  return { module: linked.bytes, report };
}

async function disassemble(module: Uint8Array): Promise<string> {
  const { default: wabt } = await import('wabt');
  const tools = await wabt();
  const parsed = tools.readWasm(module, { readDebugNames: true });
  try {
    parsed.generateNames();
    parsed.applyNames();
    return parsed.toText({ foldExprs: true, inlineExport: true });
  } finally {
    parsed.destroy();
  }
}

/** Diagnostics that lie in the program itself. */
function marksOf(outcome: CompileOutcome, text: string): Mark[] {
  const marks: Mark[] = [];
  for (const { severity, code, message, primary, notes } of outcome.diagnostics) {
    const span = primary?.span;
    const own = span !== undefined && outcome.sources.get(span.file).path === FILE;
    const from = Math.min(own ? span.start : 0, text.length);
    const to = Math.min(own ? Math.max(span.end, span.start + 1) : 1, text.length);
    marks.push({
      from: Math.min(from, to),
      to,
      severity: severity === 'note' ? 'info' : severity,
      message: [`${message} [${code}]`, ...notes].join('\n'),
    });
  }
  return marks;
}

addEventListener('message', (event: MessageEvent<Request>) => {
  const request = event.data;
  answer(request).catch((error: unknown) =>
    say({ kind: 'failed', id: request.id, message: error instanceof Error ? error.message : String(error) }),
  );
});
