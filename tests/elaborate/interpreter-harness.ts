/** Runs hand-made concrete programs (tests/llvm/program-builder.ts) in the interpreter. */
import { present } from '@kiln/compiler/base/invariant.ts';
import { Interpreter } from '@kiln/compiler/elaborate/interpreter/interpreter.ts';
import type { InterpreterHost } from '@kiln/compiler/elaborate/interpreter/host.ts';
import type { InstanceRecord } from '@kiln/compiler/elaborate/instances.ts';
import { TermText } from '@kiln/compiler/elaborate/term-text.ts';
import type { InstanceId } from '@kiln/compiler/mir/mir.ts';
import type { Program } from '@kiln/compiler/sema/hir.ts';
import type { ProgramBuilder } from '../llvm/program-builder.ts';

export interface Run {
  readonly interpreter: Interpreter;
  readonly written: () => string;
}

export function interpreterFor(builder: ProgramBuilder): Run {
  const layouts = builder.lib.layouts();
  const out: string[] = [];
  const records = new Map<number, InstanceRecord>();
  const record = (id: InstanceId): InstanceRecord => {
    const known = records.get(id);
    if (known !== undefined) return known;
    const instance = builder.instances.get(id);
    let term = builder.lib.store.function({ id: id as never, name: instance.symbol, path: instance.symbol }, []);
    for (const [value, target] of builder.functionValues) if (target === id) term = value;
    const made: InstanceRecord = {
      instance,
      term,
      // The concrete types of hand-made programs are the declared ones.
      byValue: instance.signature.args.map((arg) => layouts.passesByValue(arg.convention, arg.type)),
      requester: { parent: null, span: instance.span },
      depth: 0,
      hash: instance.symbol,
      lower: () => present(instance.body, 'body'),
      state: 'done',
    };
    records.set(id, made);
    return made;
  };
  const host: InterpreterHost = {
    program: {} as Program,
    cFunction: () => null,
    store: builder.lib.store,
    layouts,
    text: new TermText(),
    record,
    bodyOf: (id) => builder.instances.get(id),
    instanceOfFunction: (term) => present(builder.functionValues.get(term), 'function value'),
    globalType: () => builder.lib.int,
    locate: (span) => ({ path: 'test.mojo', line: span.start, column: 1 }),
    output: () => {},
  };
  const io = {
    output: (_: 1 | 2, bytes: Uint8Array) => out.push(new TextDecoder().decode(bytes)),
    input: () => null,
    now: () => 0,
    mayExit: true,
  };
  const limits = { steps: 1e9, memoryBytes: 1 << 28, callDepth: 3000 };
  return { interpreter: new Interpreter(host, limits, io, false), written: () => out.join('') };
}
