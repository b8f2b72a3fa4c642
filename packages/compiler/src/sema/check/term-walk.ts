/** Walks over terms and over HIR without knowing every variant: whatever is reachable through properties is visited. */
import type { HirExpr, HirStatement } from '../hir.ts';
import type { ParamTerm, Term } from '../../terms/term.ts';
import { TermFlags } from '../../terms/term.ts';

function isTerm(value: object): value is Term {
  return 'flags' in value && 'id' in value && 'kind' in value;
}

/** Calls `visit` for each direct operand of a term. */
export function forEachOperand(term: Term, visit: (operand: Term) => void): void {
  const walk = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
    if (Array.isArray(value)) {
      for (const item of value) walk(item, depth);
    } else if (isTerm(value)) visit(value);
    else if (depth > 0) for (const item of Object.values(value)) walk(item, depth - 1);
  };
  for (const value of Object.values(term)) walk(value, 2);
}

/** Whether some term inside `term` (itself included) meets the test; looks only below terms that have one of `flags`. */
export function someTerm(term: Term, flags: number, test: (term: Term) => boolean): boolean {
  if ((term.flags & flags) === 0) return false;
  if (test(term)) return true;
  let found = false;
  forEachOperand(term, (operand) => {
    if (!found && someTerm(operand, flags, test)) found = true;
  });
  return found;
}

/** Adds every declared parameter that a term mentions, those in the types of parameters included, outermost first. */
export function collectParams(term: Term, into: Set<ParamTerm>): void {
  if ((term.flags & TermFlags.hasParam) === 0) return;
  if (term.kind === 'param') {
    if (into.has(term)) return;
    collectParams(term.type, into);
    into.add(term);
    return;
  }
  forEachOperand(term, (operand) => collectParams(operand, into));
}

/** Every term that hangs below a piece of HIR. */
export function forEachTermInTree(root: unknown, visit: (term: Term) => void): void {
  const seen = new Set<object>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
    if (seen.has(value)) return;
    seen.add(value);
    if (Array.isArray(value)) for (const item of value) walk(item);
    else if (isTerm(value)) visit(value);
    else for (const item of Object.values(value)) walk(item);
  };
  walk(root);
}

/** Whether some node of a piece of HIR, whatever its kind, meets the test; terms are not entered. */
export function someInTree(root: HirExpr, test: (node: HirExpr | HirStatement) => boolean): boolean {
  const walk = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null || isTerm(value)) return false;
    if (Array.isArray(value)) return value.some(walk);
    return ('kind' in value && test(value as HirExpr | HirStatement)) || Object.values(value).some(walk);
  };
  return walk(root);
}
