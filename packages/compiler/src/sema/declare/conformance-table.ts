/** Which traits a struct conforms to, and under which conditions: its conformance list, extensions, everything those traits refine,
 *  and what the language implies (AnyType, Deinitable, Movable, the classic lifecycle rules). */
import type { Span } from '../../base/span.ts';
import { type FunctionTypeTerm, type Term, TermFlags } from '../../terms/term.ts';
import { typeName } from '../check/type-name.ts';
import type { StructEntity, TraitEntity } from '../entities.ts';
import { conformanceCondition } from './header-conditions.ts';
import { boundMembers, isBound, isPrintedByStr } from './bounds.ts';
import { type ConformanceEntry, type DeclareContext, spanOf } from './context.ts';
import { findDecorator, hasDecorator, stringArgument } from './decorators.ts';
import { conditionalRefinement, notATrait, refinesNoTrait, severalCallables, traitCycle } from './errors.ts';
import { writtenLifecycle } from './written-lifecycle.ts';

/** A trait and everything it refines, most derived first. */
export function traitClosure(cx: DeclareContext, trait: TraitEntity): readonly TraitEntity[] {
  const known = cx.memo.traitClosure.get(trait);
  if (known === 'busy') {
    cx.sink.report(traitCycle({ span: trait.span, name: trait.ref.name }));
    return [trait];
  }
  if (known !== undefined) return known;
  cx.memo.traitClosure.set(trait, 'busy');
  const closure: TraitEntity[] = [trait];
  for (const conformance of trait.decl.conformances) {
    const bound = cx.sema().evaluateAnnotation(conformance.type, trait.scope, { allowUnbound: false });
    const [condition] = conformance.where;
    if (condition !== undefined) cx.sink.report(conditionalRefinement({ span: spanOf(trait.module, condition) }));
    if ((bound.flags & TermFlags.hasError) !== 0) cx.memo.unknownTraits.add(trait);
    for (const base of traitsOfBound(cx, bound)) if (!closure.includes(base)) closure.push(base);
    if (bound.kind !== 'error' && !boundMembers(bound).every((member) => member.kind === 'trait'))
      cx.sink.report(refinesNoTrait({ span: spanOf(trait.module, conformance.type) }));
  }
  cx.memo.traitClosure.set(trait, closure);
  return closure;
}

/** Traits of a bound, ancestors included, without repetition. */
export function traitsOfBound(cx: DeclareContext, bound: Term): readonly TraitEntity[] {
  const traits: TraitEntity[] = [];
  for (const member of boundMembers(bound)) {
    if (member.kind !== 'trait') continue;
    for (const trait of traitClosure(cx, cx.sema().traitEntity(member.decl.id)))
      if (!traits.includes(trait)) traits.push(trait);
  }
  return traits;
}

export function refines(cx: DeclareContext, trait: TraitEntity, base: TraitEntity): boolean {
  return traitClosure(cx, trait).includes(base);
}

export function conformanceTable(cx: DeclareContext, struct: StructEntity): Map<TraitEntity, ConformanceEntry> {
  const known = cx.memo.conformances.get(struct);
  if (known === 'busy') return new Map();
  if (known !== undefined) return known;
  cx.memo.conformances.set(struct, 'busy');
  const table = new Map<TraitEntity, ConformanceEntry>();
  const enter = (trait: TraitEntity, condition: () => Term, span: Span | null): void => {
    const previous = table.get(trait);
    if (previous === undefined) table.set(trait, { trait, condition: once(condition), span });
    else
      table.set(trait, {
        trait,
        condition: once(() => cx.store.or([previous.condition(), condition()])),
        span: previous.span ?? span,
      });
  };
  const enterBound = (bound: Term, condition: () => Term, span: Span | null): void => {
    for (const trait of traitsOfBound(cx, bound)) enter(trait, condition, span);
  };
  const written = { deinitable: false, movable: false };
  const callables: FunctionTypeTerm[] = [];
  for (const conformance of struct.decl?.conformances ?? []) {
    const span = spanOf(struct.module, conformance.type);
    const bound = cx.sema().evaluateAnnotation(conformance.type, struct.headerScope, { allowUnbound: false });
    if (bound.kind !== 'error' && !isBound(bound)) cx.sink.report(notATrait({ span }));
    if ((bound.flags & TermFlags.hasError) !== 0) cx.memo.unknownTraits.add(struct);
    const { where } = conformance;
    if (where.length > 0 && mentionsRole(cx, bound, 'Deinitable')) written.deinitable = true;
    if (where.length > 0 && mentionsRole(cx, bound, 'Movable')) written.movable = true;
    for (const member of boundMembers(bound)) if (member.kind === 'functionType') callables.push(member);
    enterBound(
      bound,
      once(() => conformanceCondition(cx, struct, where)),
      span,
    );
  }
  cx.memo.callableBounds.set(struct, callables);
  const [first, second] = callables;
  if (first !== undefined && second !== undefined)
    cx.sink.report(severalCallables({ span: struct.span, first: typeName(first), second: typeName(second) }));
  for (const extension of cx.memo.extensionConformances.get(struct) ?? [])
    enterBound(extension.trait(), once(extension.condition), extension.span);
  cx.memo.conformances.set(struct, table);
  addImplied(cx, struct, written, (role, condition) => {
    const trait = cx.builtinTraits.get(role) ?? cx.sema().known.trait(role);
    if (trait !== null && trait !== undefined) enterBound(cx.store.trait(trait.ref), condition, null);
  });
  return table;
}

