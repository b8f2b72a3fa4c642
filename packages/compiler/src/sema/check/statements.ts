/** Statements of a body. Declarations and assignments are in `assignments.ts`, nested functions in `closures.ts`, `match` in
 *  `match.ts`, loops' protocol in `loops.ts`. */
import { unreachable } from '../../base/invariant.ts';
import type {
  AssertStmt,
  Block,
  ComptimeDecl,
  ExprStmt,
  ForStmt,
  IfStmt,
  RaiseStmt,
  ReturnStmt,
  Stmt,
  TryStmt,
  UnrollHint,
  WhileStmt,
  WithStmt,
} from '../../syntax/ast.ts';
import type { ComptimeEntity } from '../entities.ts';
import type { HirExpr, HirPlace, HirStatement } from '../hir.ts';
import { checkArguments, valueArgument } from './arguments.ts';
import { checkAssign, checkAugAssign, checkVarDecl } from './assignments.ts';
import type { BodyContext, ErrorFrame } from './body-context.ts';
import { checkNestedFunction } from './closures.ts';
import { comptimeFor } from './comptime-loops.ts';
import { originSubsumes } from './convert.ts';
import {
  bareRaise,
  cannotConvert,
  implicitDeclaration,
  incompatibleOrigin,
  methodNotImplemented,
  notInFunction,
  outsideLoop,
  raiseOutside,
  redefinition,
  unusedValue,
} from './errors.ts';
import { forLoop } from './loops.ts';
import { checkMatch } from './match.ts';
import { methodCandidates } from './members.ts';
import { negate, truth } from './operators.ts';
import { bindPattern, declareLocal, fresh, referenceTo } from './patterns.ts';
import { isLastingPlace, isPlace, materializeLiteral, own } from './places.ts';
import { innermostFrame, noteRaise } from './raising.ts';
import { structInFunction, uncalledFunction } from './statement-errors.ts';
import { typeName } from './type-name.ts';
import { label } from '../../diagnostics/diagnostic.ts';

export function checkBlock(cx: BodyContext, block: Block): readonly HirStatement[] {
  const statements: HirStatement[] = [];
  cx.inScope(() => {
    for (const statement of block.statements) checkStatement(cx, statement, statements);
  });
  return statements;
}

export function checkStatement(cx: BodyContext, statement: Stmt, into: HirStatement[]): void {
  const span = cx.span(statement);
  switch (statement.kind) {
    case 'ImportStmt':
    case 'FromImportStmt':
      cx.sema.declareImports(statement, cx.scope);
      return;
    case 'FunctionDecl':
      checkNestedFunction(cx, statement, into);
      return;
    case 'StructDecl':
    case 'TraitDecl':
    case 'ExtensionDecl':
      cx.report(structInFunction(span, [statement.kind === 'StructDecl' ? 'struct' : statement.kind === 'TraitDecl' ? 'trait' : 'extension']));
      return;
    case 'ComptimeDecl':
      comptimeDecl(cx, statement);
      return;
    case 'FieldDecl':
      cx.report(notInFunction(span, ['a field']));
      return;
    case 'VarDecl':
      checkVarDecl(cx, statement, statement.value, into);
      return;
    case 'AssignStmt':
      checkAssign(cx, statement, into);
      return;
    case 'AugAssignStmt':
      checkAugAssign(cx, statement, into);
      return;
    case 'AnnotatedAssignStmt':
      cx.report(implicitDeclaration(cx.span(statement.target), [statement.target.kind === 'NameExpr' ? statement.target.name : 'this']));
      return;
    case 'ExprStmt':
      exprStatement(cx, statement, into);
      return;
    case 'PassStmt':
    case 'EllipsisStmt':
      return;
    case 'BreakStmt': {
      const loop = cx.loops[cx.loops.length - 1];
      if (loop === undefined) cx.report(outsideLoop(span, ['break']));
      else into.push({ kind: 'break', label: loop.breakLabel, span });
      return;
    }
    case 'ContinueStmt': {
      const loop = cx.loops[cx.loops.length - 1];
      if (loop === undefined || loop.continueLabel === null) cx.report(outsideLoop(span, ['continue']));
      else into.push({ kind: 'continue', label: loop.continueLabel, span });
      return;
    }
    case 'ReturnStmt':
      returnStatement(cx, statement, into);
      return;
    case 'RaiseStmt':
      raiseStatement(cx, statement, into);
      return;
    case 'AssertStmt':
      assertStatement(cx, statement, into);
      return;
    case 'IfStmt':
      if (statement.comptime !== null) comptimeIf(cx, statement, 0, into);
      else ifStatement(cx, statement, 0, into);
      return;
    case 'WhileStmt':
      whileStatement(cx, statement, into);
      return;
    case 'ForStmt':
      forStatement(cx, statement, into);
      return;
    case 'TryStmt':
      tryStatement(cx, statement, into);
      return;
    case 'WithStmt':
      withStatement(cx, statement, 0, into);
      return;
    case 'MatchStmt':
      checkMatch(cx, statement, into);
      return;
    case 'ErrorStmt':
      cx.hasErrors = true;
      return;
    default:
      unreachable(statement);
  }
}

