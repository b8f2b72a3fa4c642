/** The C functions that the interpreter models: allocation, byte strings, output, the end of the program, clocks and the
 *  functions of the math library. Any other is an error of its own: compile-time code has no files and no network. */
import { InterpreterError, ProgramExit, UnsupportedForeign } from './interpreter-error.ts';
import type { Memory } from './memory.ts';
import { compareBytes } from './runtime.ts';
import { canonical, type Int } from './scalars.ts';

/** Where the library defines the C functions that wasm lacks. The interpreter models them by name on every target. */
export const WASM_RUNTIME = 'std.runtime.wasm.';
/** The same for files, the environment and waiting. */
export const WASM_SYSTEM = 'std.runtime.wasi.';

export interface ForeignIo {
  output(descriptor: 1 | 2, bytes: Uint8Array): void;
  /** Bytes of standard input, at most `size`; null: none. */
  input(size: number): Uint8Array | null;
  /** Nanoseconds; at compile time a counter. */
  now(): number;
  /** Whether `exit` ends the program; at compile time it is an error. */
  readonly mayExit: boolean;
}

type ForeignFunction = (args: readonly Int[], m: Memory, io: ForeignIo) => Int;

const unary =
  (fn: (x: number) => number): ForeignFunction =>
  ([x]) =>
    fn(Number(x));
const binary =
  (fn: (x: number, y: number) => number): ForeignFunction =>
  ([x, y]) =>
    fn(Number(x), Number(y));
const unaryFloat =
  (fn: (x: number) => number): ForeignFunction =>
  ([x]) =>
    Math.fround(fn(Number(x)));

