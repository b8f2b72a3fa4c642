/** Connects elaboration and the interpreter: the compile-time evaluator, and programs as a whole. */
import { InternalError } from '../../base/invariant.ts';
import type { InstanceId } from '../../mir/mir.ts';
import type { Elaborator, Evaluator } from '../elaborate.ts';
import { cannotEvaluate, TermFailure } from '../errors.ts';
import type { InterpreterHost } from './host.ts';
import { Interpreter } from './interpreter.ts';
import { type ForeignIo, WASM_RUNTIME, WASM_SYSTEM } from './foreign.ts';

function hostOf(elaborator: Elaborator): InterpreterHost {
  return {
    program: elaborator.program,
    store: elaborator.store,
    layouts: elaborator.layouts,
    text: elaborator.text,
    record: (id) => elaborator.instances.get(id),
    cFunction: (id) => {
      const { path } = elaborator.program.function(elaborator.instances.get(id).instance.fn).ref;
      const module = [WASM_RUNTIME, WASM_SYSTEM].find((prefix) => path.startsWith(prefix));
      return module === undefined ? null : path.slice(module.length);
    },
    bodyOf: (id) => elaborator.bodyOf(id),
    instanceOfFunction: (term) => elaborator.instanceOfFunction(term),
    globalType: (global) => elaborator.globalType(global),
    locate: (span) => elaborator.input.locate(span),
    output: (descriptor, bytes) => elaborator.input.output(descriptor, bytes),
  };
}

/** The interpreter starts with the first call: most programs need none. */
export function createEvaluator(elaborator: Elaborator): Evaluator {
  let interpreter: Interpreter | null = null;
  let ticks = 0;
  const started = (): Interpreter => {
    const { limits, output } = elaborator.input;
    const io: ForeignIo = {
      output,
      input: () => null,
      // A counter: the same source gives the same result at every compilation.
      now: () => ++ticks * 1000,
      mayExit: false,
    };
    interpreter ??= new Interpreter(hostOf(elaborator), limits, io, true);
    return interpreter;
  };
  return {
    evaluate: (instance, args, type) => started().evaluate(instance, args, type),
    fieldOf: (base, index) => {
      const field = started().fieldOf(base, index);
      if (field === null) {
        const what = `field ${index} of ${elaborator.text.describe(base)}`;
        throw new TermFailure((at) => cannotEvaluate({ ...at, what }));
      }
      return field;
    },
    elementsOf: (value) => started().elementsOf(value),
    textOf: (value) => started().textOf(value),
  };
}

export interface RunIo {
  output(descriptor: 1 | 2, bytes: Uint8Array): void;
  input(size: number): Uint8Array | null;
  /** Nanoseconds of a monotonic clock. */
  now(): number;
}

/** Runs an elaborated program in the interpreter; returns its exit status. The memory model itself checks the heap. */
export function runProgram(
  elaborator: Elaborator,
  entry: InstanceId | null,
  io: RunIo,
  heapIsChecked: boolean,
): number {
  if (entry === null) throw new InternalError('a program without an entry');
  // A program of its own has only the limits of the machine: the host's call stack ends deep recursion.
  const limits = { steps: Number.MAX_SAFE_INTEGER, memoryBytes: 2 ** 31 - 1, callDepth: 1_000_000 };
  return new Interpreter(hostOf(elaborator), limits, { ...io, mayExit: true }, false).run(entry, heapIsChecked);
}
