/** Statements of a body. Declarations and assignments are in `assignments.ts`, nested functions in `closures.ts`, `match` in
 *  `match.ts`, loops' protocol in `loops.ts`. */
import { unreachable } from '../../base/invariant.ts';
import type {
  AssertStmt,
  Block,
  ComptimeDecl,
  ExprStmt,
  FromImportStmt,
  ForStmt,
  IfStmt,
  ImportStmt,
  ReturnStmt,
  Stmt,
  UnrollHint,
  WhileStmt,
} from '../../syntax/ast.ts';
import { separateDeclarations } from '../../syntax/separate-comptime.ts';
import type { Term } from '../../terms/term.ts';
import type { ComptimeEntity } from '../entities.ts';
import type { HirExpr, HirStatement } from '../hir.ts';
import { checkArguments, valueArgument } from './arguments.ts';
import { checkAnnotated, checkAssign, checkVarDecl } from './assignments.ts';
import type { BodyContext } from './body-context.ts';
import { checkNestedFunction } from './nested-functions.ts';
import { evaluateCondition } from './comptime.ts';
import { comptimeFor } from './comptime-loops.ts';
import { originSubsumes } from './convert.ts';
import { cannotConvert, noMatching, incompatibleOrigin, outsideLoop, redefinition, unusedValue } from './errors.ts';
import { checkAugAssign } from './in-place.ts';
import { forLoop } from './loops.ts';
import { checkMatch } from './match.ts';
import { negate } from './operators.ts';
import { referenceTo } from './patterns.ts';
import { isLastingPlace, isPlace } from './places.ts';
import { raiseStatement } from './raise-statement.ts';
import { importInBlock, structInFunction, uncalledFunction, uncalledMethod } from './statement-errors.ts';
import { checkTry } from './try.ts';
import { typeName } from './type-name.ts';
import { checkWith } from './with.ts';
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
      if (cx.functionScope !== null && cx.scope !== cx.functionScope) cx.report(importInBlock(span, []));
      cx.sema.declareImports(statement, cx.scope);
      // Names are looked up at once, so that what cannot be found is reported even if nothing uses it.
      for (const name of importedNames(statement)) cx.sema.lookup(cx.scope, name);
      return;
    case 'FunctionDecl':
      checkNestedFunction(cx, statement, into);
      return;
    case 'StructDecl':
    case 'TraitDecl':
    case 'ExtensionDecl':
      cx.report(
        structInFunction(span, [
          statement.kind === 'StructDecl' ? 'struct' : statement.kind === 'TraitDecl' ? 'trait' : 'extension',
        ]),
      );
      return;
    case 'ComptimeDecl':
      comptimeDecl(cx, statement);
      return;
    case 'FieldDecl':
      // The parser makes none in a function.
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
      checkAnnotated(cx, statement, into);
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
      checkTry(cx, statement, into);
      return;
    case 'WithStmt':
      checkWith(cx, statement, into);
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

function importedNames(statement: ImportStmt | FromImportStmt): readonly string[] {
  if (statement.kind === 'ImportStmt')
    return statement.modules.flatMap((module) => (module.alias ?? module.path[0])?.name ?? []);
  return statement.names.map((item) => (item.alias ?? item.name).name);
}

function comptimeDecl(cx: BodyContext, statement: ComptimeDecl): void {
  for (const decl of separateDeclarations(statement)) declareComptime(cx, decl);
}

