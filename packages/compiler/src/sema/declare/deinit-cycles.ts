/** Fields whose destruction is only possible if their own struct can be destroyed: `var kids: List[Tree]` in `Tree`, where `List[T]` is
 *  `Deinitable` only if `T` is. A struct that writes its destructor, or a field that owns its target without a condition
 *  (`ArcPointer[Tree]`), breaks the cycle.  In: structs whose fields are known.  Out: the fields to report; the classic edition
 *  knows no such condition. */
import type { StructTerm, Term } from '../../terms/term.ts';
import type { StructEntity } from '../entities.ts';
import type { HirField } from '../hir.ts';
import type { DeclareContext } from './context.ts';
import { lifecycleOf } from './lifecycle.ts';

export function selfDependentFields(cx: DeclareContext, struct: StructEntity): readonly HirField[] {
  if (struct.module.edition === 'classic' || !struct.module.isUser) return [];
  const known = cx.memo.deinitCycles.get(struct);
  if (known !== undefined) return known === 'busy' ? [] : known;
  cx.memo.deinitCycles.set(struct, 'busy');
  const found = cx
    .sema()
    .fields(struct)
    .filter((field) => dependsOnBusy(cx, field.type));
  cx.memo.deinitCycles.set(struct, found);
  return found;
}

/** Whether `type` is destructible only if a struct is whose fields are being looked at. */
function dependsOnBusy(cx: DeclareContext, type: Term): boolean {
  return type.kind === 'struct' && conditionTypes(cx, type).some((part) => needs(cx, part));
}

function needs(cx: DeclareContext, type: Term): boolean {
  if (type.kind !== 'struct') return false;
  const struct = cx.sema().structEntity(type.decl.id);
  if (cx.memo.deinitCycles.get(struct) === 'busy') return true;
  if (struct.module.isUser && lifecycleOf(cx, struct).destroy.kind === 'memberwise') selfDependentFields(cx, struct);
  return dependsOnBusy(cx, type);
}

/** Library types that hold their elements, and so can be destroyed if those can. */
const HOLDERS: ReadonlySet<string> = new Set([
  'Array',
  'Counter',
  'Deque',
  'Dict',
  'LinkedList',
  'List',
  'Optional',
  'OwnedPointer',
  'Set',
  'Tuple',
  'Variant',
]);

/** The types on whose destruction that of `type` depends. */
function conditionTypes(cx: DeclareContext, type: StructTerm): readonly Term[] {
  const struct = cx.sema().structEntity(type.decl.id);
  if (struct.module.isUser || !HOLDERS.has(type.decl.name)) return [];
  return type.args.flatMap((arg) => (arg.kind === 'list' ? arg.elements : [arg]));
}