function comptimeDecl(cx: BodyContext, decl: ComptimeDecl): void {
  const span = cx.span(decl.name);
  const existing = cx.scope.names.get(decl.name.name)?.[0];
  if (existing !== undefined && 'span' in existing)
    cx.report(redefinition(span, [decl.name.name], { secondary: [label(existing.span, 'previous definition here')] }));
  // The value sees what stood before: a name may be redefined from an outer one.
  const entity: ComptimeEntity = {
    kind: 'comptime',
    name: decl.name.name,
    decl,
    module: cx.scope.module,
    span,
    scope: cx.scope,
    parent: null,
  };
  if (decl.parameters === null && cx.state.muted === 0) {
    if (cx.sema.comptimeValue(entity).value.kind === 'error') cx.hasErrors = true;
  }
  cx.declare(decl.name.name, entity);
}

function exprStatement(cx: BodyContext, statement: ExprStmt, into: HirStatement[]): void {
  const span = cx.span(statement);
  const { value } = statement;
  if (value.kind === 'StringExpr') return;
  const checked = cx.ops.expr(cx, value, null);
  if (checked.kind === 'error') {
    cx.hasErrors = true;
    return;
  }
  if (checked.kind === 'type' || checked.kind === 'bound' || checked.kind === 'functions') {
    if (checked.kind === 'functions' && !cx.isLibrary) cx.report(uncalledFunction(span, []));
    return;
  }
  const expr = cx.ops.asValue(cx, checked, span);
  if (expr.type.kind === 'error') return;
  const isSilent = expr.type === cx.known.none || expr.type === cx.known.never || cx.isLibrary;
  if (!isSilent) cx.report(unusedValue(expr.span, [typeName(expr.type)]));
  if (expr.kind === 'constant' || expr.kind === 'materialize') return;
  if (isPlace(expr) && isLastingPlace(expr)) {
    if (expr.kind === 'deref') into.push({ kind: 'expr', expr: expr.reference, span });
    else into.push({ kind: 'use', place: expr, span });
  } else into.push({ kind: 'expr', expr, span });
}

// ------------------------------------------------------------------------------------------------ return and raise

function returnStatement(cx: BodyContext, statement: ReturnStmt, into: HirStatement[]): void {
  const span = cx.span(statement);
  const signature = cx.signature;
  if (signature === null) {
    cx.report(outsideLoop(span, ['return']));
    return;
  }
  const result = signature.result;
  const { value } = statement;
  if (value === null) {
    if (cx.resultLocal === null && result !== cx.known.none && result.kind !== 'error') cx.report(cannotConvert(span, [typeName(cx.known.none), typeName(result), '']));
    into.push({ kind: 'return', value: null, span });
    return;
  }
  if (result.kind === 'ref') {
    into.push({ kind: 'return', value: returnReference(cx, value, result), span });
    return;
  }
  if (cx.resultLocal !== null) {
    const place = cx.placeOf(cx.resultLocal, span);
    const assigned = cx.ops.ownedValue(cx, value, signature.isInit && value.kind === 'NoneExpr' ? cx.known.none : place.type, ' in return value');
    if (assigned.type.kind === 'error') return;
    if (assigned.type !== cx.known.none || place.type === cx.known.none) into.push({ kind: 'assign', place, value: assigned, span });
    into.push({ kind: 'return', value: null, span });
    return;
  }
  const expr = cx.ops.ownedValue(cx, value, result, ' in return value');
  if (expr.type.kind === 'error') return;
  if (result === cx.known.none && expr.kind !== 'constant') {
    into.push({ kind: 'expr', expr, span }, { kind: 'return', value: null, span });
    return;
  }
  into.push({ kind: 'return', value: result === cx.known.none ? null : expr, span });
}

