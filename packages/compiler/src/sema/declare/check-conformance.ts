/** Checks that a struct implements what its traits require. All traits are checked; each that is not met is one error at the struct's
 *  name, with the missing members as secondary labels and a stub as fix. */
import type { Span } from '../../base/span.ts';
import type { Fix } from '../../diagnostics/diagnostic.ts';
import { printFunctionHead } from '../../syntax/print-expression.ts';
import { Substituter } from '../../terms/substitute.ts';
import { type ParamId, type Term, TermFlags } from '../../terms/term.ts';
import { someTerm } from '../check/term-walk.ts';
import { typeName } from '../check/type-name.ts';
import type { ComptimeEntity, FunctionEntity, Signature, StructEntity, TraitEntity } from '../entities.ts';
import { isBound } from './bounds.ts';
import { associated, conforms, structWitness } from './conformance.ts';
import { checkConformanceConditions } from './conformance-conditions.ts';
import { conformanceTable } from './conformance-table.ts';
import { comptimeValue } from './comptime.ts';
import { type DeclareContext, newScope } from './context.ts';
import { hasDecorator } from './decorators.ts';
import { checkConflictingDefaults } from './conflicting-defaults.ts';
import { callableBoundsOf, callMethodFor } from './function-types.ts';
import { doesNotImplement, type MissingRequirement, parameterConflict } from './errors.ts';
import { applyBindings } from './parameters.ts';
import { describeMismatch } from './signature-mismatch.ts';

export function checkConformances(cx: DeclareContext, struct: StructEntity): void {
  const table = conformanceTable(cx, struct);
  for (const entry of table.values()) {
    entry.condition();
    checkTrait(cx, struct, entry.trait, entry.condition());
  }
  checkCallable(cx, struct);
  checkConformanceConditions(cx, struct);
  checkConflictingDefaults(cx, struct, [...table.keys()]);
  checkInheritedParameters(cx, struct, [...table.keys()]);
}

/** A default becomes a method of the struct, where its own parameters stand beside those of the struct. */
function checkInheritedParameters(cx: DeclareContext, struct: StructEntity, traits: readonly TraitEntity[]): void {
  const taken = new Set(
    cx
      .sema()
      .structParams(struct)
      .map((param) => param.name),
  );
  if (taken.size === 0 || !struct.module.isUser) return;
  for (const trait of traits) {
    if (!trait.module.isUser) continue;
    for (const member of [...trait.members.values()].flat()) {
      if (member.kind !== 'function' || !member.isDefault) continue;
      const own = cx
        .sema()
        .signature(member)
        .params.filter((param) => !param.inherited);
      const shared = own.find((param) => taken.has(param.name));
      if (shared === undefined || structWitness(cx, struct, member)?.parent?.kind !== 'trait') continue;
      const method = { trait: trait.ref.name, method: member.ref.name, methodSpan: member.span };
      cx.sink.report(parameterConflict({ span: struct.span, name: shared.name, ...method }));
      return;
    }
  }
}

/** A struct that says it is a function has a `__call__` of that type. */
function checkCallable(cx: DeclareContext, struct: StructEntity): void {
  const [bound] = callableBoundsOf(cx, struct);
  if (bound === undefined || callMethodFor(cx, struct, bound) !== null) return;
  const trait = typeName(bound);
  const candidates = (struct.members.get('__call__') ?? []).filter((member) => member.kind === 'function');
  const missing: MissingRequirement[] = [
    {
      span: struct.span,
      text:
        candidates.length === 0
          ? `required function '__call__' is not implemented`
          : `no '__call__' candidates have the arguments, result and errors of '${trait}' and an immutable 'self'`,
    },
  ];
  for (const candidate of candidates) missing.push({ span: candidate.span, text: 'candidate declared here' });
  cx.sink.report(
    doesNotImplement({ span: struct.span, name: struct.ref.name, trait, traitSpan: null, missing, fixes: [] }),
  );
}

function checkTrait(cx: DeclareContext, struct: StructEntity, trait: TraitEntity, condition: Term): void {
  const missing: MissingRequirement[] = [];
  const fixes: Fix[] = [];
  const members = [...trait.members.values()].flat();
  const unspecified = new Set<string>();
  for (const member of members) {
    if (member.kind !== 'comptime') continue;
    const before = missing.length;
    checkAssociated(cx, struct, trait, member, condition, missing);
    if (missing.length > before) unspecified.add(member.name);
  }
  for (const member of members) {
    if (member.kind !== 'function' || structWitness(cx, struct, member) !== null) continue;
    if (struct.members.has(member.ref.name) && mentionsMember(cx.sema().signature(member), unspecified)) continue;
    describeMissing(cx, struct, member, missing, fixes);
  }
  if (missing.length === 0) return;
  cx.sink.report(
    doesNotImplement({
      span: struct.span,
      name: struct.ref.name,
      trait: trait.ref.name,
      traitSpan: trait.span,
      missing,
      fixes,
    }),
  );
}

