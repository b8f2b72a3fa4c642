/** The reference model's verdict on a function: the first thing that a line does wrong with ownership, if any.
 *  Forward over the lowered tree: which parts have a value on every way, on some, on none; which references into a list are still good.
 *  Written without regard to the compiler's own checks. */
import { Liveness, type Need } from './liveness.ts';
import { type ModelFunction, type Node, type Operand, RESULT, type Step } from './steps.ts';
import { operandsOf, overlap, partsOf, resolve, resolveAll } from './places.ts';
import { ELEMENT, isDivided, type Path } from './tree.ts';

export interface Fault {
  readonly line: number;
  readonly kind: 'no value' | 'partial' | 'alias' | 'invalidated' | 'captured' | 'not owned';
}

/** `out`: moved out of a variable that is not moved as a whole; so, maybe. */
type Filled = 'yes' | 'no' | 'maybe' | 'out';

interface State {
  readonly parts: Map<string, Filled>;
  /** References whose list has changed since. */
  readonly invalid: Set<string>;
  /** Variables that were moved away as a whole, and on which line. */
  readonly moved: Map<string, number>;
}

/** States that leave a node; null: no way leads there. */
interface Flows {
  break: State | null;
  continue: State | null;
  return: State | null;
  raise: State | null;
}

const MUTATING: ReadonlySet<string> = new Set([
  ...['append', 'insert', 'put', 'reverse', 'clear', 'pop', 'call', 'reset', 'swap', 'take', 'next'],
]);

export function judge(fn: ModelFunction): Fault[] {
  return new Judge(fn).faults();
}

class Judge {
  private readonly fn: ModelFunction;
  private readonly live: Liveness;
  private readonly found = new Map<string, Fault>();
  /** Of what was looked at last. */
  private line = 0;

  constructor(fn: ModelFunction) {
    this.fn = fn;
    this.live = new Liveness(fn);
  }

  faults(): Fault[] {
    const { fn } = this;
    const state: State = { parts: new Map(), invalid: new Set(), moved: new Map() };
    for (const [name] of fn.variables)
      for (const part of partsOf(fn, [name]))
        state.parts.set(part, fn.parameters.some((p) => p.name === name) ? 'yes' : 'no');
    const flows: Flows = { break: null, continue: null, return: null, raise: null };
    const end = this.node(fn.body, state, flows);
    const leaving = join(join(end, flows.return), fn.raises ? flows.raise : null);
    for (const parameter of fn.parameters)
      if (parameter.convention === 'mut' && leaving !== null)
        for (const part of partsOf(fn, [parameter.name]))
          if (leaving.parts.get(part) !== 'yes') this.fault(0, 'no value');
    return [...this.found.values()].sort((a, b) => a.line - b.line);
  }

  private fault(line: number, kind: Fault['kind']): void {
    const key = `${line} ${kind}`;
    if (!this.found.has(key)) this.found.set(key, { line, kind });
  }

  private node(node: Node, before: State | null, flows: Flows): State | null {
    if (before === null) return null;
    switch (node.kind) {
      case 'step':
        return this.step(node, before, flows);
      case 'sequence': {
        let state: State | null = before;
        for (const item of node.nodes) state = this.node(item, state, flows);
        return state;
      }
      case 'branch':
        return join(this.enter(node.onTrue, before, flows), this.enter(node.otherwise, before, flows));
      case 'loop': {
        let head: State | null = before;
        for (;;) {
          const inner: Flows = { ...flows, break: null, continue: null };
          const end = this.enter(node.body, head, inner);
          flows.return = inner.return;
          flows.raise = inner.raise;
          const next = join(head, join(end, inner.continue));
          if (next === null || same(next, head)) {
            const ended = this.enter(node.otherwise, head, flows);
            return join(ended, inner.break);
          }
          head = next;
        }
      }
      case 'try': {
        const inner: Flows = { ...flows, raise: null };
        const body = this.node(node.body, copyOf(before), inner);
        flows.break = inner.break;
        flows.continue = inner.continue;
        flows.return = inner.return;
        const otherwise = this.enter(node.otherwise, body, flows);
        inner.raise?.parts.set(node.error, 'yes');
        return join(otherwise, this.enter(node.handler, inner.raise, flows));
      }
      case 'exit':
        this.line = node.line;
        this.enter(null, before, flows, this.live.before.get(node));
        if (node.error !== null) {
          if (before.parts.get(node.error) !== 'yes') this.fault(node.line, 'no value');
          before.parts.set(node.error, 'no');
        }
        flows[node.to] = join(flows[node.to], before);
        return null;
    }
  }

  /** A way into a block, on which values end too. */
  private enter(
    node: Node | null,
    before: State | null,
    flows: Flows,
    need = node === null ? undefined : this.live.before.get(node),
  ): State | null {
    if (before === null) return null;
    const state = copyOf(before);
    if (need !== undefined) this.checkEnds(state, need);
    return node === null ? null : this.node(node, state, flows);
  }

