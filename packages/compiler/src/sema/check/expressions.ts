/** The dispatcher of expressions: one case per syntax node. What a node means is in the file of its kind. */
import { unreachable } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import { label, replaceFix } from '../../diagnostics/diagnostic.ts';
import type { ComptimeExpr, Expr, TransferExpr, WalrusExpr } from '../../syntax/ast.ts';
import type { Term } from '../../terms/term.ts';
import type { ParamDecl } from '../entities.ts';
import type { HirExpr } from '../hir.ts';
import { Bindings } from './bindings.ts';
import type { BodyContext } from './body-context.ts';
import { checkCall, checkStructLiteral, implicitMember } from './calls.ts';
import { checkComprehension } from './comprehensions.ts';
import { noneValue } from './display-elements.ts';
import { checkList, checkTuple } from './displays.ts';
import { checkBrace, checkDict, checkSet } from './hash-displays.ts';
import { checkTString } from './template-strings.ts';
import {
  cannotConvert,
  implicitDeclaration,
  noContextualType,
  noOriginToTransfer,
  invalidCall,
  notAValue,
  overloadedValue,
  parameterNotGiven,
  readDiscard,
  transferParameter,
  typeAsValue,
  unsupported,
  transferImmutable,
  transferOfTrivial,
} from './errors.ts';
import { functionTypeResult } from './function-type-expr.ts';
import { boolExpr, floatLiteralExpr, stringLiteralExpr } from './literals.ts';
import { checkMember } from './members.ts';
import { checkName } from './names.ts';
import { checkBinary, checkCompare, checkLogical, checkTernary, checkUnary } from './operators.ts';
import { parameterValues } from './parameter-values.ts';
import { bindDefaults, bindExplicit, checkWhere, openAlias, secondaryOf } from './parameters.ts';
import { declareSilent } from './patterns.ts';
import { isMutable, isPlace, materializeLiteral, own, ownsElements, requireMutable, stored } from './places.ts';
import { reportUnavailable } from './unavailable.ts';
import { movedCapture } from './statement-errors.ts';
import { checkSubscript } from './subscripts.ts';
import { constantExpr, intLiteralExpr, isTrivialRegister, isTrivialType } from './type-facts.ts';
import { typeName } from './type-name.ts';
import { type Checked, ERROR_RESULT, valueResult } from './values.ts';

export function checkExpr(cx: BodyContext, expr: Expr, expected: Term | null): Checked {
  switch (expr.kind) {
    case 'NameExpr':
      return checkName(cx, expr);
    case 'UnderscoreExpr':
      if (cx.comptime) return { kind: 'hole' };
      cx.report(readDiscard(cx.span(expr), []));
      return ERROR_RESULT;
    case 'EllipsisExpr':
      return { kind: 'hole' };
    case 'IntExpr':
      return valueResult(intLiteralExpr(cx.sema, expr.value, cx.span(expr)));
    case 'FloatExpr':
      return valueResult(floatLiteralExpr(cx.sema, expr.mantissa, expr.exponent, cx.span(expr)));
    case 'StringExpr':
      return valueResult(stringLiteralExpr(cx.sema, expr.value, cx.span(expr)));
    case 'BoolExpr':
      return valueResult(boolExpr(cx.sema, expr.value, cx.span(expr)));
    case 'NoneExpr':
      return valueResult(noneValue(cx, cx.span(expr)));
    case 'TStringExpr':
      return checkTString(cx, expr);
    case 'ParenExpr':
      return checkExpr(cx, expr.value, expected);
    case 'TupleExpr':
      return checkTuple(cx, expr, expected);
    case 'ListExpr':
      return checkList(cx, expr, expected);
    case 'SetExpr':
      return checkSet(cx, expr, expected);
    case 'DictExpr':
      return checkDict(cx, expr, expected);
    case 'BraceExpr':
      return checkBrace(cx, expr, expected);
    case 'StructLiteralExpr':
      return checkStructLiteral(cx, expr);
    case 'ComprehensionExpr':
      return checkComprehension(cx, expr, expected);
    case 'UnaryExpr':
      return checkUnary(cx, expr);
    case 'BinaryExpr':
      return checkBinary(cx, expr);
    case 'LogicalExpr':
      return checkLogical(cx, expr, expected);
    case 'CompareExpr':
      return checkCompare(cx, expr);
    case 'TernaryExpr':
      return checkTernary(cx, expr, expected);
    case 'WalrusExpr':
      return checkWalrus(cx, expr);
    case 'LambdaExpr':
      return cx.ops.lambda(cx, expr, expected);
    case 'FunctionTypeExpr':
      return functionTypeResult(cx, expr);
    case 'AwaitExpr':
      cx.report(unsupported(cx.span(expr), ["'await'"]));
      return ERROR_RESULT;
    case 'TransferExpr':
      return checkTransfer(cx, expr);
    case 'CallExpr':
      return checkCall(cx, expr, expected);
    case 'SubscriptExpr':
      return checkSubscript(cx, expr);
    case 'SliceExpr':
      cx.report(notAValue(cx.span(expr), ['a slice']));
      return ERROR_RESULT;
    case 'MemberExpr':
      if (expr.base.kind === 'ImplicitMemberExpr') return ERROR_RESULT;
      return checkMember(cx, expr);
    case 'ImplicitMemberExpr':
      return implicitMember(cx, expr, expected);
    case 'StarExpr':
      cx.report(notAValue(cx.span(expr), ["an unpacking '*'"]));
      return ERROR_RESULT;
    case 'ComptimeExpr':
      return checkComptime(cx, expr, expected);
    case 'ErrorExpr':
      cx.hasErrors = true;
      return ERROR_RESULT;
    default:
      return unreachable(expr);
  }
}

