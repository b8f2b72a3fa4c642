/** The table of instances: one function at concrete arguments each, made on demand and lowered on demand.
 *  Invariant: a record's `instance` exists as soon as it is asked for (so that recursion terminates); its body is lowered
 *  once, when `bodyOf` first asks. Numbers here are the session's; the final program renumbers what it keeps. */
import { Table } from '../base/ids.ts';
import type { Span } from '../base/span.ts';
import type { Body, Instance, InstanceId, InstanceSignature } from '../mir/mir.ts';
import type { Term } from '../terms/term.ts';
import type { ChainLink } from './errors.ts';

/** Who first asked for an instance. */
export interface Requester {
  readonly parent: InstanceId | null;
  readonly span: Span;
}

const SHOWN_LINKS = 8;

export interface InstanceRecord {
  readonly instance: Instance;
  /** The `function` term whose address the instance is. */
  readonly term: Term;
  /** Per argument: the callee gets a value of its own (else the address of the caller's place). */
  readonly byValue: readonly boolean[];
  readonly requester: Requester;
  readonly depth: number;
  /** Content hash: the same in every session. */
  readonly hash: string;
  readonly lower: () => Body;
  state: 'pending' | 'active' | 'done' | 'failed';
}

export interface NewInstance {
  readonly key: string;
  readonly make: (id: InstanceId) => Omit<InstanceRecord, 'state' | 'depth' | 'requester'>;
}

export class InstanceTable {
  private readonly records = new Table<InstanceId, InstanceRecord>();
  private readonly byKey = new Map<string, InstanceId>();

  get size(): number {
    return this.records.size;
  }

  get(id: InstanceId): InstanceRecord {
    return this.records.get(id);
  }

  /** The instance with this key, made if it does not exist. */
  request(entry: NewInstance, requester: Requester): InstanceId {
    const known = this.byKey.get(entry.key);
    if (known !== undefined) return known;
    const id = this.records.nextId();
    const depth = requester.parent === null ? 0 : this.records.get(requester.parent).depth + 1;
    this.records.add({ ...entry.make(id), requester, depth, state: 'pending' });
    this.byKey.set(entry.key, id);
    return id;
  }

  /** From the root down to `id`: the call in each instance that asked for the next one. */
  chain(id: InstanceId | null): ChainLink[] {
    const links: ChainLink[] = [];
    let current = id;
    while (current !== null) {
      const record: InstanceRecord = this.records.get(current);
      if (record.requester.parent !== null)
        links.push({ span: record.requester.span, text: `call expansion failed with ${describeArgs(record)}` });
      current = record.requester.parent;
    }
    return links.reverse();
  }
}

/** The way in and the last steps tell the story of an endless chain. */
export function shortenChain(links: readonly ChainLink[]): readonly ChainLink[] {
  const half = SHOWN_LINKS / 2;
  const left = links[half];
  if (links.length <= SHOWN_LINKS || left === undefined) return links;
  const hidden = { span: left.span, text: `… ${links.length - SHOWN_LINKS} more instantiations` };
  return [...links.slice(0, half), hidden, ...links.slice(-half)];
}

function describeArgs(record: InstanceRecord): string {
  const { displayName } = record.instance;
  const bracket = displayName.indexOf('[');
  return bracket < 0 ? `'${displayName}'` : `parameter value(s): ${displayName.slice(bracket)}`;
}

export function sameSignature(a: InstanceSignature, b: InstanceSignature): boolean {
  return (
    a.result === b.result &&
    a.raises === b.raises &&
    a.args.length === b.args.length &&
    a.args.every((arg, i) => arg.type === b.args[i]?.type && arg.convention === b.args[i]?.convention)
  );
}