  private step(step: Step, before: State, flows: Flows): State {
    this.line = step.line;
    const { fn } = this;
    const state = copyOf(before);
    const operands = operandsOf(fn, step);
    for (const operand of operands)
      for (const part of partsOf(fn, operand.place))
        if (state.parts.get(part) !== 'yes') this.fault(step.line, 'no value');
    step.operands.forEach((operand, i) => {
      const root = operand.place[0] ?? '';
      if (state.invalid.has(root)) this.fault(step.line, 'invalidated');
      if (operand.kind === 'move') {
        const owner = fn.parameters.find((p) => p.name === operands[i]?.place[0]);
        const isReference = fn.aliases.has(root) && !fn.closures.has(root);
        if (isReference || owner?.convention === 'read') this.fault(step.line, 'not owned');
      }
    });
    if (step.action.kind !== 'closure') this.checkAliases(step);
    for (const operand of operands) {
      if (operand.kind === 'borrow' && !operand.mut) continue;
      if (operand.kind === 'move')
        for (const part of partsOf(fn, operand.place)) state.parts.set(part, operand.place.length > 1 ? 'out' : 'no');
      if (operand.kind === 'move' && operand.place.length === 1) state.moved.set(operand.place[0] ?? '', step.line);
      if (operand.kind === 'move' || MUTATING.has(step.action.kind)) this.invalidate(state, operand.place);
    }
    if (step.action.kind === 'ref' || step.action.kind === 'pick') state.invalid.delete(step.action.name);
    if (step.raises) {
      const raised = this.live.raised.get(step);
      const leaving = copyOf(state);
      if (raised !== undefined) this.checkEnds(leaving, raised);
      flows.raise = join(flows.raise, leaving);
    }
    if (step.dest !== null) {
      const dest = resolve(fn, step.dest);
      const [root = ''] = dest;
      const moved = state.moved.get(root);
      if (dest.length === 1) state.moved.delete(root);
      else if (moved !== undefined) {
        // What was moved away as a whole does not come back in parts: said at either line.
        this.fault(step.line, 'no value');
        this.fault(moved, 'no value');
      }
      for (const part of partsOf(fn, dest)) state.parts.set(part, 'yes');
      this.invalidate(state, dest);
    }
    const after = this.live.after.get(step);
    if (after !== undefined) this.checkEnds(state, after);
    return state;
  }

  /** References into a list do not outlive its next change. */
  private invalidate(state: State, place: Path): void {
    const { fn } = this;
    for (const name of fn.aliases.keys())
      for (const target of resolveAll(fn, [name])) {
        const inside = target.indexOf(ELEMENT);
        if (inside >= place.length && overlap(target, place)) state.invalid.add(name);
      }
  }

  private checkAliases(step: Step): void {
    const targets = step.operands.map((operand) => resolveAll(this.fn, operand.place));
    step.operands.forEach((a, i) => {
      for (let j = i + 1; j < step.operands.length; j++) {
        const b = step.operands[j];
        if (b === undefined || !(isExclusive(a, targets[i]) || isExclusive(b, targets[j]))) continue;
        const meet = targets[i]?.some((one) => targets[j]?.some((other) => overlap(one, other)));
        if (meet === true) this.fault(step.line, 'alias');
      }
    });
  }

  /** What ends here must be whole. */
  private checkEnds(state: State, after: Need): void {
    const { fn } = this;
    for (const [name, variable] of fn.variables) {
      if (name === RESULT || !isDivided(variable.type) || after.variables.has(name)) continue;
      const filled = partsOf(fn, [name]).map((part) => state.parts.get(part));
      if (isPartial(filled)) this.fault(this.line, 'partial');
    }
    for (const place of after.stale) {
      const parts = [...state.parts].filter(([part]) => part === place || part.startsWith(`${place}.`));
      const filled = parts.map(([, value]) => value);
      if (isMixed(filled)) this.fault(this.line, 'partial');
      // They end here, each on its own.
      for (const [part, value] of parts) if (value === 'yes') state.parts.set(part, 'out');
    }
  }
}

/** What is looked at through a mutable reference to one of two places counts as changed, as officially. */
function isExclusive(operand: Operand, targets: readonly Path[] | undefined): boolean {
  return operand.kind === 'move' || operand.mut || (targets?.length ?? 0) > 1;
}

function isPartial(parts: readonly (Filled | undefined)[]): boolean {
  return parts.includes('out') || isMixed(parts);
}

function isMixed(parts: readonly (Filled | undefined)[]): boolean {
  return parts.includes('yes') && parts.some((part) => part !== 'yes');
}

function copyOf(state: State): State {
  return { parts: new Map(state.parts), invalid: new Set(state.invalid), moved: new Map(state.moved) };
}

function join(a: State | null, b: State | null): State | null {
  if (a === null) return b;
  if (b === null) return a;
  const parts = new Map(a.parts);
  for (const [part, filled] of b.parts) {
    const other = parts.get(part);
    if (other !== filled) parts.set(part, other === 'out' || filled === 'out' ? 'out' : 'maybe');
  }
  return { parts, invalid: new Set([...a.invalid, ...b.invalid]), moved: new Map([...a.moved, ...b.moved]) };
}

function same(a: State, b: State): boolean {
  const sameParts = [...a.parts].every(([part, filled]) => b.parts.get(part) === filled);
  return sameParts && a.invalid.size === b.invalid.size && a.moved.size === b.moved.size;
}
