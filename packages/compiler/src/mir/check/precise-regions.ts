/** Where in a container the memory lies that an iterator or a view hands out. Its origin is the container's own: `for ref e in xs` binds `e` to a
 *  `ref[xs] T`, and `e.name` has the origin `xs.name`, which is no place in a list.
 *  In: a region, the type of the value that its root is, and the type of what lies there, if known.
 *  Out: the region with the steps into the containers on its way, so that `xs[0].name` and `e.name` are seen to be the same; where
 *  types do not say which part of a container it is, the region ends with the container.
 *  Elements of arrays have the array's own origin everywhere. Only for functions of the user: the library walks its containers by their
 *  fields. */
import type { OriginStep, Term } from '../../terms/term.ts';
import type { TypeFacts } from '../type-facts.ts';
import type { Region } from './accesses.ts';

/** A step into a container, and the type of what lies there. */
interface Inside {
  readonly step: OriginStep;
  readonly type: Term;
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
    if (step === undefined) {
      const inside = pointee === null || type === pointee ? null : elementOf(cx, type, (element) => element === pointee);
      if (inside === null) break;
      path.push(inside.step);
      type = inside.type;
    } else if (step.kind === 'field' && isContainer(cx, type)) {
      const entry = entryPart(cx, type, step);
      const inside = entry ?? elementOf(cx, type, (element) => hasField(cx, element, step));
      if (inside === null) return { ...region, path };
      path.push(inside.step);
      type = inside.type;
      if (entry !== null) rest = rest.slice(1);
    } else {
      path.push(step);
      type = cx.typeBelow(type, [step]);
      rest = rest.slice(1);
    }
  }
  return { ...region, path: [...path, ...rest] };
}

/** `e.key` and `e.value` of `for e in d.items()`: parts of the dictionary. */
function entryPart({ types }: WayTypes, type: Term, step: OriginStep): Inside | null {
  if (types.builtinOf(type) !== 'dict' || type.kind !== 'struct') return null;
  const [key, value] = type.args;
  if (step.name === 'key' && key !== undefined) return { step: KEY, type: key };
  return step.name === 'value' && value !== undefined ? { step: VALUE, type: value } : null;
}

/** Down to the element that is meant, through containers of containers. */
function elementOf(cx: WayTypes, type: Term, isMeant: (element: Term) => boolean): Inside | null {
  if (type.kind !== 'struct' || !isContainer(cx, type)) return null;
  const role = cx.types.builtinOf(type);
  const [first, second] = type.args;
  if (first === undefined) return null;
  if (role === 'dict') {
    const isKey = isMeant(first);
    const isValue = second !== undefined && isMeant(second);
    if (isKey === isValue) return null;
    return isKey ? { step: KEY, type: first } : { step: VALUE, type: second ?? first };
  }
  const inside = { step: ELEMENT, type: first };
  return isMeant(first) || elementOf(cx, first, isMeant) !== null ? inside : null;
}

function isContainer({ types }: WayTypes, type: Term): boolean {
  if (type.kind !== 'struct') return false;
  const role = types.builtinOf(type);
  if (role === 'list' || role === 'dict' || role === 'set') return true;
  return type.decl.path.startsWith('std.collections.') && (type.decl.name === 'Deque' || type.decl.name === 'LinkedList');
}

function hasField({ types }: WayTypes, type: Term, step: OriginStep): boolean {
  if (step.kind !== 'field') return false;
  if (types.builtinOf(type) === 'tuple') return /^\d+$/.test(step.name);
  return types.structOf(type)?.fields[step.index]?.name === step.name;
}

const ELEMENT: OriginStep = { kind: 'interior', name: 'element' };
const KEY: OriginStep = { kind: 'interior', name: 'key' };
const VALUE: OriginStep = { kind: 'interior', name: 'value' };
