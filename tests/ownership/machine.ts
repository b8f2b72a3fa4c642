/** Runs a lowered program and writes down every event: the reference model's answer to what the program prints.
 *  A value ends as soon as nothing needs it: after every step and on every way into a block, what has a value and is not needed is
 *  dropped, the youngest first. */
import { Liveness, type Need } from './liveness.ts';
import { type Frame, type Outcome, type Slot, StepMachine } from './machine-steps.ts';
import { partsOf, resolve } from './places.ts';
import { type ModelFunction, type Node, RESULT, type Step } from './steps.ts';
import type { Path } from './tree.ts';

type Ending = 'normal' | 'break' | 'continue' | 'return' | 'raise';

export class Machine extends StepMachine {
  private readonly functions: ReadonlyMap<string, ModelFunction>;
  private readonly liveness = new Map<ModelFunction, Liveness>();

  constructor(functions: ReadonlyMap<string, ModelFunction>, k: number) {
    super(k);
    this.functions = functions;
  }

  override run(name: string, args: readonly Slot[]): Outcome {
    const fn = this.functions.get(name);
    if (fn === undefined) throw new Error(`no function ${name}`);
    const live = this.liveness.get(fn) ?? new Liveness(fn);
    this.liveness.set(fn, live);
    const slots = new Map<string, Slot>();
    fn.parameters.forEach((parameter, i) => {
      slots.set(parameter.name, args[i] ?? { value: null });
    });
    // `read` arguments are never dropped here; `mut` ones can lose a value that is overwritten.
    const borrowed = new Set(fn.parameters.filter((p) => p.convention === 'read').map((p) => p.name));
    const frame: Frame = { fn, live, slots, borrowed, picked: new Map(), error: null };
    this.settle(frame, this.needBefore(frame, fn.body));
    const ending = this.node(frame, fn.body);
    if (ending === 'raise') this.settle(frame, live.atEnd);
    const result = slots.get(RESULT)?.value ?? null;
    return { result, error: frame.error };
  }

  private needBefore(frame: Frame, node: Node): Need {
    const need = frame.live.before.get(node);
    if (need === undefined) throw new Error('no liveness');
    return need;
  }

  // ---- control

  private node(frame: Frame, node: Node): Ending {
    switch (node.kind) {
      case 'step':
        return this.step(frame, node);
      case 'sequence':
        for (const item of node.nodes) {
          const ending = this.node(frame, item);
          if (ending !== 'normal') return ending;
        }
        return 'normal';
      case 'branch':
        return this.enter(frame, this.isTaken(frame, node.test) ? node.onTrue : node.otherwise);
      case 'loop': {
        const { rounds } = node;
        for (let i = 0; typeof rounds === 'number' ? i < rounds : this.look(frame, rounds).parts.length > 0; i++) {
          const ending = this.enter(frame, node.body);
          if (ending === 'break') return 'normal';
          if (ending === 'return' || ending === 'raise') return ending;
        }
        return this.enter(frame, node.otherwise);
      }
      case 'try': {
        const ending = this.node(frame, node.body);
        if (ending === 'raise') {
          frame.slots.set(node.error, { value: frame.error });
          frame.error = null;
          return this.enter(frame, node.handler);
        }
        return ending === 'normal' ? this.enter(frame, node.otherwise) : ending;
      }
      case 'exit':
        this.settle(frame, this.needBefore(frame, node));
        if (node.error !== null) frame.error = this.takeOut(frame, [node.error]);
        return node.to;
    }
  }

  private isTaken(frame: Frame, test: Path | boolean | null): boolean {
    if (typeof test === 'boolean') return test;
    if (test === null) return this.coin();
    const [first] = this.look(frame, test).parts;
    return first?.type === 'R';
  }

  private enter(frame: Frame, node: Node): Ending {
    this.settle(frame, this.needBefore(frame, node));
    return this.node(frame, node);
  }

  // ---- ends of life

  private settle(frame: Frame, need: Need): void {
    const names = [...frame.slots.keys()].filter((name) => !frame.borrowed.has(name));
    names.sort((a, b) => this.order(frame, b) - this.order(frame, a));
    for (const name of names) {
      const slot = frame.slots.get(name);
      if (slot === undefined || slot.value === null) continue;
      if (!need.variables.has(name)) {
        const { value } = slot;
        slot.value = null;
        this.drop(value);
        continue;
      }
      const stale = [...need.stale].filter((place) => place.startsWith(`${name}.`));
      stale.sort((one, other) => this.position(frame, one) - this.position(frame, other));
      for (const place of stale) this.dropPart(frame, place.split('.'));
    }
  }

  /** Parts of one variable end in the order in which they are declared. */
  private position(frame: Frame, place: string): number {
    return partsOf(frame.fn, place.split('.').slice(0, 1)).findIndex(
      (part) => part === place || part.startsWith(`${place}.`),
    );
  }

  /** The result ends first, then arguments, then the rest, each from the last to the first. */
  private order({ fn }: Frame, name: string): number {
    const order = fn.variables.get(name)?.order ?? -1;
    if (name === RESULT) return Number.MAX_SAFE_INTEGER;
    return fn.parameters.some((parameter) => parameter.name === name) ? order + fn.variables.size : order;
  }

  private dropPart(frame: Frame, place: Path): void {
    // A part of what was moved out went with it.
    for (let length = 1; length < place.length; length++)
      if (this.holder(frame, place.slice(0, length)).get() === null) return;
    this.drop(this.takeOut(frame, place));
  }
  // ---- steps

  private step(frame: Frame, step: Step): Ending {
    const after = frame.live.after.get(step);
    if (after === undefined) throw new Error('no liveness');
    const outcome = this.perform(frame, step, after);
    if (outcome?.type === 'E' && step.action.kind !== 'error') {
      frame.error = outcome;
      return 'raise';
    }
    if (step.dest !== null) {
      if (outcome !== null && this.replacesItself(frame, step)) this.traceMove(outcome);
      const holder = this.holder(frame, step.dest);
      if (holder.get() !== null) {
        // What else ends here ends before the value that is replaced.
        const [root = ''] = resolve(frame.fn, step.dest);
        this.settle(frame, { variables: new Set([...after.variables, root]), stale: after.stale });
        const old = holder.get();
        holder.set(null);
        this.drop(old);
      }
      holder.set(outcome);
    }
    this.settle(frame, after);
    return 'normal';
  }

  /** `m = f(m^)`: what was given away makes room only after the call, so that the result moves there. `m = m^` says so itself. */
  private replacesItself(frame: Frame, { action, operands, dest }: Step): boolean {
    if (dest === null || action.kind === 'transfer') return false;
    const place = this.target(frame, dest).join('.');
    return operands.some((operand) => operand.kind === 'move' && this.target(frame, operand.place).join('.') === place);
  }
}
