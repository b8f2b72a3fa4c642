/** Entry of the checking half of sema: `createChecking(sema)` gives the operations that declarations and the pipeline ask for. */
import type { Scope } from '../entities.ts';
import type { HirBody } from '../hir.ts';
import type { Checking, Sema } from '../sema.ts';
import { checkFunctionBody, checkGlobals } from './body.ts';
import { checkResultOrigins } from './result-origins.ts';
import { BodyContext, type CheckState, type Ops } from './body-context.ts';
import { captureLocal } from './captures.ts';
import { checkLambda } from './lambdas.ts';
import { evaluateClause, evaluateParameter, termOf } from './comptime.ts';
import { callValue, construct } from './construct.ts';
import { convert, planConversion } from './convert.ts';
import { asValue, checkExpr, checkValue, ownedValue } from './expressions.ts';
import { callMethod } from './members.ts';
import { checkBool } from './operators.ts';
import { callFunctions, implicitConstruction } from './overloads.ts';
import { materializeLiteral, own } from './places.ts';
import { checkBlock, checkStatement } from './statements.ts';
import { evaluateAnnotation, evaluateBound, evaluateOrigin, evaluateType } from './types.ts';

const OPS: Ops = {
  expr: checkExpr,
  value: checkValue,
  asValue,
  convert,
  planConversion,
  ownedValue,
  type: evaluateType,
  bound: evaluateBound,
  parameter: evaluateParameter,
  termOf,
  call: callFunctions,
  method: callMethod,
  construct,
  callValue: (cx, callee, args, site) => callValue(cx, callee, args, site),
  implicitConstruction,
  lambda: checkLambda,
  block: checkBlock,
  statement: checkStatement,
  bool: checkBool,
  capture: captureLocal,
};

export function createChecking(sema: Sema): Checking {
  const state: CheckState = {
    sema,
    ops: OPS,
    muted: 0,
    swallowed: 0,
    constructing: 0,
    busyDefaults: new Set(),
    expansions: new WeakMap(),
    bodies: [],
    owners: new WeakMap(),
    localEntities: new WeakMap(),
    placeFacts: new WeakMap(),
    globalOrigins: new WeakMap(),
    globalMutability: new WeakMap(),
  };
  /** A context for an expression of a header: no body around it. */
  const headerContext = (scope: Scope): BodyContext => new BodyContext(state, null, null, null, scope, true);
  return {
    evaluateType: (expr, scope, options) => evaluateType(headerContext(scope), expr, options.allowUnbound),
    evaluateBound: (expr, scope) => evaluateBound(headerContext(scope), expr),
    evaluateAnnotation: (expr, scope, options) => evaluateAnnotation(headerContext(scope), expr, options.allowUnbound),
    evaluateOrigin: (exprs, scope) => evaluateOrigin(headerContext(scope), exprs),
    evaluateParameter: (expr, scope, expected) => {
      const cx = headerContext(scope);
      // The header of a `comptime` declaration in a body.
      if (scope.owner.kind === 'parameters' && scope.parent?.owner.kind === 'block') cx.part = 'comptime initializer';
      return evaluateParameter(cx, expr, expected);
    },
    tryParameter: (expr, scope, expected) => {
      const cx = headerContext(scope);
      const attempt = cx.trial(() => evaluateParameter(cx, expr, expected));
      return attempt.failed ? null : attempt.value;
    },
    evaluateClause: (expr, scope) => evaluateClause(headerContext(scope), expr),
    initializerType: (expr, scope) => {
      const cx = new BodyContext(state, null, null, null, scope, false);
      cx.errorFrames = [{ kind: 'try', type: null }];
      return materializeLiteral(cx, checkValue(cx, expr, null)).type;
    },
    convertImplicitly: (value, target, scope) => {
      const cx = new BodyContext(state, null, null, null, scope, false);
      const attempt = cx.trial(() => {
        const plan = planConversion(cx, value, target);
        return plan === null ? null : own(cx, plan.build());
      });
      return attempt.failed ? null : attempt.value;
    },
    checkRequirement: (fn) => {
      const signature = sema.signature(fn);
      checkResultOrigins(new BodyContext(state, fn, signature, null, signature.scope, false));
    },
    checkBody: (fn): HirBody | null => {
      const known = state.bodies[fn.id];
      if (known !== undefined) return known;
      // A nested function gets its body with the body around it; one that is still without was only tried.
      if (fn.enclosing !== null) return null;
      state.bodies[fn.id] = null;
      const signature = sema.signature(fn);
      const cx = new BodyContext(state, fn, signature, null, signature.scope, false);
      // A body may be asked for while candidates are being tried.
      const muted = state.muted;
      state.muted = 0;
      try {
        const body =
          fn.functionKind.kind === 'globals' ? checkGlobals(cx) : signature.hasError ? null : checkFunctionBody(cx);
        state.bodies[fn.id] = body;
        return body;
      } finally {
        state.muted = muted;
      }
    },
  };
}