/** Whether one of the traits of a struct was reported: nothing can be said to be missing then. */
export function hasUnknownTrait(cx: DeclareContext, struct: StructEntity): boolean {
  const traits = [...conformanceTable(cx, struct).keys()];
  return cx.memo.unknownTraits.has(struct) || traits.some((trait) => cx.memo.unknownTraits.has(trait));
}

/** The same of the traits of a bound. */
export function isUnknownBound(cx: DeclareContext, bound: Term): boolean {
  if ((bound.flags & TermFlags.hasError) !== 0) return true;
  return traitsOfBound(cx, bound).some((trait) => cx.memo.unknownTraits.has(trait));
}

function mentionsRole(cx: DeclareContext, bound: Term, role: string): boolean {
  return boundMembers(bound).some(
    (member) => member.kind === 'trait' && cx.sema().traitEntity(member.decl.id).builtin === role,
  );
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function addImplied(
  cx: DeclareContext,
  struct: StructEntity,
  written: { readonly deinitable: boolean; readonly movable: boolean },
  imply: (role: string, condition: () => Term) => void,
): void {
  const always = (): Term => cx.store.true;
  imply('AnyType', always);
  if (!written.deinitable) imply('Deinitable', always);
  const closure = cx.memo.closures.get(struct);
  if (closure !== undefined) {
    imply('Movable', always);
    for (const role of closure.roles) imply(role, always);
    return;
  }
  const decorators = struct.decl?.decorators ?? [];
  const isClassic = struct.module.edition === 'classic';
  const registerPassable = findDecorator(decorators, 'register_passable');
  if (registerPassable !== null) {
    if (stringArgument(registerPassable) === 'trivial') imply('TrivialRegisterPassable', always);
    else imply('RegisterPassable', always);
  }
  const isValue = hasDecorator(decorators, 'value');
  if (isValue) {
    imply('Copyable', always);
    imply('Movable', always);
    if (isClassic) imply('ImplicitlyCopyable', always);
  }
  // The library says which of its types move; a struct of a program does unless it opts out.
  if (!isClassic && struct.module.isUser && struct.decl !== null && !written.movable) imply('Movable', always);
  // Until 2025 a copy constructor alone made a struct copyable.
  const isOlder = struct.module.isUser && struct.module.seesClassicNames;
  if (isOlder && struct.members.has('__copyinit__')) imply('ImplicitlyCopyable', always);
  if (!isClassic || struct.decl === null) return;
  // Classic files: the lifecycle methods say what a struct can do; without any, its fields do.
  const has = (name: string): boolean =>
    struct.members.get(name)?.some((member) => member.kind === 'function') === true;
  if (isPrintedByStr(struct)) imply('Writable', always);
  const lifecycle = writtenLifecycle(struct);
  if (lifecycle.copy !== null) imply('ImplicitlyCopyable', always);
  else if (lifecycle.move !== null) imply('Movable', always);
  else if (!has('__del__') && !has('__deinit__') && !isValue && registerPassable === null) {
    imply('ImplicitlyCopyable', () => fieldsConform(cx, struct, 'Copyable'));
    imply('Movable', () => fieldsConform(cx, struct, 'Movable'));
  }
}

/** All fields conform; a struct that reaches itself through its fields does not count against itself. */
function fieldsConform(cx: DeclareContext, struct: StructEntity, role: string): Term {
  const trait = cx.sema().known.trait(role);
  if (trait === null) return cx.store.true;
  const key = `${struct.ref.id} ${role}`;
  if (cx.deciding.has(key)) return cx.store.true;
  cx.deciding.add(key);
  try {
    const bound = cx.store.trait(trait.ref);
    return cx.store.and(
      cx
        .sema()
        .fields(struct)
        .map((field) => cx.sema().reduce(cx.store.conforms(field.type, bound))),
    );
  } finally {
    cx.deciding.delete(key);
  }
}