/** The returned place must have an origin that the signature allows. */
function returnReference(cx: BodyContext, value: NonNullable<ReturnStmt['value']>, result: HirExpr['type'] & { readonly kind: 'ref' }): HirExpr {
  const span = cx.span(value);
  let place = cx.ops.value(cx, value, result.pointee);
  if (place.type.kind === 'error') return place;
  if (place.type !== result.pointee) {
    place = cx.ops.convert(cx, place, result.pointee, span, ' in return value');
    if (place.type.kind === 'error') return place;
  }
  const reference = referenceTo(cx, place, true, span);
  if (reference === null || reference.type.kind !== 'ref') {
    cx.report(incompatibleOrigin(span, []));
    return cx.error(span);
  }
  const { origin, mut } = reference.type;
  const mutable = result.mut === mut || result.mut === cx.store.false || mut === cx.store.true;
  if (!mutable || !originSubsumes(cx, result.origin, origin)) {
    cx.report(incompatibleOrigin(span, []));
    return cx.error(span);
  }
  return retype(reference, result);
}

function retype(reference: HirExpr, type: HirExpr['type']): HirExpr {
  if (reference.kind === 'block') return { ...reference, result: retype(reference.result, type), type };
  return { ...reference, type };
}

function raiseStatement(cx: BodyContext, statement: RaiseStmt, into: HirStatement[]): void {
  const span = cx.span(statement);
  if (statement.value === null) {
    const current = cx.handlers[cx.handlers.length - 1];
    if (current === undefined) {
      const frame = innermostFrame(cx);
      cx.report(frame.type === null && frame.kind === 'function' ? raiseOutside(span, []) : bareRaise(span, []));
      return;
    }
    if (!raises(cx, current.type, span)) return;
    into.push({ kind: 'raise', value: { kind: 'transfer', place: fresh(cx, current) as HirPlace, type: current.type, span }, span });
    return;
  }
  const frame = innermostFrame(cx);
  if (frame.type === null && frame.kind === 'function') {
    cx.report(raiseOutside(span, []));
    return;
  }
  if (frame.type !== null) {
    const value = raisedValue(cx, statement.value, frame.type);
    if (value.type.kind !== 'error') into.push({ kind: 'raise', value, span });
    return;
  }
  const natural = cx.ops.value(cx, statement.value, null);
  if (natural.type.kind === 'error') return;
  const text = materializeLiteral(cx, natural);
  const isText = text.type === cx.known.string || natural.type !== text.type;
  const value = isText ? raisedValue(cx, statement.value, cx.known.error) : own(cx, text);
  if (value.type.kind === 'error') return;
  if (!raises(cx, value.type, span)) return;
  into.push({ kind: 'raise', value, span });
}

/** Converts to the error type; `Error` also takes anything printable. */
function raisedValue(cx: BodyContext, expr: NonNullable<RaiseStmt['value']>, type: HirExpr['type']): HirExpr {
  const span = cx.span(expr);
  const value = cx.ops.value(cx, expr, type);
  if (value.type.kind === 'error') return value;
  const plan = cx.ops.planConversion(cx, value, type);
  if (plan !== null) return own(cx, plan.build());
  const writable = cx.known.trait('Writable');
  if (type === cx.known.error && writable !== null) {
    const printable = materializeLiteral(cx, value);
    if (cx.sema.conforms(printable.type, cx.store.trait(writable.ref), cx.scope) === true)
      return cx.ops.construct(cx, type, [valueArgument(printable)], { span, callee: span, open: span, what: 'initialization', name: 'Error' });
  }
  return cx.ops.convert(cx, value, type, span, '');
}

