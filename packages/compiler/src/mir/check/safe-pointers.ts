/** Locals whose pointers come from safe names: from `Pointer(to=…)`, from a function of the program, or from one of those. A pointer of the
 *  library's `unsafe_…` methods promises nothing about what its owner does next.
 *  In: a built body.  Out: the locals. */
import type { Body, LocalId, Operand, Statement, Terminator } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';

export function safePointers(body: Body, types: TypeFacts): ReadonlySet<LocalId> {
  const found = new Set<LocalId>();
  const isFound = (operand: Operand): boolean =>
    operand.kind !== 'constant' && operand.place.root.kind === 'local' && found.has(operand.place.root.local);
  const visit = (node: Statement | Terminator): void => {
    if (node.kind === 'assign') {
      const { place, value } = node;
      const operands =
        value.kind === 'use'
          ? [value.operand]
          : value.kind === 'aggregate' || value.kind === 'variadic'
            ? value.operands
            : [];
      if (place.root.kind === 'local' && operands.some(isFound)) found.add(place.root.local);
    } else if ((node.kind === 'call' || node.kind === 'tryCall') && node.dest.root.kind === 'local') {
      if (node.callee.kind !== 'function') return;
      const passes = node.args.some(isFound);
      // What is put into a container is in it.
      if (passes)
        for (const operand of node.args)
          if (operand.kind === 'borrowMut' && operand.place.root.kind === 'local') found.add(operand.place.root.local);
      const { ref, args } = types.program.function(node.callee.fn);
      const isLibrary = ref.path.startsWith('std.');
      const isSafe = isLibrary ? ref.name === '__init__' && args[0]?.name === 'to' : !ref.name.startsWith('unsafe_');
      if (isSafe || (isLibrary && passes && !ref.name.startsWith('unsafe_'))) found.add(node.dest.root.local);
    }
  };
  // Values flow forward; what a loop brings back is found in another round.
  for (let size = -1; size < found.size; ) {
    size = found.size;
    for (const block of body.blocks.values()) {
      for (const statement of block.statements) visit(statement);
      visit(block.terminator);
    }
  }
  return found;
}
