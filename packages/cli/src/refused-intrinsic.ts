/** A call of an LLVM intrinsic that LLVM refuses is the program's fault: names are known to LLVM only, so the refusal comes late.
 *  In: the IR and what the backend said of it.  Out: a diagnostic at the call, or null when the failure is about something else. */
import type { BackendFailure } from '@kiln/compiler/backend/backend.ts';
import { makeSpan, type SourceFile, type Span } from '@kiln/compiler/base/span.ts';
import { type Diagnostic, defineError, label } from '@kiln/compiler/diagnostics/diagnostic.ts';

export const refusedIntrinsic = defineError('M5002', 'target', (a: { span: Span | null; name: string }) => ({
  message: `LLVM has no intrinsic '${a.name}' with these arguments and this result`,
  primary: a.span === null ? null : label(a.span),
  notes: [
    "the name is written without types, and each type must fit: see LLVM's language reference, and the processor that the program is built for",
  ],
}));

/** How LLVM names the intrinsic: as an error of the parser, of the verifier, or of instruction selection. */
const NAMES = [
  /unknown intrinsic '(llvm\.[\w.]+)'/,
  /Intrinsic [\s\S]*?@(llvm\.[\w.]+)/,
  /[Cc]annot select: intrinsic %(llvm\.[\w.]+)/,
  /@(llvm\.[\w.]+)/,
];

/** What LLVM says, without a name, when it does not know how to make code of something. */
const GAVE_UP = /LLVM gave up|error in backend/;
/** A call of an intrinsic that one kind of processor has. */
const TARGET_CALL = /\bcall [^\n]*@(llvm\.(?:x86|aarch64|arm|wasm)\.[\w.]+)\([^\n]*!dbg/;

export function explainRefusal(ir: string, failure: BackendFailure, sources: readonly SourceFile[]): Diagnostic | null {
  if (failure.kind !== 'internal') return null;
  const lines = ir.split('\n');
  const said = [failure.message, failure.irPosition === null ? '' : (lines[failure.irPosition.line - 1] ?? '')];
  const named = said
    .flatMap((text) => NAMES.map((pattern) => pattern.exec(text)?.[1]))
    .find((found) => found !== undefined);
  const name = named ?? (GAVE_UP.test(failure.message) ? TARGET_CALL.exec(ir)?.[1] : undefined);
  if (name === undefined) return null;
  const call = lines.find(
    (line) => /\bcall\b/.test(line) && (line.includes(`@${name}(`) || line.includes(`@${name}.`)),
  );
  const location = /!dbg !(\d+)/.exec(call ?? '')?.[1];
  // A name without a call in a source is one that Kiln chose.
  if (location === undefined) return null;
  const span = spanOf(ir, location, sources);
  // `llvm.ctpop.i32` was written as `llvm.ctpop`.
  return span === null ? null : refusedIntrinsic({ span, name: name.replace(/(\.([vn]?\d*)?[ifp]\d+)+$/, '') });
}

function node(ir: string, id: string): string {
  return new RegExp(`^!${id} = (.*)$`, 'm').exec(ir)?.[1] ?? '';
}

function spanOf(ir: string, location: string, sources: readonly SourceFile[]): Span | null {
  const place = /DILocation\(line: (\d+), column: (\d+), scope: !(\d+)/.exec(node(ir, location));
  if (place === null) return null;
  const [, line = '1', column = '1', scope = ''] = place;
  const file = /file: !(\d+)/.exec(node(ir, scope))?.[1] ?? '';
  const [, name = '', folder = ''] = /filename: "([^"]*)", directory: "([^"]*)"/.exec(node(ir, file)) ?? [];
  const source = sources.find((candidate) => candidate.path === (folder === '' ? name : `${folder}/${name}`));
  if (source === undefined) return null;
  const starts = source.text.split('\n').slice(0, Number(line) - 1);
  const start = starts.reduce((sum, text) => sum + text.length + 1, 0) + Number(column) - 1;
  const word = /^\w*/.exec(source.text.slice(start))?.[0].length ?? 0;
  return makeSpan(source.id, start, start + Math.max(word, 1));
}
