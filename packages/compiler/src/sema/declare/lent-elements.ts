/** Files of 2024 and 2025 name a container where they lend what it owns: `-> ref [self.items] T` for `return self.items[i]`. Elements had
 *  their container's origin then; today they have one of their own, which is what such a result is given here.
 *  In: the origin that the file names, and the type of the result.  Out: the origin of what the container lends of that type. */
import type { OriginStep, Term } from '../../terms/term.ts';
import type { ArgDecl, Signature, StructEntity } from '../entities.ts';
import type { DeclareContext } from './context.ts';
import { applyBindings, bindArgs } from './parameters.ts';

/** Methods of the library's containers and owners that lend what they hold. */
const LENDERS = ['__getitem__', '__getitem_param__', 'value'];
/** `Dict[String, List[ArcPointer[T]]]` is as deep as anybody goes. */
const DEEPEST = 4;

export function originOfElements(cx: DeclareContext, named: Term, result: Term, args: readonly ArgDecl[]): Term {
  if (named.kind === 'unionOrigin')
    return cx.store.unionOrigin(named.members.map((member) => originOfElements(cx, member, result, args)));
  if (named.kind !== 'placeOrigin' && named.kind !== 'derivedOrigin') return named;
  const owner = args.find((arg) =>
    named.kind === 'placeOrigin' ? arg.root === named.root : arg.origin === named.base,
  );
  let type = owner?.type ?? null;
  for (const step of named.path) type = type === null ? null : fieldType(cx, type, step);
  if (type === null || type === result) return named;
  const ways = waysTo(cx, type, result, DEEPEST);
  if (ways.length === 0) return named;
  const origins = ways.map((way) => way.reduce<Term>((base, step) => cx.store.extendOrigin(base, step), named));
  return cx.store.unionOrigin(origins);
}

/** Whether calls of an accessor of such a file leave references into what it is given as they are, as they did then: `get(self, i)` with a
 *  `ref self` of open mutability, through which nothing is written. */
export function onlyLends({ fn, args, result }: Signature): boolean {
  if (!fn.module.isUser || !fn.module.seesClassicNames || result.kind !== 'ref') return false;
  return args.every(({ convention, origin }) => convention === 'imm' || (convention === 'ref' && isOpen(origin)));
}

/** The mutability is the caller's business. */
function isOpen(origin: Term): boolean {
  return origin.kind === 'placeOrigin' && origin.mut.kind === 'param';
}

function fieldType(cx: DeclareContext, type: Term, step: OriginStep): Term | null {
  if (type.kind !== 'struct' || step.kind !== 'field') return null;
  const struct = cx.sema().structEntity(type.decl.id);
  const field = cx.sema().fields(struct)[step.index];
  return field === undefined ? null : inStruct(cx, struct, type.args, field.type);
}

function inStruct(cx: DeclareContext, struct: StructEntity, args: readonly Term[], type: Term): Term {
  return applyBindings(cx, type, bindArgs(cx.sema().structParams(struct), args));
}

/** The paths from a value of type `from` to the values of type `to` that it lends, shortest first. */
function waysTo(cx: DeclareContext, from: Term, to: Term, depth: number): readonly (readonly OriginStep[])[] {
  if (from.kind !== 'struct' || depth === 0) return [];
  const struct = cx.sema().structEntity(from.decl.id);
  if (struct.module.isUser) return [];
  const found = new Map<string, readonly OriginStep[]>();
  for (const name of LENDERS) {
    for (const member of struct.members.get(name) ?? []) {
      if (member.kind !== 'function' || member.isStatic) continue;
      const lent = lentBy(cx.sema().signature(member));
      if (lent === null) continue;
      const type = inStruct(cx, struct, from.args, lent.type);
      const rest = type === to || lent.isAny ? [[]] : waysTo(cx, type, to, depth - 1);
      for (const way of rest) {
        const path = [...lent.path, ...way];
        found.set(path.map((step) => `${step.kind} ${step.name}`).join('.'), path);
      }
    }
  }
  return [...found.values()];
}

/** Which part of `self` a method lends; null if it returns something else. */
function lentBy({ args, result, params }: Signature): {
  readonly path: readonly OriginStep[];
  readonly type: Term;
  /** Its type is up to the caller. */
  readonly isAny: boolean;
} | null {
  if (result.kind !== 'ref' || result.origin.kind !== 'placeOrigin' || result.origin.root !== args[0]?.root)
    return null;
  const { pointee } = result;
  const isAny = params.some((param) => !param.inherited && param.term === pointee);
  return { path: result.origin.path, type: pointee, isAny };
}