function raises(cx: BodyContext, type: HirExpr['type'], span: ReturnType<BodyContext['span']>): boolean {
  const frame = innermostFrame(cx);
  if (frame.type === null && frame.kind === 'function') {
    cx.report(raiseOutside(span, []));
    return false;
  }
  const before = cx.hasErrors;
  noteRaise(cx, type, { span, callee: span, open: span, what: 'raise', name: 'raise' });
  return before || !cx.hasErrors;
}

function assertStatement(cx: BodyContext, statement: AssertStmt, into: HirStatement[]): void {
  const span = cx.span(statement);
  if (statement.comptime) {
    const condition = cx.ops.parameter(cx, statement.condition, cx.known.bool).value;
    const message = statement.message === null ? null : cx.ops.parameter(cx, statement.message, null).value;
    if (condition.kind === 'error' || message?.kind === 'error') return;
    into.push({ kind: 'comptimeAssert', condition, message, span });
    cx.scope.facts.push(condition);
    return;
  }
  const condition = cx.ops.bool(cx, statement.condition);
  if (condition.type.kind === 'error') return;
  const entities = cx.sema.lookup(cx.scope, 'debug_assert') ?? [];
  const candidates = entities.flatMap((entity) => (entity.kind === 'function' ? [cx.candidateOf(entity, [])] : []));
  if (candidates.length === 0) {
    into.push({ kind: 'expr', expr: condition, span });
    return;
  }
  const message =
    statement.message === null
      ? []
      : checkArguments(cx, [{ kind: 'CallArg', id: statement.message.id, start: statement.message.start, end: statement.message.end, star: 'none', name: null, value: statement.message }]);
  const call = cx.ops.call(
    cx,
    { kind: 'functions', name: 'debug_assert', candidates, receiver: null, params: null },
    [valueArgument(condition), ...message],
    { span, callee: span, open: span, what: `call to 'debug_assert'`, name: 'debug_assert' },
  );
  if (call.type.kind !== 'error') into.push({ kind: 'expr', expr: call, span });
}

// ------------------------------------------------------------------------------------------------ branches and loops

function ifStatement(cx: BodyContext, statement: IfStmt, index: number, into: HirStatement[]): void {
  const arm = statement.arms[index];
  if (arm === undefined) {
    if (statement.orElse !== null) into.push(...checkBlock(cx, statement.orElse));
    return;
  }
  const span = cx.span(arm);
  // Names that the condition declares (`:=`) live in the arm.
  cx.inScope(() => {
    const condition = cx.ops.bool(cx, arm.condition);
    const onTrue = checkBlock(cx, arm.body);
    const onFalse: HirStatement[] = [];
    ifStatement(cx, statement, index + 1, onFalse);
    into.push({ kind: 'if', condition, onTrue, onFalse, span });
  });
}

function comptimeIf(cx: BodyContext, statement: IfStmt, index: number, into: HirStatement[]): void {
  const arm = statement.arms[index];
  if (arm === undefined) {
    if (statement.orElse !== null) into.push(...checkBlock(cx, statement.orElse));
    return;
  }
  const span = cx.span(arm);
  const condition = comptimeCondition(cx, arm.condition);
  const onTrue: HirStatement[] = [];
  const onFalse: HirStatement[] = [];
  const facts = condition.kind === 'error' ? [] : [condition];
  cx.inScope(() => onTrue.push(...checkBlock(cx, arm.body)), facts);
  cx.inScope(() => comptimeIf(cx, statement, index + 1, onFalse), facts.map((fact) => cx.store.not(fact)));
  if (condition.kind !== 'error') into.push({ kind: 'comptimeIf', condition, onTrue, onFalse, span });
}

/** A Bool parameter expression; other types through `__bool__`. */
function comptimeCondition(cx: BodyContext, expr: IfStmt['arms'][number]['condition']): HirExpr['type'] {
  return cx.ops.parameter(cx, expr, cx.known.bool).value;
}

