/** Rebuilds a compile-time value at run time.
 *  In: a closed value term of any class and the place that becomes it. Out: copies of constant bytes; memory that the value
 *  owned at compile time is allocated anew, filled, and linked by stores of the new addresses. */
import { InternalError, present } from '../base/invariant.ts';
import type { Term } from '../terms/term.ts';
import { constantImage, imageRelocations } from './constants.ts';
import { type BodyEmitter, dangling, type Resolved } from './emitter.ts';
import { piecesOf, value } from './types.ts';
import type { Address } from './writer.ts';

const POINTER_PIECE = { offset: 0, scalar: { kind: 'pointer', size: 8 }, lanes: 1 } as const;

export function materialize(e: BodyEmitter, term: Term, target: Resolved): void {
  const layout = e.layout(target.type);
  if (layout.size === 0) return;
  const direct = target.kind === 'memory' ? target.address : null;
  const storage = direct ?? e.w.storage(layout.size, layout.align);
  fill(e, term, target.type, storage);
  if (direct === null) e.storeFrom(target, storage);
}

function ownsMemory(term: Term): boolean {
  if (term.kind === 'memoryValue') return term.image.allocations.some((allocation, i) => i > 0 && !allocation.constant);
  return term.kind === 'structValue' && term.fields.some(ownsMemory);
}

function fill(e: BodyEmitter, term: Term, type: Term, to: Address): void {
  const layout = e.layout(type);
  if (layout.size === 0) return;
  if (term.kind === 'memoryValue' && ownsMemory(term)) {
    fillImage(e, term, layout.size, to);
    return;
  }
  if (term.kind === 'structValue' && ownsMemory(term)) {
    layout.fields.forEach((field, i) => {
      const inner = e.layout(field.type);
      const fieldTerm = present(term.fields[i], 'field of a compile-time value');
      fill(e, fieldTerm, field.type, {
        pointer: e.w.offset(to.pointer, field.offset),
        align: Math.min(inner.align, to.align),
      });
    });
    return;
  }
  const pieces = piecesOf(layout);
  if (pieces?.length === 1 && (term.kind === 'int' || term.kind === 'bool' || term.kind === 'float')) {
    e.storeOperand({ kind: 'constant', term, type, span: e.body.span }, to);
    return;
  }
  const image = constantImage(e.module, term, type);
  e.w.copyBytes(to, { pointer: e.module.constant(image), align: image.align }, layout.size);
}

function fillImage(e: BodyEmitter, term: Extract<Term, { kind: 'memoryValue' }>, size: number, to: Address): void {
  const { w, module } = e;
  const { allocations } = term.image;
  const addresses = allocations.map((allocation, i): Address | null => {
    if (i === 0) return to;
    if (allocation.constant) return null;
    if (allocation.bytes.length === 0) return dangling(allocation.align);
    const { reference, result } = module.allocator();
    const pointer = w.convert(
      'inttoptr',
      w.call(result, reference, [value('i64', `${allocation.bytes.length}`)]),
      'ptr',
    );
    return { pointer: pointer.text, align: Math.min(allocation.align, 16) };
  });
  allocations.forEach((allocation, i) => {
    const address = addresses[i];
    if (address === null || address === undefined) return;
    const bytes = i === 0 ? allocation.bytes.subarray(0, size) : allocation.bytes;
    if (bytes.length === 0) return;
    const image = { bytes, align: allocation.align, relocations: imageRelocations(module, term.image, i) };
    w.copyBytes(address, { pointer: module.constant(image), align: allocation.align }, bytes.length);
    for (const relocation of allocation.relocations) {
      if (relocation.target.kind !== 'allocation') continue;
      const target = addresses[relocation.target.index];
      if (target === null) continue;
      if (target === undefined) throw new InternalError('a compile-time value points outside itself');
      const pointer = w.offset(target.pointer, relocation.addend);
      w.storePiece(
        value('ptr', pointer),
        POINTER_PIECE,
        { ...address, align: Math.min(address.align, 8) },
        relocation.offset,
      );
    }
  });
}
