/** Which variables are still needed where, by structural recursion from the end of a function to its start.
 *  A variable is needed while a path leads to a use of it or of a part; giving it a new value as a whole ends the need for the old
 *  one. A part that will be given a new value before its next use is not needed even where the variable is.
 *  In: a lowered function.  Out: what is needed after each step and at the start of each block. */
import { type ModelFunction, type Node, RESULT, type Step } from './steps.ts';
import { operandsOf, resolve, resolveAll } from './places.ts';
import type { Path } from './tree.ts';

export interface Need {
  readonly variables: ReadonlySet<string>;
  /** Places in needed variables, joined with dots, that will be overwritten first, each as a whole: a use of a part needs all of it. */
  readonly stale: ReadonlySet<string>;
}

export const NOTHING: Need = { variables: new Set(), stale: new Set() };

export class Liveness {
  /** After a step; where a node begins. */
  readonly after = new Map<Step, Need>();
  readonly before = new Map<Node, Need>();
  /** Where a step leads that raises. */
  readonly raised = new Map<Step, Need>();
  readonly atEnd: Need;
  private readonly fn: ModelFunction;
  /** Which references keep a place needed. */
  private readonly holders: ReadonlyMap<string, readonly Path[]>;

  constructor(fn: ModelFunction) {
    this.fn = fn;
    this.holders = fn.aliases;
    const owed = fn.parameters.filter((p) => p.convention === 'mut').map((p) => p.name);
    const result = fn.result === null ? [] : [RESULT];
    this.atEnd = { variables: new Set(owed), stale: new Set() };
    const atReturn: Need = { variables: new Set([...owed, ...result]), stale: new Set() };
    this.node(fn.body, this.atEnd, { break: NOTHING, continue: NOTHING, return: atReturn, raise: this.atEnd });
  }

  private node(node: Node, after: Need, exits: Exits): Need {
    const before = this.compute(node, after, exits);
    this.before.set(node, before);
    return before;
  }

  private compute(node: Node, after: Need, exits: Exits): Need {
    switch (node.kind) {
      case 'step':
        this.after.set(node, after);
        if (node.raises) this.raised.set(node, exits.raise);
        return this.through(
          node,
          node.raises ? { normal: after, raised: exits.raise } : { normal: after, raised: null },
        );
      case 'sequence': {
        let need = after;
        for (const item of [...node.nodes].reverse()) need = this.node(item, need, exits);
        return need;
      }
      case 'branch':
        return this.join(this.node(node.onTrue, after, exits), this.node(node.otherwise, after, exits));
      case 'loop': {
        const end = this.node(node.otherwise, after, exits);
        let head = end;
        for (;;) {
          const body = this.node(node.body, head, { ...exits, break: after, continue: head });
          const next = this.join(body, end);
          // Whether there is another round is asked of the list.
          const asked = typeof node.rounds === 'number' ? next : using(next, node.rounds);
          if (same(asked, head)) return head;
          head = asked;
        }
      }
      case 'try': {
        const handler = this.node(node.handler, after, exits);
        const otherwise = this.node(node.otherwise, after, exits);
        // Raising gives the error its value.
        return this.node(node.body, otherwise, { ...exits, raise: without(handler, node.error) });
      }
      case 'exit':
        return node.error === null ? exits[node.to] : using(exits[node.to], [node.error]);
    }
  }

  private through(step: Step, to: { readonly normal: Need; readonly raised: Need | null }): Need {
    const { fn } = this;
    const variables = new Set(to.normal.variables);
    const stale = new Set(to.normal.stale);
    const use = (place: Path): void => {
      const [root = ''] = place;
      variables.add(root);
      for (const other of stale) if (touches(other, place.join('.'))) stale.delete(other);
      for (const held of this.holders.get(root) ?? []) for (const target of resolveAll(fn, held)) use(target);
    };
    if (step.dest !== null) {
      const dest = resolve(fn, step.dest);
      const [root = ''] = dest;
      if (dest.length === 1) {
        variables.delete(root);
        for (const other of stale) if (touches(other, root)) stale.delete(other);
      } else {
        variables.add(root);
        for (const other of stale) if (touches(other, dest.join('.'))) stale.delete(other);
        stale.add(dest.join('.'));
      }
    }
    let need: Need = { variables, stale };
    if (to.raised !== null) need = this.join(need, to.raised);
    const joined = { variables: new Set(need.variables), stale: new Set(need.stale) };
    variables.clear();
    stale.clear();
    for (const name of joined.variables) variables.add(name);
    for (const name of joined.stale) stale.add(name);
    for (const operand of operandsOf(fn, step)) use(operand.place);
    return { variables, stale };
  }

  /** Needed if needed on some way; a part is stale if on every way the variable is needed and the part stale. */
  private join(a: Need, b: Need): Need {
    const variables = new Set([...a.variables, ...b.variables]);
    const stale = new Set<string>();
    for (const one of a.stale)
      for (const other of b.stale) if (touches(one, other)) stale.add(one.length > other.length ? one : other);
    return { variables, stale };
  }
}

/** The need before a variable gets its value. */
function without(need: Need, name: string): Need {
  return { ...need, variables: new Set([...need.variables].filter((entry) => entry !== name)) };
}

/** The need before a look at a whole variable. */
function using(need: Need, [root = '']: Path): Need {
  return {
    variables: new Set([...need.variables, root]),
    stale: new Set([...need.stale].filter((place) => !touches(place, root))),
  };
}

/** Whether one place is the other or a part of it. */
function touches(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

interface Exits {
  readonly break: Need;
  readonly continue: Need;
  readonly return: Need;
  readonly raise: Need;
}

function same(a: Need, b: Need): boolean {
  return equal(a.variables, b.variables) && equal(a.stale, b.stale);
}

function equal(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((entry) => b.has(entry));
}