function declareComptime(cx: BodyContext, decl: ComptimeDecl): void {
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

/** Calls of Python functions return something always, mostly None. */
function isPythonObject(type: Term): boolean {
  return type.kind === 'struct' && type.decl.name === 'PythonObject' && type.decl.path.startsWith('std.python.');
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
    if (checked.kind === 'functions' && !cx.isLibrary)
      cx.report(checked.receiver === null ? uncalledFunction(span, []) : uncalledMethod(span, [checked.name]));
    return;
  }
  const expr = cx.ops.asValue(cx, checked, span);
  if (expr.type.kind === 'error') return;
  const isSilent =
    expr.type === cx.known.none || expr.type === cx.known.never || cx.isLibrary || isPythonObject(expr.type);
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
    if (cx.resultLocal === null && result !== cx.known.none && result.kind !== 'error')
      cx.report(cannotConvert(span, [typeName(cx.known.none), typeName(result), '']));
    into.push({ kind: 'return', value: null, span });
    return;
  }
  if (result.kind === 'ref') {
    into.push({ kind: 'return', value: returnReference(cx, value, result), span });
    return;
  }
  if (cx.resultLocal !== null) {
    const place = cx.placeOf(cx.resultLocal, span);
    const assigned = cx.ops.ownedValue(
      cx,
      value,
      signature.isInit && value.kind === 'NoneExpr' ? cx.known.none : place.type,
      ' in return value',
    );
    if (assigned.type.kind === 'error') return;
    if (assigned.type !== cx.known.none || place.type === cx.known.none)
      into.push({ kind: 'assign', place, value: assigned, span });
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
function returnReference(
  cx: BodyContext,
  value: NonNullable<ReturnStmt['value']>,
  result: HirExpr['type'] & { readonly kind: 'ref' },
): HirExpr {
  const span = cx.span(value);
  let place = cx.ops.value(cx, value, result.pointee);
  if (place.type.kind === 'error') return place;
  if (place.type !== result.pointee) {
    place = cx.ops.convert(cx, place, result.pointee, span, ' in return value');
    if (place.type.kind === 'error') return place;
  }
  const reference = referenceTo(cx, place, true, span);
  if (reference === null || reference.type.kind !== 'ref') {
    cx.report(incompatibleOrigin(span, [null, typeName(result.origin)]));
    return cx.error(span);
  }
  const { origin, mut } = reference.type;
  // Writing through the result must imply writing through the place.
  const mutable = cx.store.and([result.mut, mut]) === result.mut;
  if (!mutable || !originSubsumes(cx, result.origin, origin)) {
    const [given, wanted] = [typeName(origin), typeName(result.origin)];
    const notes = given === wanted ? ['the result may be written through, and this may not'] : adviseOrigin(cx, origin);
    cx.report(incompatibleOrigin(span, [given, wanted], { notes }));
    return cx.error(span);
  }
  return retype(reference, result);
}

/** What can be done about a result that the signature does not allow. */
function adviseOrigin(cx: BodyContext, origin: Term): readonly string[] {
  if (origin.kind !== 'placeOrigin') return [];
  const lent = cx.signature?.args.some(({ convention, origin: of }) => {
    const isOwn = convention === 'var' || convention === 'deinit';
    return !isOwn && of.kind === 'placeOrigin' && of.root === origin.root;
  });
  if (lent !== true) return [`'${origin.name}' ends with this function: return a value, or a reference to an argument`];
  if (origin.path.some(({ kind }) => kind === 'interior'))
    return [
      "what a container owns has an origin of its own: the result type names it by the expression that reaches it, e.g. 'ref[xs[0]]'",
    ];
  return [`name it in the result type: 'ref[${[origin.name, ...origin.path.map(({ name }) => name)].join('.')}]'`];
}

function retype(reference: HirExpr, type: HirExpr['type']): HirExpr {
  if (reference.kind === 'block') return { ...reference, result: retype(reference.result, type), type };
  return { ...reference, type };
}

function assertStatement(cx: BodyContext, statement: AssertStmt, into: HirStatement[]): void {
  const span = cx.span(statement);
  if (statement.comptime) {
    const condition = cx.inPart("'comptime assert' expression", () => evaluateCondition(cx, statement.condition));
    const message = statement.message === null ? null : cx.ops.parameter(cx, statement.message, null).value;
    if (condition.kind === 'error' || message?.kind === 'error') return;
    into.push({ kind: 'comptimeAssert', condition, message, span });
    cx.scope.facts.push(condition);
    return;
  }
  const checked = cx.ops.value(cx, statement.condition, cx.known.bool);
  if (checked.type.kind === 'error') return;
  const plan = cx.ops.planConversion(cx, checked, cx.known.bool);
  if (plan === null) {
    cx.report(noMatching(span, [`function in call to 'debug_assert'`]));
    return;
  }
  const condition = plan.build();
  const entities = cx.sema.lookup(cx.scope, 'debug_assert') ?? [];
  const candidates = entities.flatMap((entity) => (entity.kind === 'function' ? [cx.candidateOf(entity, [])] : []));
  if (candidates.length === 0) {
    into.push({ kind: 'expr', expr: condition, span });
    return;
  }
  const message =
    statement.message === null
      ? []
      : checkArguments(cx, [
          {
            kind: 'CallArg',
            id: statement.message.id,
            start: statement.message.start,
            end: statement.message.end,
            star: 'none',
            name: null,
            value: statement.message,
          },
        ]);
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
  const condition = cx.inPart("'comptime if' condition", () => evaluateCondition(cx, arm.condition));
  const onTrue: HirStatement[] = [];
  const onFalse: HirStatement[] = [];
  const facts = condition.kind === 'error' ? [] : [condition];
  cx.inScope(() => onTrue.push(...checkBlock(cx, arm.body)), facts);
  cx.inScope(
    () => comptimeIf(cx, statement, index + 1, onFalse),
    facts.map((fact) => cx.store.not(fact)),
  );
  if (condition.kind !== 'error') into.push({ kind: 'comptimeIf', condition, onTrue, onFalse, span });
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
    if (!isEndless)
      body.push({ kind: 'if', condition: negate(cx, condition, condition.span), onTrue: leave, onFalse: [], span });
    cx.loops.push({ breakLabel, continueLabel: loopLabel });
    body.push(...checkBlock(cx, statement.body));
    cx.loops.pop();
  });
  into.push({
    kind: 'block',
    label: breakLabel,
    body: [{ kind: 'loop', label: loopLabel, body, step: [], unroll, span }],
    span,
  });
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
