/** `kiln build --report vectorize`: what LLVM made of each loop of the program, by source line.
 *  In: the optimizer's remarks.  Out: one line for each loop, in Kiln's words; loops of the library only with -v. */
import type { OptimizationRemark } from '@kiln/compiler/backend/backend.ts';

interface LoopReport {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly done: Set<string>;
  readonly reasons: Set<string>;
}

/** LLVM's reasons that say little by themselves. */
const REASONS: readonly (readonly [pattern: RegExp, text: string])[] = [
  [
    /reorder floating-point operations/,
    'a floating-point sum keeps its order; @fp_mode("fast") on the function, or --fp-mode fast, allows another',
  ],
  [/unsafe dependent memory operations/, 'one round may read what another one writes'],
  [/cannot identify array bounds/, 'it is not known which memory the loop reaches, so stores may meet loads'],
  [/could not determine number of loop iterations/, 'the number of rounds is not known before the loop runs'],
  [
    /instruction return type cannot be vectorized/,
    'it works on vectors already, or on values that vectors cannot hold',
  ],
  [/^instruction cannot be vectorized/, 'an operation in it has no vector form'],
  [/call instruction cannot be vectorized/, 'it calls a function that was not inlined'],
  [
    /value that could not be identified as reduction/,
    'a value is carried from round to round in a way that is no sum, product or extreme',
  ],
  [/cost-model indicates that vectorization is not beneficial/, 'vectors would not be faster here'],
  [/control flow|early exit|multiple exits/i, 'the loop can be left in the middle'],
];

/** `isUsers`: whether a file of that name is part of the user's program. */
export function vectorizeReport(
  remarks: readonly OptimizationRemark[],
  isUsers: (path: string) => boolean,
  withLibrary: boolean,
): string {
  const loops = new Map<string, LoopReport>();
  // LLVM gives reasons first, at the instructions that they are about, and then says that the loop stays as it is.
  let pending: string[] = [];
  for (const { message, place } of remarks) {
    const what = describe(message);
    if (what === null) continue;
    if (what.kind === 'reason') {
      if (place !== null && what.text !== '') pending.push(what.text);
      continue;
    }
    const reasons = pending;
    if (what.kind !== 'unrolled') pending = [];
    if (place === null || place.line === 0 || (!withLibrary && !isUsers(place.path))) continue;
    const key = `${place.path}:${place.line}:${place.column}`;
    let loop = loops.get(key);
    if (loop === undefined) {
      loop = { ...place, done: new Set(), reasons: new Set() };
      loops.set(key, loop);
    }
    if (what.kind === 'missed') for (const reason of reasons) loop.reasons.add(reason);
    else loop.done.add(what.text);
  }
  const sorted = [...loops.values()].sort(
    (x, y) => (x.path < y.path ? -1 : x.path > y.path ? 1 : 0) || x.line - y.line || x.column - y.column,
  );
  if (sorted.length === 0) return 'no loop was looked at by the vectorizer\n';
  return sorted.map((loop) => `${loop.path}:${loop.line}:${loop.column}: ${verdict(loop)}\n`).join('');
}

function verdict(loop: LoopReport): string {
  if (loop.done.size > 0) {
    // One line of a generic function is several loops.
    const others = loop.reasons.size === 0 ? [] : [`elsewhere not vectorized: ${[...loop.reasons].join('; ')}`];
    return [...loop.done, ...others].join('; ');
  }
  return `loop not vectorized${loop.reasons.size === 0 ? '' : `: ${[...loop.reasons].join('; ')}`}`;
}

interface Remark {
  readonly kind: 'vectorized' | 'unrolled' | 'straight' | 'missed' | 'reason';
  readonly text: string;
}

/** What a remark says of a loop; null when it is about something else. */
function describe(message: string): Remark | null {
  const vectorized =
    /vectorized (?:outer )?loop \(vectorization width: (?:vscale x )?(\d+), interleaved count: (\d+)\)/.exec(message);
  if (vectorized !== null) {
    const [, width = '1', count = '1'] = vectorized;
    const vectors = count === '1' ? '' : `, ${count} vectors in each step`;
    return { kind: 'vectorized', text: `loop vectorized: ${width} lanes${vectors}` };
  }
  const unrolled = /completely unrolled loop with (\d+) iterations/.exec(message);
  if (unrolled !== null) return { kind: 'unrolled', text: `loop unrolled completely: ${unrolled[1] ?? ''} rounds` };
  if (/SLP vectorized|Vectorized horizontal reduction/i.test(message))
    return { kind: 'straight', text: 'straight-line code vectorized' };
  const missed = /^loop not vectorized(?:: ([\s\S]*))?$/.exec(message.trim());
  if (missed === null) return null;
  const reason = missed[1];
  if (reason === undefined) return { kind: 'missed', text: '' };
  const known = REASONS.find(([pattern]) => pattern.test(reason));
  return { kind: 'reason', text: known?.[1] ?? reason.split('\n')[0] ?? '' };
}