function checkComptime(cx: BodyContext, expr: ComptimeExpr, expected: Term | null): Checked {
  if (cx.comptime) {
    cx.report(notAValue(cx.span(expr), ["'comptime' in a context that is evaluated at compile time already"]));
    return ERROR_RESULT;
  }
  const { value, type } = cx.ops.parameter(cx, expr.value, expected);
  if (value.kind === 'error') return ERROR_RESULT;
  return valueResult(constantExpr(cx.sema, value, type, cx.span(expr)));
}

/** `place^`. */
function checkTransfer(cx: BodyContext, expr: TransferExpr): Checked {
  const span = cx.span(expr);
  const value = cx.ops.value(cx, expr.operand, null);
  if (value.type.kind === 'error') return ERROR_RESULT;
  if (value.kind === 'constant' || value.kind === 'materialize') {
    cx.report(transferParameter(span, []));
    return ERROR_RESULT;
  }
  // A fresh value is owned already.
  if (!isPlace(value)) return valueResult(value);
  const ownsPack = ownsElements(cx, value);
  const isRegister = !ownsPack && isTrivialRegister(cx, value.type);
  if (isRegister) reportNoEffect(cx, value.type, span);
  else if (!isTransferable(cx, value)) {
    cx.report(noOriginToTransfer(span, []));
    return ERROR_RESULT;
  }
  if (isRegister || (!ownsPack && isTrivialType(cx.sema, value.type)))
    return valueResult({ kind: 'copy', place: value, type: value.type, span });
  const captured = captureOf(cx, value);
  if (captured !== null) {
    const moved = label(span, 'moved here');
    const notes = [
      `a closure keeps what it captured: pass on '${captured}.copy()', or move '${captured}' before the closure is made`,
    ];
    cx.report(movedCapture(cx.fn?.span ?? span, [captured], { secondary: [moved], notes }));
    return ERROR_RESULT;
  }
  // A closure and a classic `let` are bound immutably, but may be handed over.
  const isLet = value.kind === 'local' && cx.locals[value.local]?.bindOnce === true;
  if (!isLet && !isClosure(cx, value.type) && !isMutable(cx, value)) {
    cx.report(transferImmutable(cx.spanAt(span.end - 1, span.end), []));
    return ERROR_RESULT;
  }
  return valueResult({ kind: 'transfer', place: value, type: value.type, span });
}

/** Values that live in registers are copied; their places keep them. */
function reportNoEffect(cx: BodyContext, type: Term, span: Span): void {
  if (cx.isLibrary) return;
  const caret = cx.spanAt(span.end - 1, span.end);
  cx.report(transferOfTrivial(caret, [typeName(type)], { fixes: [replaceFix("remove '^'", caret, '', 'safe')] }));
}

/** The name of the owned capture that a place lies in, or null. */
function captureOf(cx: BodyContext, expr: HirExpr): string | null {
  if (cx.closureSelf === null || expr.kind !== 'field') return null;
  let base = expr.base;
  while (base.kind === 'deref') base = base.reference;
  if (base.kind === 'local') return base.local === cx.closureSelf.local.id ? expr.name : null;
  return captureOf(cx, base);
}