/** A method that fits but has conditions of its own. */
function gatedText(candidate: Signature, member: FunctionEntity): string {
  const [clause] = candidate.where;
  const trait = member.parent?.ref.name;
  if (clause === undefined) return '';
  return `: its condition '${clause.text}' does not follow from the conformance; write '${trait} where ${clause.text}'`;
}

/** Whether types of a requirement depend on associated members that are wrong themselves: no signature can match then. */
function mentionsMember(signature: Signature, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false;
  const types = [...signature.args.map((arg) => arg.type), signature.result];
  return types.some((type) =>
    someTerm(type, TermFlags.hasParam, (part) => part.kind === 'projection' && names.has(part.member)),
  );
}

function describeMissing(
  cx: DeclareContext,
  struct: StructEntity,
  member: FunctionEntity,
  missing: MissingRequirement[],
  fixes: Fix[],
): void {
  const self = cx.sema().structSelf(struct);
  const expected = signatureText(cx, cx.sema().signature(member), self);
  const candidates = (struct.members.get(member.ref.name) ?? []).filter((candidate) => candidate.kind === 'function');
  if (candidates.length === 0) {
    missing.push({ span: member.span, text: `required function '${member.ref.name}' is not implemented` });
    missing.push({ span: member.span, text: `expected signature: '${expected}'` });
    const fix = stubFix(struct, member);
    if (fix !== null) fixes.push(fix);
    return;
  }
  missing.push({ span: member.span, text: `no '${member.ref.name}' candidates have type '${expected}'` });
  for (const candidate of candidates) {
    const text = signatureText(cx, cx.sema().signature(candidate), self);
    const reason = describeMismatch(cx, cx.sema().signature(member), cx.sema().signature(candidate), self);
    const why = reason === null ? gatedText(cx.sema().signature(candidate), member) : `: ${reason}`;
    missing.push({ span: candidate.span, text: `candidate declared here with type '${text}'${why}` });
  }
}

function checkAssociated(
  cx: DeclareContext,
  struct: StructEntity,
  trait: TraitEntity,
  member: ComptimeEntity,
  condition: Term,
  missing: MissingRequirement[],
): void {
  const self = cx.sema().structSelf(struct);
  const params = cx.sema().comptimeParams(member);
  const args = params.slice(1).map((param) => param.term);
  const declared = comptimeValue(cx, member);
  if (declared.type.kind === 'error') return;
  const mismatch = valueOfOtherType(cx, struct, member, declared.type);
  if (mismatch !== null) {
    missing.push({ span: member.span, text: requiredTypeText(member.name, mismatch.type, declared.type) });
    missing.push({ span: mismatch.span, text: 'comptime member declared here' });
    return;
  }
  const own = struct.members.get(member.name)?.[0];
  if (own?.kind === 'comptime' && isEdition1(struct) && parameterCount(cx, own) !== parameterCount(cx, member)) {
    missing.push({ span: member.span, text: `'${member.name}' takes ${countText(cx, member)} here` });
    missing.push({ span: own.span, text: `and ${countText(cx, own)} here` });
    return;
  }
  const value = associated(cx, self, trait.ref, member.name, args);
  if (value === null || isOnlyParameter(cx, struct, member.name, value)) {
    missing.push({ span: member.span, text: `required member '${member.name}' is not specified` });
    return;
  }
  if (value.kind === 'error') return;
  const bindings = new Map<ParamId, Term>();
  const first = params[0];
  if (first !== undefined) bindings.set(first.term.param, self);
  const wanted = applyBindings(cx, declared.type, bindings);
  if (!isBound(wanted)) return;
  const scope = newScope(struct.scope, struct.module, { kind: 'block' });
  scope.facts.push(condition);
  if (isTypeTerm(value) && conforms(cx, value, wanted, scope) === true) return;
  missing.push({
    span: member.span,
    text: requiredTypeText(member.name, value, wanted),
  });
}

function isEdition1({ module }: StructEntity): boolean {
  return module.isUser && !module.seesClassicNames;
}

