/** Exclusivity at calls: of two arguments of one call that reach the same memory, neither may be passed mutably.
 *  In: a built body.  Out: diagnostics, one for each call.
 *  Works on types and places only, call by call, so it holds for all instances. What a callee gets as a copy does not count;
 *  origins in the types of operands do. A symbolic origin overlaps only with itself. */
import type { Sink } from '../../diagnostics/sink.ts';
import type { OriginStep } from '../../terms/term.ts';
import type { Body, Callee, Statement, Terminator } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';
import { type Access, Accesses, type ArgumentAccess, isPrefix, overlaps, type Region, regionText } from './accesses.ts';
import * as errors from './errors.ts';

export function checkExclusivity(body: Body, types: TypeFacts, sink: Sink): void {
  const accesses = new Accesses(body, types);
  for (const block of body.blocks.values()) {
    for (const statement of block.statements) checkCall(statement, accesses, types, sink);
    checkCall(block.terminator, accesses, types, sink);
  }
}

function checkCall(node: Statement | Terminator, accesses: Accesses, types: TypeFacts, sink: Sink): void {
  if (node.kind !== 'call' && node.kind !== 'tryCall') return;
  if (node.args.length < 2 && !node.args.some((operand) => operand.kind !== 'constant')) return;
  if (isLibraryGetter(node.callee, types)) return;
  const args = holdsOnly(node.callee, types) ? direct(accesses.ofCall(node)) : accesses.ofCall(node);
  if (!args.some((arg) => arg.accesses.some(writes))) return;
  for (let i = 0; i < args.length; i++) {
    for (let j = i + 1; j < args.length; j++) {
      const first = args[i];
      const second = args[j];
      if (first === undefined || second === undefined) continue;
      const conflict = findConflict(first, second, (index) => types.formal(node.callee, index)?.convention === 'ref');
      if (conflict === null) continue;
      const [a, b] = conflict;
      sink.report(
        errors.aliasingArguments({
          first: { span: first.span, how: how(a), name: argumentName(node.callee, first.index, types) },
          second: { span: second.span, how: how(b), name: argumentName(node.callee, second.index, types) },
          callee: calleeName(node.callee, types),
          origin: regionText(b.region),
        }),
      );
      return;
    }
  }
}

/** `pointers.append(Pointer(to=x))`: the function keeps the pointer and looks at nothing behind it. */
function holdsOnly(callee: Callee, types: TypeFacts): boolean {
  return callee.kind === 'function' && types.program.function(callee.fn).attributes.holdsOnly;
}

function direct(args: readonly ArgumentAccess[]): readonly ArgumentAccess[] {
  return args.map((arg) => ({ ...arg, accesses: arg.accesses.filter((access) => !access.embedded) }));
}

/** `d[key]` for a key of `d`: a getter of the library takes a mutable `ref self` so that its result may be written, and changes
 *  nothing itself. */
function isLibraryGetter(callee: Callee, types: TypeFacts): boolean {
  if (callee.kind !== 'function') return false;
  const { ref } = types.program.function(callee.fn);
  return ref.name === '__getitem__' && ref.path.startsWith('std.');
}

function findConflict(
  first: ArgumentAccess,
  second: ArgumentAccess,
  isByRef: (index: number) => boolean,
): readonly [Access, Access] | null {
  // A callee counts on being alone with what it gets by `mut`; behind a view or a `ref` argument it does not.
  const mayShare = (arg: ArgumentAccess, access: Access): boolean => access.embedded || isByRef(arg.index);
  for (const a of first.accesses) {
    for (const b of second.accesses) {
      if (!writes(a) && !writes(b)) continue;
      if (mayShare(first, a) && isElementOf(a, b)) continue;
      if (mayShare(second, b) && isElementOf(b, a)) continue;
      if (overlaps(elementwise(a.region), elementwise(b.region))) return [a, b];
    }
  }
  return null;
}

/** `show(list, list[1:3])`: elements may be written while what contains them is read, as long as they are plain values. */
function isElementOf(element: Access, whole: Access): boolean {
  if (writes(whole) || !isPrefix(whole.region, element.region)) return false;
  const below = element.region.path.slice(whole.region.path.length);
  if (element.plain) return below.some((step) => step.kind === 'interior');
  return whole.plainElements && below[0]?.kind === 'interior';
}

/** The elements of a tuple count as one place here, as those of any container do. */
function elementwise(region: Region): Region {
  if (!region.path.some(isElement)) return region;
  return { ...region, path: region.path.map((step) => (isElement(step) ? ELEMENT : step)) };
}

/** Fields of structs have names. */
function isElement(step: OriginStep): boolean {
  return step.kind === 'field' && /^\d+$/.test(step.name);
}

const ELEMENT: OriginStep = { kind: 'interior', name: 'element' };

function writes(access: Access): boolean {
  return access.mutable || access.throughUnion;
}

function how(access: Access): string {
  return writes(access) ? 'mutably' : 'immutably';
}

function calleeName(callee: Callee, types: TypeFacts): string {
  switch (callee.kind) {
    case 'function':
      return types.program.function(callee.fn).ref.name;
    case 'requirement':
      return callee.member.name;
    default:
      return '';
  }
}

function argumentName(callee: Callee, index: number, types: TypeFacts): string {
  const formal = types.formal(callee, index);
  if (formal !== null) return formal.name;
  // Through a function type: the callable itself comes first, where there is one; arguments need not have names.
  const at = callee.kind === 'callable' ? index - 1 : index;
  const shape = callee.kind === 'callable' ? callee.signature : callee.kind === 'pointer' ? callee.type : null;
  const name = shape?.kind === 'functionType' ? (shape.args[at]?.name ?? '') : '';
  return name === '' && at >= 0 ? String(at + 1) : name;
}