export function unrollFactor(cx: BodyContext, hint: UnrollHint | null): number | null {
  if (hint === null) return null;
  if (hint.factor === null) return 0;
  const { value } = cx.ops.parameter(cx, hint.factor, cx.known.int);
  return value.kind === 'int' ? Number(value.value) : 0;
}

function whileStatement(cx: BodyContext, statement: WhileStmt, into: HirStatement[]): void {
  const span = cx.span(statement);
  const breakLabel = cx.newLabel();
  const loopLabel = cx.newLabel();
  const body: HirStatement[] = [];
  const unroll = unrollFactor(cx, statement.unroll);
  cx.inScope(() => {
    const condition = cx.ops.bool(cx, statement.condition);
    const orElse = statement.orElse === null ? [] : checkBlock(cx, statement.orElse);
    const leave: HirStatement[] = [...orElse, { kind: 'break', label: breakLabel, span }];
    const isEndless = condition.kind === 'constant' && condition.term === cx.store.true;
    if (!isEndless) body.push({ kind: 'if', condition: negate(cx, condition, condition.span), onTrue: leave, onFalse: [], span });
    cx.loops.push({ breakLabel, continueLabel: loopLabel });
    body.push(...checkBlock(cx, statement.body));
    cx.loops.pop();
  });
  into.push({ kind: 'block', label: breakLabel, body: [{ kind: 'loop', label: loopLabel, body, step: [], unroll, span }], span });
}

function forStatement(cx: BodyContext, statement: ForStmt, into: HirStatement[]): void {
  if (statement.comptime !== null) {
    comptimeFor(cx, statement, into);
    return;
  }
  const orElse = statement.orElse;
  forLoop(
    cx,
    {
      binding: statement.binding,
      target: statement.target,
      iterable: statement.iterable,
      span: cx.spanAt(statement.start, statement.iterable.end),
      unroll: unrollFactor(cx, statement.unroll),
    },
    into,
    // The target and the body are one scope.
    (body) => {
      for (const inner of statement.body.statements) checkStatement(cx, inner, body);
    },
    orElse === null ? null : () => checkBlock(cx, orElse),
  );
}

// ------------------------------------------------------------------------------------------------ try and with

function tryStatement(cx: BodyContext, statement: TryStmt, into: HirStatement[]): void {
  const span = cx.span(statement);
  const { handler } = statement;
  const frame: ErrorFrame = { kind: 'try', type: null };
  if (handler !== null) cx.errorFrames.push(frame);
  const body = checkBlock(cx, statement.body);
  const reached: ErrorFrame = handler !== null ? (cx.errorFrames.pop() ?? frame) : frame;
  const orElse = statement.orElse === null ? [] : checkBlock(cx, statement.orElse);
  let handlerStatements: readonly HirStatement[] | null = null;
  let errorLocal: HirPlace | null = null;
  const errorType = reached.type ?? cx.known.error;
  if (handler !== null) {
    const name = handler.name?.name ?? '';
    const nameSpan = handler.name === null ? cx.span(handler) : cx.span(handler.name);
    cx.inScope(() => {
      const local = cx.newLocal(name, errorType, nameSpan);
      const entity = cx.localEntity(local, 'mutable');
      const place = cx.placeOf(entity, nameSpan);
      errorLocal = place;
      if (name !== '') declareLocal(cx, name, entity, nameSpan);
      cx.handlers.push(place);
      handlerStatements = checkBlock(cx, handler.body);
      cx.handlers.pop();
    });
  }
  const final = statement.finallyBody === null ? [] : checkBlock(cx, statement.finallyBody);
  into.push(tryNode(body, handler === null ? null : errorType, errorLocal, handlerStatements, orElse, final, span));
}

function tryNode(
  body: readonly HirStatement[],
  errorType: HirExpr['type'] | null,
  errorPlace: HirPlace | null,
  handler: readonly HirStatement[] | null,
  orElse: readonly HirStatement[],
  final: readonly HirStatement[],
  span: HirStatement['span'],
): HirStatement {
  const errorLocal = errorPlace?.kind === 'local' ? errorPlace.local : null;
  return { kind: 'try', body, errorType, errorLocal, handler, orElse, final, span };
}

