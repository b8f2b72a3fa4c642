/** Members that the compiler writes: fieldwise initializers, memberwise copy, move and destruction. Entities are made once per
 *  struct; their bodies are built by `mir/build/synthesize.ts`. */
import type { Convention, Term } from '../../terms/term.ts';
import type { ArgDecl, FunctionEntity, Scope, Signature, StructEntity } from '../entities.ts';
import { type DeclareContext, newFunction, newScope, type SynthesizedMember } from './context.ts';
import { findDecorator, stringArgument } from './decorators.ts';

export function synthesizedMember(cx: DeclareContext, struct: StructEntity, member: SynthesizedMember): FunctionEntity {
  const table = cx.memo.synthesized.get(struct) ?? new Map<SynthesizedMember, FunctionEntity>();
  cx.memo.synthesized.set(struct, table);
  const known = table.get(member);
  if (known !== undefined) return known;
  const fn = newFunction(cx, {
    name: member === 'destroy' ? '__deinit__' : '__init__',
    decl: null,
    module: struct.module,
    span: struct.span,
    scope: struct.scope,
    parent: struct,
    enclosing: null,
    functionKind: { kind: 'synthesized', member, struct: struct.ref.id },
    isStatic: false,
    isDefault: false,
  });
  table.set(member, fn);
  return fn;
}

export function synthesizedSignature(cx: DeclareContext, fn: FunctionEntity): Signature {
  const sema = cx.sema();
  const kind = fn.functionKind;
  const struct = fn.parent;
  const scope = newScope(fn.scope, fn.module, { kind: 'function', fn });
  const isStruct = struct !== null && struct.kind === 'struct';
  const self = isStruct ? sema.structSelf(struct) : cx.store.error;
  const member = kind.kind === 'synthesized' ? kind.member : 'destroy';
  const fields = isStruct && member === 'fieldwiseInit' ? sema.fields(struct) : [];
  const args = argumentsOf(cx, fn, scope, member, self, fields);
  return {
    fn,
    scope,
    params: isStruct ? sema.structParams(struct).map((param) => ({ ...param, inherited: true })) : [],
    args,
    result: member === 'destroy' ? sema.known.none : self,
    namedResult: member === 'destroy' ? null : { name: 'self', root: cx.store.newOriginRoot() },
    raises: null,
    where: [],
    isInit: member !== 'destroy',
    implicitConversion: member === 'fieldwiseInit' && isStruct && fields.length === 1 && isImplicitFieldwise(struct),
    hasError: fields.some((field) => field.type.kind === 'error'),
  };
}

/** `@fieldwise_init("implicit")`; the classic rule for constructors of one argument. */
function isImplicitFieldwise(struct: StructEntity): boolean {
  if (struct.module.edition === 'classic') return true;
  return stringArgument(findDecorator(struct.decl?.decorators ?? [], 'fieldwise_init')) === 'implicit';
}

function argumentsOf(
  cx: DeclareContext,
  fn: FunctionEntity,
  scope: Scope,
  member: SynthesizedMember,
  self: Term,
  fields: readonly { readonly name: string; readonly type: Term }[],
): ArgDecl[] {
  const make = (name: string, convention: Convention, type: Term, passing: ArgDecl['passing']): ArgDecl => {
    const root = cx.store.newOriginRoot();
    return {
      name,
      decl: null,
      convention,
      type,
      variadic: 'none',
      passing,
      defaultExpr: null,
      defaultScope: scope,
      root,
      origin: cx.store.placeOrigin(root, name, [], cx.store.bool(convention !== 'imm')),
      privateCopy: false,
      closureOf: null,
      span: fn.span,
    };
  };
  switch (member) {
    case 'copy':
      return [make('copy', 'imm', self, 'keywordOnly')];
    case 'move':
      return [make('move', 'deinit', self, 'keywordOnly')];
    case 'destroy':
      return [make('self', 'deinit', self, 'normal')];
    case 'fieldwiseInit':
      return fields.map((field) => make(field.name, 'var', field.type, 'normal'));
  }
}
