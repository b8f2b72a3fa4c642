/** Calls off the main thread: `f.async(…)`. A worker opens the same module and runs the same generated code.
 *  In: how to open the module, and the generated function `bind` as text.  Out: functions that return promises.
 *  Arguments are copied to the worker, and arrays that the function writes to are copied back; arrays on shared memory are not copied. */
import { KilnArray, ownArray, type TypedArray } from './arrays.ts';
import { KilnError } from './errors.ts';
import { type MessageWorker, whenReady, workerCode, workerFactory } from './workers.ts';

/** How a worker gets at the module: the compiled module, or the path of a shared library. */
export interface RemoteSource {
  readonly module: unknown;
  /** `function bind($rt, $e) { … }`. */
  readonly bind: string;
  /** Where the runtime can be imported from in a worker. */
  readonly runtime: () => Promise<string>;
}

export interface CallMessage {
  readonly id: number;
  readonly fn: string;
  readonly args: readonly unknown[];
}

export interface AnswerMessage {
  readonly id: number;
  readonly ok: boolean;
  readonly value: unknown;
  /** The arguments after the call: arrays may have changed. */
  readonly args: readonly unknown[];
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly args: readonly unknown[];
}

export class Remote {
  private readonly source: RemoteSource;
  private worker: Promise<MessageWorker> | null = null;
  private readonly pending = new Map<number, Pending>();
  private nextId = 0;

  constructor(source: RemoteSource) {
    this.source = source;
  }

  async call(fn: string, args: readonly unknown[]): Promise<unknown> {
    const sent = args.map((arg) => withParts(arg, (part) => (part instanceof KilnArray ? part.array : part)));
    this.worker ??= this.start();
    const worker = await this.worker;
    return new Promise((resolve, reject) => {
      const id = this.nextId++;
      this.pending.set(id, { resolve, reject, args: sent });
      worker.setIdle(false);
      try {
        worker.postMessage({ id, fn, args: sent } satisfies CallMessage);
      } catch (error) {
        this.pending.delete(id);
        // Nothing is under way: the worker does not keep the process alive.
        if (this.pending.size === 0) worker.setIdle(true);
        reject(new TypeError(`${fn}.async: an argument cannot go to another thread: ${(error as Error).message}`));
      }
    });
  }

  private async start(): Promise<MessageWorker> {
    const runtime = await this.source.runtime();
    const worker = (await workerFactory())(workerCode(runtime, 'serve'));
    await whenReady(
      worker,
      (message) => this.answered(worker, message as AnswerMessage),
      (error) => {
        for (const call of this.pending.values()) call.reject(error);
        this.pending.clear();
        this.worker = null;
      },
    );
    worker.postMessage({ module: this.source.module, bind: this.source.bind, runtime });
    return worker;
  }

  private answered(worker: MessageWorker, answer: AnswerMessage): void {
    const call = this.pending.get(answer.id);
    if (call === undefined) return;
    this.pending.delete(answer.id);
    if (this.pending.size === 0) worker.setIdle(true);
    for (const [i, arg] of call.args.entries()) copyBack(answer.args[i], arg);
    if (answer.ok) call.resolve(receive(answer.value));
    else call.reject(receiveError(answer.value));
  }
}

function copyBack(from: unknown, to: unknown): void {
  if (!ArrayBuffer.isView(from) || !ArrayBuffer.isView(to) || !('set' in to)) return;
  if (to.buffer instanceof ArrayBuffer) (to as Uint8Array).set(from as Uint8Array);
}

/** Arrays that a function returns come as copies, which JavaScript owns. */
function receive(value: unknown): unknown {
  return withParts(value, (part) => (ArrayBuffer.isView(part) ? ownArray(part as TypedArray) : part));
}

/** A value with its parts changed: those of arrays (tuples, lists) and of plain objects (records). */
export function withParts(value: unknown, change: (part: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((part) => withParts(part, change));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return change(value);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withParts(part, change)]));
}

interface SentError {
  readonly kind: 'kiln' | 'type' | 'range' | 'other';
  readonly message: string;
  readonly fn: string;
  readonly isTrap: boolean;
  readonly mojoStack: string;
}

export function sendError(error: unknown): SentError {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof KilnError) {
    const { function: fn, isTrap, mojoStack } = error;
    return { kind: 'kiln', message, fn, isTrap, mojoStack };
  }
  const kind = error instanceof TypeError ? 'type' : error instanceof RangeError ? 'range' : 'other';
  return { kind, message, fn: '', isTrap: false, mojoStack: '' };
}

function receiveError(value: unknown): Error {
  const { kind, message, fn, isTrap, mojoStack } = value as SentError;
  switch (kind) {
    case 'kiln':
      return new KilnError(message, fn, isTrap, mojoStack);
    case 'type':
      return new TypeError(message);
    case 'range':
      return new RangeError(message);
    default:
      return new Error(message);
  }
}
