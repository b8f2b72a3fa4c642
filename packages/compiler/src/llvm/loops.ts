/** Loop hints as metadata on a back edge's branch.
 *  In: what the source asked of one loop. Out: the text to append to the branch. */
import type { Metadata } from './debug.ts';

export interface LoopHints {
  /** 1 forbids unrolling; 0 asks for full unrolling; another number is the factor; null says nothing. */
  readonly unroll: number | null;
  /** Vector width to use, or null. */
  readonly vectorize: number | null;
}

export function loopMetadata(metadata: Metadata, hints: LoopHints): string {
  const parts: number[] = [];
  if (hints.unroll === 1) parts.push(metadata.shared('!{!"llvm.loop.unroll.disable"}'));
  else if (hints.unroll === 0) parts.push(metadata.shared('!{!"llvm.loop.unroll.full"}'));
  else if (hints.unroll !== null) parts.push(metadata.shared(`!{!"llvm.loop.unroll.count", i32 ${hints.unroll}}`));
  if (hints.vectorize !== null) {
    parts.push(metadata.shared('!{!"llvm.loop.vectorize.enable", i1 true}'));
    parts.push(metadata.shared(`!{!"llvm.loop.vectorize.width", i32 ${hints.vectorize}}`));
  }
  if (parts.length === 0) return '';
  // A loop's node refers to itself, so that two loops with equal hints stay distinct.
  const own = metadata.node('');
  metadata.replace(own, `distinct !{!${own}, ${parts.map((part) => `!${part}`).join(', ')}}`);
  return `, !llvm.loop !${own}`;
}
