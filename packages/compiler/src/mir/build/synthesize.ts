/** Bodies of synthesized members: memberwise copy, move and destroy, and the fieldwise initializer. They need no checks and
 *  no drop insertion, so they are made directly in phase `dropped`.
 *  Of a builtin tuple the fields are the elements of a parametric pack: the body is a compile-time loop over
 *  `operation('pack_indices', [pack])`, which elaboration runs to the list 0 … n-1, with `element` projections. */
import { InternalError } from '../../base/invariant.ts';
import type { HirFunction, HirStruct } from '../../sema/hir.ts';
import type { Operand, Place, Projection } from '../mir.ts';
import type { Body } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';
import { localPlace, project } from './body-builder.ts';
import { finishBody } from './build-body.ts';
import { LowerContext, type Lowerings } from './context.ts';

const NO_LOWERINGS: Lowerings = {
  statements() {
    throw new InternalError('a synthesized body has no HIR');
  },
  call() {
    throw new InternalError('a synthesized body has no HIR');
  },
  late() {
    throw new InternalError('a synthesized body has no HIR');
  },
};

export function synthesizeBody(fn: HirFunction, types: TypeFacts): Body {
  if (fn.kind.kind !== 'synthesized') throw new InternalError(`${fn.ref.path} is not synthesized`);
  const struct = types.program.struct(fn.kind.struct);
  const cx = new LowerContext(fn, null, types, NO_LOWERINGS);
  const member = fn.kind.member;
  if (member === 'fieldwiseInit') initFields(cx, struct);
  else if (struct.builtin === 'tuple') overElements(cx, struct, (element) => applyMember(cx, member, element));
  else {
    struct.fields.forEach((field, index) => {
      applyMember(cx, member, { kind: 'field', index, name: field.name, type: field.type });
    });
  }
  cx.builder.terminate({ kind: 'return', span: fn.span });
  const body = finishBody(cx);
  body.phase = 'dropped';
  return body;
}

/** One field or element of `copy(existing) -> Self`, `move(existing) -> Self` or `destroy(self)`. */
function applyMember(cx: LowerContext, member: 'copy' | 'move' | 'destroy', projection: Projection): void {
  const source = project(argument(cx, 0), projection);
  const span = cx.fn.span;
  if (member === 'destroy') {
    if (cx.types.needsDrop(projection.type)) cx.builder.emit({ kind: 'drop', span, place: source });
    return;
  }
  const operand: Operand = { kind: member, place: source, span };
  store(cx, project(localPlace(cx.resultLocal), projection), operand);
}

function initFields(cx: LowerContext, struct: HirStruct): void {
  const span = cx.fn.span;
  struct.fields.forEach((field, index) => {
    const source = argument(cx, index);
    const kind = cx.fn.args[index]?.convention === 'var' ? 'move' : 'copy';
    const target = project(localPlace(cx.resultLocal), { kind: 'field', index, name: field.name, type: field.type });
    store(cx, target, { kind, place: source, span });
  });
}

function overElements(cx: LowerContext, struct: HirStruct, visit: (element: Projection) => void): void {
  const pack = struct.params[0];
  if (pack === undefined) throw new InternalError('the builtin tuple has no parameter');
  const { builder, types, fn } = cx;
  const terms = types.store;
  const number = terms.primitive('int-literal-value');
  const index = terms.newParam('i', number);
  const span = fn.span;
  const header = builder.newBlock(span);
  const exit = builder.newBlock(span);
  const body = builder.newBlock(span, builder.newRegion(index));
  builder.goto(header, span);
  builder.switchTo(header);
  const iterable = terms.operation('pack_indices', [pack], number);
  builder.terminate({ kind: 'comptimeFor', span, param: index, iterable, body, exit });
  builder.switchTo(body);
  visit({ kind: 'element', index, type: terms.packElement(pack, index, pack.type) });
  builder.goto(header, span);
  builder.switchTo(exit);
}

function argument(cx: LowerContext, index: number): Place {
  const local = cx.argLocals[index];
  if (local === undefined) throw new InternalError(`${cx.fn.ref.path} has no argument ${index}`);
  return localPlace(local);
}

function store(cx: LowerContext, place: Place, operand: Operand): void {
  cx.builder.emit({
    kind: 'assign',
    span: cx.fn.span,
    place,
    value: { kind: 'use', operand },
    store: 'init',
  });
}