/** `with a as x, b: body`: one manager inside the other. */
function withStatement(cx: BodyContext, statement: WithStmt, index: number, into: HirStatement[]): void {
  const item = statement.items[index];
  if (item === undefined) {
    into.push(...checkBlock(cx, statement.body));
    return;
  }
  const span = cx.span(item);
  cx.inScope(() => {
    const value = materializeLiteral(cx, cx.ops.value(cx, item.context, null));
    const manager = value.type.kind === 'error' ? null : isPlace(value) && isLastingPlace(value) ? value : cx.temporary(own(cx, value), into);
    const entered = manager === null ? cx.error(span) : cx.ops.method(cx, fresh(cx, manager), '__enter__', [], span);
    if (entered === null) cx.report(methodNotImplemented(cx.span(item.context), [typeName(value.type), '__enter__']));
    if (item.target !== null) bindPattern(cx, item.target, entered ?? cx.error(span), { kind: 'value', mutability: 'mutable' }, into);
    else if (entered !== null && entered.type.kind !== 'error' && !isPlace(entered)) into.push({ kind: 'expr', expr: entered, span });
    if (manager === null || entered === null) {
      withStatement(cx, statement, index + 1, []);
      return;
    }
    managed(cx, statement, index, manager, span, into);
  });
}

function managed(cx: BodyContext, statement: WithStmt, index: number, manager: HirExpr, span: HirStatement['span'], into: HirStatement[]): void {
  const exits = methodCandidates(cx, manager.type, '__exit__');
  const arity = (count: number) => exits.filter((candidate) => cx.sema.signature(candidate.fn).args.length === count);
  const plain = arity(1);
  const handling = arity(2);
  const exit = (candidates: typeof exits, args: readonly HirExpr[]): HirExpr =>
    cx.ops.call(
      cx,
      { kind: 'functions', name: '__exit__', candidates, receiver: fresh(cx, manager), params: null },
      args.map((arg) => valueArgument(arg)),
      { span, callee: span, open: span, what: `call to '__exit__'`, name: '__exit__' },
    );
  const frame: ErrorFrame = { kind: 'try', type: null };
  if (handling.length > 0) cx.errorFrames.push(frame);
  const body: HirStatement[] = [];
  withStatement(cx, statement, index + 1, body);
  const reached = handling.length > 0 ? (cx.errorFrames.pop() ?? frame) : frame;
  const final: HirStatement[] = [];
  const leaving: HirStatement[] = plain.length === 0 ? [] : [{ kind: 'expr', expr: exit(plain, []), span }];
  if (handling.length === 0 || reached.type === null) {
    final.push(...leaving);
    into.push(tryNode(body, null, null, null, [], final, span));
    return;
  }
  // var handled = False; try: try: body  except e: handled = True; if not m.__exit__(e): raise e   finally: if not handled: m.__exit__()
  const handled = cx.temporary({ kind: 'constant', term: cx.store.false, type: cx.known.bool, span }, into);
  const error = cx.newLocal('', reached.type, span);
  const entity = cx.localEntity(error, 'mutable');
  const swallowed = truth(cx, exit(handling, [cx.placeOf(entity, span)]), span);
  const rethrow: HirStatement[] = [];
  if (raises(cx, reached.type, span))
    rethrow.push({ kind: 'raise', value: { kind: 'transfer', place: cx.placeOf(entity, span), type: reached.type, span }, span });
  const handler: HirStatement[] = [
    { kind: 'assign', place: fresh(cx, handled) as HirPlace, value: { kind: 'constant', term: cx.store.true, type: cx.known.bool, span }, span },
    { kind: 'if', condition: negate(cx, swallowed, span), onTrue: rethrow, onFalse: [], span },
  ];
  const inner = tryNode(body, reached.type, cx.placeOf(entity, span), handler, [], [], span);
  const flag: HirExpr = { kind: 'copy', place: fresh(cx, handled) as HirPlace, type: cx.known.bool, span };
  final.push({ kind: 'if', condition: flag, onTrue: [], onFalse: leaving, span });
  into.push(tryNode([inner], null, null, null, [], final, span));
}

