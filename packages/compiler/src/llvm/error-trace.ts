/** The way of an error that nobody catches, or that leaves a module for its caller in another language (`std/runtime/error_stack.mojo`).
 *  In: the places where user code raises, and where errors of calls pass through it. Out: what records them.
 *
 *  `@kiln.error.trace` is a number and so many addresses of sites, innermost first. `raise` empties it, every call that ends with an error adds a site: all of this on
 *  the error's way only. A program in which nobody reads the trace records nothing: one whose `main` cannot raise, or that is no module.
 *    site   { file, bytes of it, line, column, function, bytes of it, source line, bytes of it }, 8 bytes each
 *  An error that was caught leaves its sites behind; the next one forgets them. Errors of other types than `Error` never leave `main` as
 *  they are: the conversion raises anew. They, and so the end of every iterator, cost nothing. */
import type { Span } from '../base/span.ts';
import { isLibraryPath } from '../base/stack-text.ts';
import type { ModuleContext } from './context.ts';
import type { BodyEmitter } from './emitter.ts';
import type { Body } from '../mir/mir.ts';
import type { Term } from '../terms/term.ts';
import { globalName, utf8Bytes, value } from './types.ts';

const TRACE = 'kiln.error.trace';
const MOST_SITES = 32;
const LONGEST_LINE = 200;

/** Address of the trace. A native module may be called by several threads at once, each of which has its own. */
export function traceReference(module: ModuleContext): string {
  const { program, target } = module;
  const storage = program.entry === null && !target.isWasm ? 'thread_local(initialexec) ' : '';
  return module.helper(
    TRACE,
    () => `${globalName(TRACE)} = internal ${storage}global [${MOST_SITES + 1} x i64] zeroinitializer, align 8`,
  );
}

/** A `raise` statement. In the library it only empties the trace: the user's call of the library is the first site. */
export function emitRaised(e: BodyEmitter, span: Span): void {
  const { module, w } = e;
  if (!module.showsErrorStacks) return;
  const trace = traceReference(module);
  const place = userPlace(module, span);
  w.effect(`store i64 ${place === null ? 0 : 1}, ptr ${trace}, align 8`);
  if (place === null) return;
  const first = w.op('ptr', `getelementptr inbounds i64, ptr ${trace}, i64 1`);
  w.effect(
    `store i64 ${w.convert('ptrtoint', value('ptr', site(e, span, place)), 'i64').text}, ptr ${first.text}, align 8`,
  );
}

/** A call of user code that ended with an error. */
export function emitPassed(e: BodyEmitter, span: Span, type: Term): void {
  const { module, w } = e;
  if (!module.showsErrorStacks || type.kind !== 'struct' || !isError(type.decl)) return;
  const place = userPlace(module, span);
  if (place === null) return;
  const trace = traceReference(module);
  const count = w.op('i64', `load i64, ptr ${trace}, align 8`);
  const next = w.op('i64', `add i64 ${count.text}, 1`);
  w.effect(`store i64 ${next.text}, ptr ${trace}, align 8`);
  // The last place is overwritten: the innermost calls and the outermost one stay.
  const at = w.intrinsic('i64', 'llvm.umin.i64', [next, value('i64', `${MOST_SITES}`)]);
  const slot = w.op('ptr', `getelementptr inbounds i64, ptr ${trace}, i64 ${at.text}`);
  w.effect(
    `store i64 ${w.convert('ptrtoint', value('ptr', site(e, span, place)), 'i64').text}, ptr ${slot.text}, align 8`,
  );
}

function isError(decl: { readonly path: string; readonly name: string }): boolean {
  return decl.name === 'Error' && decl.path.startsWith('std.builtin.error');
}

type Place = { readonly path: string; readonly line: number; readonly column: number };

function userPlace(module: ModuleContext, span: Span): Place | null {
  const place = module.options.locate?.(span) ?? null;
  return place === null || isLibraryPath(place.path) ? null : place;
}

function site(e: BodyEmitter, span: Span, place: Place): string {
  const { module } = e;
  const line = (module.options.sourceLine?.(span) ?? '').slice(0, LONGEST_LINE);
  const bytes = new Uint8Array(64);
  const view = new DataView(bytes.buffer);
  const texts = [place.path, e.instance.displayName, line];
  const offsets = [0, 32, 48];
  view.setBigInt64(16, BigInt(place.line), true);
  view.setBigInt64(24, BigInt(place.column), true);
  for (const [i, text] of texts.entries())
    view.setBigInt64((offsets[i] ?? 0) + 8, BigInt(utf8Bytes(text).length), true);
  const relocations = texts.map((text, i) => ({
    offset: offsets[i] ?? 0,
    symbol: module.stringConstant(text),
    addend: 0,
  }));
  return module.constant({ bytes, align: 8, relocations });
}

/** Whether somebody reads the trace. */
export function readsErrorTrace(bodies: Iterable<Body>): boolean {
  for (const body of bodies)
    for (const { statements } of body.blocks.values())
      for (const statement of statements)
        if (
          statement.kind === 'assign' &&
          statement.value.kind === 'intrinsic' &&
          statement.value.name === 'error.trace'
        )
          return true;
  return false;
}