/** How many parameters of its own a member is given. */
function parameterCount(cx: DeclareContext, member: ComptimeEntity): number {
  const params = cx.sema().comptimeParams(member);
  return params.filter((param) => !param.inherited && param.passing !== 'inferOnly').length;
}

function countText(cx: DeclareContext, member: ComptimeEntity): string {
  const count = parameterCount(cx, member);
  return count === 1 ? 'one parameter' : `${count === 0 ? 'no' : count} parameters`;
}

/** A parameter of the same name does not specify an associated member; `comptime` does. */
function isOnlyParameter(cx: DeclareContext, struct: StructEntity, name: string, value: Term): boolean {
  if (!struct.module.isUser || struct.members.has(name)) return false;
  return cx
    .sema()
    .structParams(struct)
    .some((param) => param.name === name && param.term === value);
}

function requiredTypeText(member: string, type: Term, wanted: Term): string {
  return `comptime member '${member}' type '${typeName(type)}' does not conform to trait's required type '${typeName(wanted)}'`;
}

/** The struct's own value of a member that the trait declares with another type, which it does not convert to. */
function valueOfOtherType(
  cx: DeclareContext,
  struct: StructEntity,
  required: ComptimeEntity,
  wanted: Term,
): { readonly type: Term; readonly span: Span } | null {
  if (isBound(wanted) || (wanted.flags & (TermFlags.hasParam | TermFlags.hasError)) !== 0) return null;
  for (const member of struct.members.get(required.name) ?? []) {
    const value = member.kind === 'comptime' ? (member.decl?.value ?? null) : null;
    if (member.kind !== 'comptime' || value === null || member.decl?.parameters !== null) continue;
    const { type } = comptimeValue(cx, member);
    if (type === wanted || (type.flags & TermFlags.hasError) !== 0) return null;
    const fits = member.decl.type === null && cx.sema().tryParameter(value, member.scope, wanted) !== null;
    return fits ? null : { type, span: member.span };
  }
  return null;
}

/** Whether a term is a type, as far as its shape tells. */
function isTypeTerm(term: Term): boolean {
  switch (term.kind) {
    case 'int':
    case 'bool':
    case 'float':
    case 'string':
    case 'dtype':
    case 'structValue':
    case 'memoryValue':
    case 'polynomial':
    case 'logic':
      return false;
    default:
      return true;
  }
}

// ---- texts

/** `def(self: S, other: Int) thin -> Int`, with `Self` replaced. */
export function signatureText(cx: DeclareContext, signature: Signature, self: Term): string {
  const show = shower(cx, signature, self);
  const own = signature.params.filter((param) => !param.inherited && param.passing !== 'inferOnly');
  const params =
    own.length === 0 ? '' : `[${own.map((param) => `${param.name}: ${show(param.term.type)}`).join(', ')}]`;
  const args = signature.args.map((arg) => {
    const convention = arg.convention === 'imm' ? '' : `${arg.convention} `;
    const star = arg.variadic === 'none' ? '' : arg.variadic === 'keywords' ? '**' : '*';
    return `${convention}${star}${arg.name}: ${show(arg.type)}`;
  });
  const raises = signature.raises === null ? '' : ` raises`;
  return `def${params}(${args.join(', ')})${raises} thin -> ${show(signature.result)}`;
}

function shower(cx: DeclareContext, signature: Signature, self: Term): (type: Term) => string {
  const bindings = new Map<ParamId, Term>();
  const first = signature.params[0];
  if (signature.fn.parent?.kind === 'trait' && first !== undefined) bindings.set(first.term.param, self);
  const substituter = new Substituter(cx.store, { params: bindings, origins: null }, cx.sema().reduce);
  return (type) => typeName(substituter.apply(type));
}

/** Inserts a stub of the missing method at the end of the struct: the requirement as the trait writes it, where `Self` now
 *  means the struct. */
function stubFix(struct: StructEntity, member: FunctionEntity): Fix | null {
  const last = struct.decl?.body.statements.at(-1);
  const { decl } = member;
  if (last === undefined || decl === null || decl.kind !== 'FunctionDecl') return null;
  const decorator = hasDecorator(decl.decorators, 'staticmethod') ? '    @staticmethod\n' : '';
  const { name } = member.ref;
  // Compiles whatever the result, and says what is missing if the program gets there.
  const body = `        from std.os import abort\n        abort("'${name}' is not written yet")`;
  const text = `\n\n${decorator}    ${printFunctionHead(decl)}:\n${body}`;
  const at = { file: struct.span.file, start: last.end, end: last.end };
  return { title: `add a stub of '${name}'`, applicability: 'placeholder', edits: [{ span: at, text }] };
}