const FUNCTIONS: Readonly<Record<string, ForeignFunction>> = {
  malloc: ([size], m) => m.allocate(Number(size), 16, 'heap'),
  calloc: ([count, size], m) => m.allocate(Number(count) * Number(size), 16, 'heap'),
  free: ([address], m) => {
    m.release(Number(address));
    return 0;
  },
  realloc: ([address, size], m) => {
    const wanted = Number(size);
    const made = m.allocate(wanted, 16, 'heap');
    const old = Number(address);
    if (old !== 0) {
      const had = m.sizeOf(old);
      if (had === null) throw new InterpreterError('realloc of an address that was not allocated');
      m.copy(made, old, Math.min(had, wanted));
      m.release(old);
    }
    return made;
  },
  aligned_alloc: ([align, size], m) => m.allocate(Number(size), Number(align), 'heap'),
  // Number of processors, all that the library asks for: one, so that it starts no threads.
  sysconf: () => 1,
  'kiln.processors': () => 1,
  // What the library tells the allocator and the system about large blocks: hints.
  mallopt: () => 1,
  madvise: () => 0,
  // Files are not mapped, and there is no region of pages beside the heap: the answer is "no".
  mmap: () => -1,
  posix_memalign: ([result, align, size], m) => {
    const made = m.allocate(Number(size), Number(align), 'heap');
    m.storeWord(m.at(Number(result), 8), made);
    return 0;
  },
  memcpy: copy,
  memmove: copy,
  memset: ([to, value, size], m) => {
    const n = Number(size);
    if (n > 0) {
      const at = m.at(Number(to), n);
      m.bytes.fill(Number(value) & 255, at, at + n);
      m.forget(at, n);
    }
    return to ?? 0;
  },
  memcmp: ([a, b, size], m) => compareBytes(m, Number(a), Number(b), Number(size)),
  memchr: ([from, value, size], m) => {
    const start = Number(from);
    const bytes = m.readBytes(start, Number(size));
    const index = bytes.indexOf(Number(value) & 255);
    return index < 0 ? 0 : start + index;
  },
  strlen: ([from], m) => {
    const at = m.at(Number(from), 1);
    const end = m.bytes.indexOf(0, at);
    return (end < 0 ? m.bytes.length : end) - at;
  },
  write: ([descriptor, from, size], m, io) => {
    const fd = Number(descriptor);
    if (fd !== 1 && fd !== 2) return -1;
    io.output(fd, m.readBytes(Number(from), Number(size)));
    return size ?? 0;
  },
  read: ([descriptor, to, size], m, io) => {
    if (Number(descriptor) !== 0) return -1;
    const bytes = io.input(Number(size));
    if (bytes === null) return 0;
    m.writeBytes(Number(to), bytes);
    return bytes.length;
  },
  exit: leave,
  _exit: leave,
  abort: (_, __, io) => {
    if (io.mayExit) throw new ProgramExit(134);
    throw new InterpreterError('the program called abort');
  },
  clock_gettime: ([, address], m, io) => {
    const nanoseconds = BigInt(Math.floor(io.now()));
    const at = m.at(Number(address), 16);
    m.storeWord(at, canonical(nanoseconds / 1_000_000_000n));
    m.storeWord(at + 8, canonical(nanoseconds % 1_000_000_000n));
    return 0;
  },
  strtod: ([from, end], m) => {
    const start = Number(from);
    const at = m.at(start, 1);
    const stop = m.bytes.indexOf(0, at);
    const text = new TextDecoder('latin1').decode(m.bytes.subarray(at, stop < 0 ? at : stop));
    const match = /^\s*[+-]?(?:inf(?:inity)?|nan|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)/i.exec(text);
    if (Number(end) !== 0) m.storeWord(m.at(Number(end), 8), start + (match?.[0].length ?? 0));
    const number = match?.[0].trim() ?? '0';
    const bare = number.toLowerCase().replace(/^[+-]/, '');
    const magnitude = bare.startsWith('inf') ? Number.POSITIVE_INFINITY : bare === 'nan' ? Number.NaN : Number(bare);
    return number.startsWith('-') ? -magnitude : magnitude;
  },
  sched_yield: () => 0,
  // There are no libraries to find anything in.
  dlsym: () => 0,
  getpid: () => 1,
  exp: unary(Math.exp),
  exp2: unary((x) => 2 ** x),
  expm1: unary(Math.expm1),
  log: unary(Math.log),
  log2: unary(Math.log2),
  log10: unary(Math.log10),
  log1p: unary(Math.log1p),
  sin: unary(Math.sin),
  cos: unary(Math.cos),
  tan: unary(Math.tan),
  asin: unary(Math.asin),
  acos: unary(Math.acos),
  atan: unary(Math.atan),
  sinh: unary(Math.sinh),
  cosh: unary(Math.cosh),
  tanh: unary(Math.tanh),
  asinh: unary(Math.asinh),
  acosh: unary(Math.acosh),
  atanh: unary(Math.atanh),
  cbrt: unary(Math.cbrt),
  sqrt: unary(Math.sqrt),
  floor: unary(Math.floor),
  ceil: unary(Math.ceil),
  fabs: unary(Math.abs),
  erf: unary(erf),
  erfc: unary((x) => 1 - erf(x)),
  pow: binary((x, y) => (x === 1 || y === 0 ? 1 : x === -1 && !Number.isFinite(y) && !Number.isNaN(y) ? 1 : x ** y)),
  fmod: binary((x, y) => x % y),
  atan2: binary(Math.atan2),
  hypot: binary(Math.hypot),
  expf: unaryFloat(Math.exp),
  logf: unaryFloat(Math.log),
  sinf: unaryFloat(Math.sin),
  cosf: unaryFloat(Math.cos),
  sqrtf: unaryFloat(Math.sqrt),
  asinf: unaryFloat(Math.asin),
  acosf: unaryFloat(Math.acos),
  atanf: unaryFloat(Math.atan),
  sinhf: unaryFloat(Math.sinh),
  coshf: unaryFloat(Math.cosh),
  asinhf: unaryFloat(Math.asinh),
  acoshf: unaryFloat(Math.acosh),
  atanhf: unaryFloat(Math.atanh),
  cbrtf: unaryFloat(Math.cbrt),
  expm1f: unaryFloat(Math.expm1),
  log1pf: unaryFloat(Math.log1p),
  powf: ([x, y]) => Math.fround(Number(x) ** Number(y)),
};

function copy([to, from, size]: readonly Int[], m: Memory): Int {
  m.copy(Number(to), Number(from), Number(size));
  return to ?? 0;
}

function leave([status]: readonly Int[], _: Memory, io: ForeignIo): Int {
  if (io.mayExit) throw new ProgramExit(Number(status) & 255);
  throw new InterpreterError(`the program called exit(${Number(status)})`);
}

/** Abramowitz and Stegun 7.1.5 (series) and the continued fraction of erfc for large arguments. */
function erf(x: number): number {
  if (Number.isNaN(x)) return x;
  const a = Math.abs(x);
  if (a > 6) return Math.sign(x);
  if (a < 3) {
    let term = a;
    let sum = a;
    for (let n = 1; n < 200 && Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= (-a * a) / n;
      sum += term / (2 * n + 1);
    }
    return (Math.sign(x) * 2 * sum) / Math.sqrt(Math.PI);
  }
  let fraction = 0;
  for (let n = 60; n > 0; n--) fraction = n / 2 / (a + fraction);
  return Math.sign(x) * (1 - Math.exp(-a * a) / ((a + fraction) * Math.sqrt(Math.PI)));
}

export function callForeign(symbol: string, args: readonly Int[], m: Memory, io: ForeignIo): Int {
  const fn = Object.hasOwn(FUNCTIONS, symbol) ? FUNCTIONS[symbol] : undefined;
  if (fn === undefined) throw new UnsupportedForeign(symbol);
  return fn(args, m, io);
}
