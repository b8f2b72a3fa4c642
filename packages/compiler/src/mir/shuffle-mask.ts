/** The mask of `simd.shuffle`, the intrinsic's last parameter: a variadic list of integers, or an array of them that the compile-time
 *  interpreter computed. In: the parameter's term. Out: the lanes. */
import type { Term } from '../terms/term.ts';

/** Null while an index is not known. Lanes as written: they may lie outside of both vectors. */
export function shuffleIndices(mask: Term | undefined): readonly number[] | null {
  if (mask?.kind === 'memoryValue') {
    const bytes = mask.image.allocations[0]?.bytes ?? new Uint8Array();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return Array.from({ length: bytes.length / 8 }, (_, i) => Number(view.getBigInt64(i * 8, true)));
  }
  if (mask?.kind !== 'list') return null;
  const indices: number[] = [];
  for (const element of mask.elements) {
    const number = element.kind === 'structValue' ? element.fields[0] : element;
    if (number?.kind !== 'int') return null;
    indices.push(Number(number.value));
  }
  return indices;
}