function isClosure(cx: BodyContext, type: Term): boolean {
  return type.kind === 'struct' && cx.sema.hirStruct(cx.sema.structEntity(type.decl.id)).closure !== null;
}

/** A local or a field path of one; nothing behind a reference, and no element of a user's tuple. */
function isTransferable(cx: BodyContext, expr: HirExpr): boolean {
  switch (expr.kind) {
    case 'local':
    case 'global':
      return true;
    case 'field':
      return isTransferable(cx, expr.base);
    case 'element':
      return !cx.scope.module.isUser && isTransferable(cx, expr.base);
    default:
      return false;
  }
}

/** `(n := e)`: assigns a declared variable; the value is the value assigned. */
function checkWalrus(cx: BodyContext, expr: WalrusExpr): Checked {
  const span = cx.span(expr);
  const nameSpan = cx.span(expr.name);
  const entity = cx.sema.lookup(cx.scope, expr.name.name)?.[0];
  if (expr.declares && !cx.isClassic) {
    cx.report(
      noContextualType(nameSpan, [expr.name.name], {
        notes: [`':=' assigns a variable that exists: declare it before, with 'var ${expr.name.name}: …'`],
      }),
    );
    cx.ops.value(cx, expr.value, null);
    declareSilent(cx, expr.name.name, nameSpan);
    return ERROR_RESULT;
  }
  if (expr.declares || (cx.isClassic && entity === undefined)) {
    const value = own(cx, materializeLiteral(cx, cx.ops.value(cx, expr.value, null)));
    if (value.type.kind === 'error') return ERROR_RESULT;
    const local = cx.newLocal(expr.name.name, value.type, nameSpan);
    const declared = cx.localEntity(local, 'mutable');
    cx.declare(expr.name.name, declared);
    const place = cx.placeOf(declared, nameSpan);
    return valueResult({
      kind: 'block',
      statements: [{ kind: 'let', local: local.id, init: value, span }],
      result: place,
      type: place.type,
      span,
    });
  }
  if (entity === undefined) {
    cx.report(implicitDeclaration(nameSpan, [expr.name.name]));
    cx.ops.value(cx, expr.value, null);
    declareSilent(cx, expr.name.name, nameSpan);
    return ERROR_RESULT;
  }
  const target = checkName(cx, {
    kind: 'NameExpr',
    id: expr.name.id,
    start: expr.name.start,
    end: expr.name.end,
    name: expr.name.name,
    quoted: expr.name.quoted,
  });
  if (target.kind !== 'value' || !isPlace(target.expr)) return ERROR_RESULT;
  const place = target.expr;
  if (!requireMutable(cx, place, nameSpan, ' in assignment')) return ERROR_RESULT;
  const value = cx.ops.ownedValue(cx, expr.value, place.type, '');
  if (value.type.kind === 'error') return ERROR_RESULT;
  return valueResult({
    kind: 'block',
    statements: [{ kind: 'assign', place, value, span }],
    result: place,
    type: place.type,
    span,
  });
}

// ------------------------------------------------------------------------------------------------ values

