/** Where in a container the memory lies that an iterator or a view hands out. Its origin is the container's own: `for ref e in xs` binds `e` to a
 *  `ref[xs] T`, and `e.name` has the origin `xs.name`, which is no place in a list.
 *  In: a region, the type of the value that its root is, and the type of what lies there, if known.
 *  Out: the region with the steps into the containers on its way, so that `xs[0].name` and `e.name` are seen to be the same; where
 *  types do not say which part of a container it is, the region ends with the container.
 *  Elements of arrays have the array's own origin everywhere. Only for functions of the user: the library walks its containers by their
 *  fields. */
import { present } from '../../base/invariant.ts';
import type { OriginStep, Term } from '../../terms/term.ts';
import type { TypeFacts } from '../type-facts.ts';
import type { Region } from './accesses.ts';

/** A step into a container, and the type of what lies there. */
interface Inside {
  readonly step: OriginStep;
  /** Null where it is not known. */
  readonly type: Term | null;
}

export interface WayTypes {
  readonly types: TypeFacts;
  /** Type of what lies behind one step; null where it is not known. */
  typeBelow(whole: Term, path: readonly OriginStep[]): Term | null;
}

export function preciseRegion(cx: WayTypes, region: Region, whole: Term | null, pointee: Term | null): Region {
  const path: OriginStep[] = [];
  let rest = region.path;
  let type = whole;
  while (type !== null) {
    const [step] = rest;
    const entry = step === undefined ? null : entryPart(cx, type, step);
    // What these hold has their own origin, up to here: whoever tells shared values apart goes on from here.
    if (isPayloadOwner(type)) break;
    if (entry !== null || (step !== undefined && isPartOf(cx, type, step))) {
      const own = entry ?? { step: present(step, 'step'), type: cx.typeBelow(type, rest.slice(0, 1)) };
      path.push(own.step);
      type = own.type;
      rest = rest.slice(1);
      continue;
    }
    if (step === undefined && (pointee === null || type === pointee)) break;
    const element = elementInPlace(cx, type);
    if (element !== null) {
      type = element;
      continue;
    }
    // What is meant lies further inside.
    const inside = insideOf(cx, type, (part) => (step === undefined ? part === pointee : isPartOf(cx, part, step)));
    if (inside === null) return { ...region, path };
    path.push(inside.step);
    type = inside.type;
  }
  return { ...region, path: [...path, ...rest] };
}

/** `e.key` and `e.value` of `for e in d.items()`: parts of the dictionary. */
function entryPart({ types }: WayTypes, type: Term, step: OriginStep): Inside | null {
  if (types.builtinOf(type) !== 'dict' || type.kind !== 'struct' || step.kind !== 'field') return null;
  const [key, value] = type.args;
  if (step.name === 'key' && key !== undefined) return { step: KEY, type: key };
  return step.name === 'value' && value !== undefined ? { step: VALUE, type: value } : null;
}

/** Whether a step leads from a value of this type; true where nothing is known of the type. */
function isPartOf({ types }: WayTypes, type: Term, step: OriginStep): boolean {
  const struct = types.structOf(type);
  if (struct === null || isPayloadOwner(type)) return true;
  const role = types.builtinOf(type);
  if (role === 'array' || role === 'raw-array') return step.name === '[]';
  if (step.kind === 'interior') return ownedName(types, type)?.includes(step.name) ?? true;
  if (role === 'tuple') return /^\d+$/.test(step.name);
  return ownedName(types, type) === null && struct.fields[step.index]?.name === step.name;
}

function isPayloadOwner(type: Term): boolean {
  return type.kind === 'struct' && (type.decl.path.endsWith('.ArcPointer') || type.decl.path.endsWith('.Optional'));
}

/** Of an array, whose elements have its own origin. */
function elementInPlace({ types }: WayTypes, type: Term): Term | null {
  const role = types.builtinOf(type);
  if (type.kind !== 'struct' || (role !== 'array' && role !== 'raw-array')) return null;
  return type.args.find((arg) => arg.kind === 'struct' || arg.kind === 'param') ?? null;
}

/** One step towards what is meant, through containers of containers. */
function insideOf(cx: WayTypes, type: Term, isMeant: (part: Term) => boolean): Inside | null {
  const names = ownedName(cx.types, type);
  if (names === null || type.kind !== 'struct') return null;
  const [first, second] = type.args;
  if (first === undefined || first.kind === 'list') return null;
  if (cx.types.builtinOf(type) === 'dict') {
    const isKey = leadsTo(cx, first, isMeant);
    const isValue = second !== undefined && leadsTo(cx, second, isMeant);
    if (isKey === isValue) return null;
    return isKey ? { step: KEY, type: first } : { step: VALUE, type: second ?? first };
  }
  if (!leadsTo(cx, first, isMeant)) return null;
  const [name = ''] = names;
  return { step: { kind: 'interior', name }, type: first };
}

function leadsTo(cx: WayTypes, type: Term, isMeant: (part: Term) => boolean): boolean {
  if (isMeant(type)) return true;
  const element = elementInPlace(cx, type);
  return element === null ? insideOf(cx, type, isMeant) !== null : leadsTo(cx, element, isMeant);
}

/** Names of the memory that a value of the library owns; null: it owns none, or that is not known. */
function ownedName(types: TypeFacts, type: Term): readonly string[] | null {
  if (type.kind !== 'struct') return null;
  const role = types.builtinOf(type);
  if (role === 'list' || role === 'set') return ['element'];
  if (role === 'dict') return ['value', 'key', 'element'];
  return type.decl.path.startsWith('std.') ? (OWNED[type.decl.name] ?? null) : null;
}

const OWNED: Readonly<Record<string, readonly string[]>> = {
  Deque: ['element'],
  LinkedList: ['element'],
  OwnedPointer: ['value'],
};

const KEY: OriginStep = { kind: 'interior', name: 'key' };
const VALUE: OriginStep = { kind: 'interior', name: 'value' };
