/** Collects what the roots reach, lowering bodies on the way, and numbers it in a deterministic order.
 *  Invariant: instances that only compile-time code needed are not in the result. */
import { Table } from '../base/ids.ts';
import { present } from '../base/invariant.ts';
import { calleeOperand, forEachOperand } from '../mir/cfg.ts';
import type {
  Body,
  Callee,
  ConcreteProgram,
  Instance,
  InstanceId,
  Operand,
  Statement,
  Terminator,
} from '../mir/mir.ts';
import type { Term } from '../terms/term.ts';
import type { Elaborator } from './elaborate.ts';
import { ElaborationFailure } from './errors.ts';

/** Null after an error. */
export function finishProgram(
  elaborator: Elaborator,
  roots: readonly InstanceId[],
  entry: InstanceId | null,
  allocator: InstanceId | null,
): ConcreteProgram | null {
  const reached = new Set<number>();
  const order: InstanceId[] = [];
  const functions = new Map<Term, InstanceId>();
  const reach = (id: InstanceId): void => {
    if (reached.has(id)) return;
    reached.add(id);
    order.push(id);
  };
  for (const root of roots) reach(root);
  for (let next = 0; next < order.length && !elaborator.tooManyErrors; next++) {
    const id = present(order[next], 'instance');
    try {
      const { body } = elaborator.bodyOf(id);
      forEachReference(present(body, 'body'), reach, (term) => {
        const target = elaborator.instanceOfFunction(term);
        functions.set(term, target);
        reach(target);
      });
    } catch (error) {
      if (!(error instanceof ElaborationFailure)) throw error;
    }
  }
  if (!elaborator.failed) elaborator.reportPostponed();
  if (elaborator.failed || elaborator.tooManyErrors) return null;
  const records = order.map((id) => elaborator.instances.get(id));
  records.sort((a, b) => {
    const x = a.instance.span;
    const y = b.instance.span;
    return x.file - y.file || x.start - y.start || (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0);
  });
  const numbers: InstanceId[] = [];
  const instances = new Table<InstanceId, Instance>();
  records.forEach((record, index) => {
    numbers[record.instance.id] = index as InstanceId;
  });
  const renumber = (id: InstanceId): InstanceId => present(numbers[id], 'kept instance');
  const symbols = new Set<string>();
  for (const record of records) {
    const { instance } = record;
    let { symbol } = instance;
    while (symbols.has(symbol)) symbol += '_';
    symbols.add(symbol);
    instances.add({
      ...instance,
      id: renumber(instance.id),
      symbol,
      body: renumberBody(present(instance.body, 'body'), renumber),
    });
  }
  const functionValues = new Map<Term, InstanceId>();
  for (const [term, id] of functions) functionValues.set(term, renumber(id));
  return {
    instances,
    entry: entry === null ? null : renumber(entry),
    globals: elaborator.program
      .globals()
      .map((global) => ({ id: global.id, name: global.path, type: elaborator.globalType(global.id) })),
    functionValues,
    allocator: allocator === null ? null : renumber(allocator),
  };
}

/** Callees of a body, and the functions in its constants. */
export function forEachReference(
  body: Body,
  onInstance: (id: InstanceId) => void,
  onFunction: (term: Term) => void,
): void {
  const operand = (value: Operand): void => {
    if (value.kind === 'constant') functionsIn(value.term, onFunction);
  };
  const visit = (node: Statement | Terminator): void => {
    forEachOperand(node, operand);
    if (node.kind === 'assign' && node.value.kind === 'materialize') functionsIn(node.value.term, onFunction);
    if (node.kind !== 'call' && node.kind !== 'tryCall') return;
    if (node.callee.kind === 'instance') onInstance(node.callee.instance);
    const value = calleeOperand(node.callee);
    if (value !== null) operand(value);
  };
  for (const block of body.blocks.values()) {
    for (const statement of block.statements) visit(statement);
    visit(block.terminator);
  }
}

function functionsIn(term: Term, onFunction: (term: Term) => void): void {
  switch (term.kind) {
    case 'function':
      onFunction(term);
      return;
    case 'structValue':
      for (const field of term.fields) functionsIn(field, onFunction);
      return;
    case 'list':
      for (const element of term.elements) functionsIn(element, onFunction);
      return;
    case 'memoryValue':
      for (const allocation of term.image.allocations)
        for (const relocation of allocation.relocations)
          if (relocation.target.kind === 'function') onFunction(relocation.target.func);
      return;
    default:
      return;
  }
}

/** A copy with the final numbers: the session's bodies stay valid for the interpreter. */
function renumberBody(body: Body, renumber: (id: InstanceId) => InstanceId): Body {
  const callee = (value: Callee): Callee =>
    value.kind === 'instance' ? { kind: 'instance', instance: renumber(value.instance) } : value;
  const blocks: Body['blocks'] = new Table();
  for (const block of body.blocks.values()) {
    const { terminator } = block;
    blocks.add({
      statements: block.statements.map((statement) =>
        statement.kind === 'call' ? { ...statement, callee: callee(statement.callee) } : statement,
      ),
      terminator: terminator.kind === 'tryCall' ? { ...terminator, callee: callee(terminator.callee) } : terminator,
      region: block.region,
    });
  }
  return { ...body, blocks };
}