/** Any checked result as a value: functions become function items; types and modules are no values. */
export function asValue(cx: BodyContext, checked: Checked, span: Span): HirExpr {
  switch (checked.kind) {
    case 'value':
      return checked.expr;
    case 'error':
      cx.hasErrors = true;
      return cx.error(span);
    case 'functions': {
      const only = checked.candidates[0];
      if (only === undefined || checked.candidates.length > 1) {
        cx.report(overloadedValue(span, [checked.name]));
        return cx.error(span);
      }
      if (checked.receiver !== null || only.requirement !== null) {
        cx.report(unsupported(span, ['a bound method as a value']));
        return cx.error(span);
      }
      const signature = cx.sema.signature(only.fn);
      if (signature.hasError) return cx.error(span);
      const bindings = new Bindings(cx.sema, signature.params);
      signature.params.forEach((param, index) => {
        const value = only.inherited[index];
        if (value !== undefined && value.kind !== 'unbound') bindings.bind(param.term, value);
      });
      if (checked.params !== null) {
        const own_ = signature.params.filter((param) => !param.inherited);
        const outcome = bindExplicit(cx, bindings, own_, checked.params, checked.name);
        if (outcome.failure !== null) {
          cx.report({ ...notAValue(outcome.failure.span ?? span, ['']), message: outcome.failure.message });
          return cx.error(span);
        }
        if (!outcome.open) bindDefaults(cx, bindings, own_, outcome.holes);
        const missing = own_.find((param) => isForgotten(param, bindings, outcome.holes));
        if (missing !== undefined && !outcome.open && !cx.isLibrary) {
          cx.report(parameterNotGiven(span, [missing.name]));
          return cx.error(span);
        }
        const unproven = checkWhere(cx, bindings, signature.where);
        if (unproven !== null && !cx.isLibrary) {
          const secondary = secondaryOf(unproven);
          cx.report(invalidCall(span, [`reference to '${checked.name}'`, unproven.message], { secondary }));
          return cx.error(span);
        }
      }
      if (reportUnavailable(cx, only.fn, span)) return cx.error(span);
      const term = cx.store.function(only.fn.ref, bindings.flatArgs());
      return { kind: 'constant', term, type: cx.store.functionItem(term), span };
    }
    case 'type': {
      if (checked.term.kind === 'functionItem')
        return { kind: 'constant', term: checked.term.func, type: checked.term, span };
      cx.report(typeAsValue(span, []));
      return cx.error(span);
    }
    case 'bound':
      cx.report(typeAsValue(span, []));
      return cx.error(span);
    case 'alias': {
      const term = openAlias(cx, checked);
      cx.report(term.kind === 'error' ? notAValue(span, ['this expression']) : typeAsValue(span, []));
      return cx.error(span);
    }
    case 'pack': {
      const values = parameterValues(cx, checked.term, span);
      if (values !== null) return values;
      cx.report(unsupported(span, ['a parameter list as a value']));
      return cx.error(span);
    }
    case 'module':
    case 'compilerFunction':
      cx.report(notAValue(span, [`'${checked.kind === 'module' ? checked.module.path : checked.name}'`]));
      return cx.error(span);
    case 'hole':
      cx.report(notAValue(span, ["'_'"]));
      return cx.error(span);
    default:
      return unreachable(checked);
  }
}

/** `f[1]` of two parameters: the second is given, or left open by `_` or `...`. */
function isForgotten(param: ParamDecl, bindings: Bindings, holes: ReadonlySet<ParamDecl>): boolean {
  return (
    param.passing !== 'inferOnly' &&
    !param.variadic &&
    param.defaultExpr === null &&
    bindings.get(param.term) === null &&
    !holes.has(param)
  );
}

export function checkValue(cx: BodyContext, expr: Expr, expected: Term | null): HirExpr {
  return asValue(cx, cx.ops.expr(cx, expr, expected), cx.span(expr));
}

/** An owned value of `target`, or of the expression's natural type. */
export function ownedValue(cx: BodyContext, expr: Expr, target: Term | null, where: string): HirExpr {
  const checked = cx.ops.expr(cx, expr, target);
  if (checked.kind === 'functions' && target?.kind === 'functionType') {
    const matched = functionFor(cx, checked, target, cx.span(expr));
    if (matched !== null) return matched;
  }
  if (checked.kind === 'type' && target !== null && target.kind !== 'error' && checked.term.kind !== 'functionItem') {
    if (checked.term === target) {
      const name = typeName(target);
      const message = `cannot implicitly convert '${name}' type as a value to an instance of '${name}'; did you mean to instantiate '${name}'?`;
      cx.report({ ...cannotConvert(cx.span(expr), [name, name, '']), message });
      return cx.error(cx.span(expr));
    }
    cx.report(cannotConvert(cx.span(expr), [`AnyStruct[${typeName(checked.term)}]`, typeName(target), where]));
    return cx.error(cx.span(expr));
  }
  const value = asValue(cx, checked, cx.span(expr));
  if (value.type.kind === 'error') return value;
  const converted =
    target === null ? materializeLiteral(cx, value) : cx.ops.convert(cx, value, target, value.span, where);
  return stored(cx, converted);
}

/** The function of an overload set that has the wanted thin type. */
function functionFor(
  cx: BodyContext,
  checked: Checked & { readonly kind: 'functions' },
  target: Term,
  span: Span,
): HirExpr | null {
  for (const candidate of checked.candidates) {
    if (checked.params !== null) return null;
    const attempt = cx.trial(() => asValue(cx, { ...checked, candidates: [candidate] }, span));
    if (attempt.failed) continue;
    const plan = cx.ops.planConversion(cx, attempt.value, target);
    if (plan !== null) return plan.build();
  }
  return null;
}
