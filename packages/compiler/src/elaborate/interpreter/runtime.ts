/** The helper functions that generated code calls: typed memory access, wide integers, floats, vectors.
 *  In: a memory.  Out: one flat record; a generated function binds the entries that it uses. */
import { present } from '../../base/invariant.ts';
import { allDTypes, type DTypeInfo } from '../../terms/dtypes.ts';
import { BASE, badAccess, type Memory } from './memory.ts';
import { typeKey } from './scalar-code.ts';
import {
  canonical,
  copySign,
  floatMod,
  type Int,
  makeFloatOps,
  makeIntegerOps,
  roundEven,
  smallFloatBits,
  smallFloatValue,
} from './scalars.ts';

export type Value = Int | readonly Int[];
export type Helper = (...args: never[]) => unknown;
export type Helpers = Record<string, Helper>;

const LOWEST = 1 << 16;

/** Load and store of each element type, by key. */
export interface Access {
  readonly load: (address: Int) => Int;
  readonly store: (address: Int, value: Int) => void;
  readonly size: number;
}

export function makeAccess(m: Memory): Record<string, Access> {
  const at = (address: Int): number => {
    const offset = (address as number) - BASE;
    if (offset >= LOWEST) return offset;
    throw badAccess(address);
  };
  // Where something of `size` bytes, less than an address takes, is written.
  const part = (address: Int, size: number): number => {
    const offset = at(address);
    if (m.tags[offset >>> 3] === 1) m.endAddress(offset);
    if (m.tags[(offset + size - 1) >>> 3] === 1) m.endAddress(offset + size - 1);
    return offset;
  };
  const table: Record<string, Access> = {
    b: {
      size: 1,
      load: (p) => (m.view.getUint8(at(p)) === 0 ? 0 : 1),
      store: (p, x) => m.view.setUint8(part(p, 1), x as number),
    },
    i8: { size: 1, load: (p) => m.view.getInt8(at(p)), store: (p, x) => m.view.setInt8(part(p, 1), x as number) },
    u8: { size: 1, load: (p) => m.view.getUint8(at(p)), store: (p, x) => m.view.setUint8(part(p, 1), x as number) },
    i16: {
      size: 2,
      load: (p) => m.view.getInt16(at(p), true),
      store: (p, x) => m.view.setInt16(part(p, 2), x as number, true),
    },
    u16: {
      size: 2,
      load: (p) => m.view.getUint16(at(p), true),
      store: (p, x) => m.view.setUint16(part(p, 2), x as number, true),
    },
    i32: {
      size: 4,
      load: (p) => m.view.getInt32(at(p), true),
      store: (p, x) => m.view.setInt32(part(p, 4), x as number, true),
    },
    u32: {
      size: 4,
      load: (p) => m.view.getUint32(at(p), true),
      store: (p, x) => m.view.setUint32(part(p, 4), x as number, true),
    },
    i64: {
      size: 8,
      load: (p) => {
        const o = at(p);
        const high = m.view.getInt32(o + 4, true);
        if (high >= -0x1fffff && high < 0x200000) return high * 4294967296 + m.view.getUint32(o, true);
        return canonical(m.view.getBigInt64(o, true));
      },
      store: (p, x) => m.storeWord(at(p), x),
    },
    u64: {
      size: 8,
      load: (p) => {
        const o = at(p);
        const high = m.view.getUint32(o + 4, true);
        if (high < 0x200000) return high * 4294967296 + m.view.getUint32(o, true);
        return canonical(m.view.getBigUint64(o, true));
      },
      store: (p, x) => m.storeWord(at(p), x),
    },
    f32: {
      size: 4,
      load: (p) => m.view.getFloat32(at(p), true),
      store: (p, x) => m.view.setFloat32(part(p, 4), x as number, true),
    },
    f64: {
      size: 8,
      load: (p) => m.view.getFloat64(at(p), true),
      store: (p, x) => {
        const o = at(p);
        m.view.setFloat64(o, x as number, true);
        if ((o & 7) === 0) m.tags[o >>> 3] = 0;
        else m.forget(o, 8);
      },
    },
  };
  for (const bits of [128, 256])
    for (const signed of [true, false])
      table[`${signed ? 'i' : 'u'}${bits}`] = {
        size: bits / 8,
        load: (p) => {
          const o = at(p);
          let value = 0n;
          for (let i = bits - 64; i >= 0; i -= 64) value = (value << 64n) | m.view.getBigUint64(o + i / 8, true);
          return canonical(signed ? BigInt.asIntN(bits, value) : value);
        },
        store: (p, x) => {
          const o = at(p);
          let value = BigInt.asUintN(bits, BigInt(x));
          for (let i = 0; i < bits; i += 64) {
            m.view.setBigUint64(o + i / 8, BigInt.asUintN(64, value), true);
            value >>= 64n;
          }
          m.forget(o, bits / 8);
        },
      };
  for (const name of ['float16', 'bfloat16'])
    table[name] = {
      size: 2,
      load: (p) => smallFloatValue(m.view.getUint16(at(p), true), name),
      store: (p, x) => m.view.setUint16(part(p, 2), smallFloatBits(x as number, name), true),
    };
  for (const name of ['float8_e4m3fn', 'float8_e5m2'])
    table[name] = {
      size: 1,
      load: (p) => smallFloatValue(m.view.getUint8(at(p)), name),
      store: (p, x) => m.view.setUint8(part(p, 1), smallFloatBits(x as number, name)),
    };
  return table;
}

export function makeHelpers(m: Memory, access: Record<string, Access>): Helpers {
  const h: Helpers = {};
  const put = <A extends never[]>(name: string, fn: (...args: A) => unknown): void => {
    h[name] = fn as unknown as Helper;
  };
  for (const [key, entry] of Object.entries(access)) {
    put(`ld_${key}`, entry.load);
    put(`st_${key}`, entry.store);
    put(`lv_${key}`, (p: number, n: number) => {
      const out: Int[] = [];
      for (let i = 0; i < n; i++) out.push(entry.load(p + i * entry.size));
      return out;
    });
    put(`sv_${key}`, (p: number, x: readonly Int[]) => {
      for (let i = 0; i < x.length; i++) entry.store(p + i * entry.size, x[i] ?? 0);
    });
  }
  for (const info of allDTypes()) {
    const key = typeKey(info);
    if (info.kind === 'float') {
      const ops = makeFloatOps(info.name);
      put(`round_${info.name}`, ops.round);
      put(`fma_${key}`, ops.fma);
      put(`fromInt_${key}`, ops.fromInt);
    } else if (info.kind === 'signed' || info.kind === 'unsigned') {
      const ops = makeIntegerOps(info.bits, info.kind === 'signed');
      for (const [name, fn] of Object.entries(ops)) put(`${name}_${key}`, fn as (...args: never[]) => unknown);
    }
  }
  put('fround', Math.fround);
  put('floatMod', floatMod);
  put('roundEven', roundEven);
  put('copySign', copySign);
  put('low32', (x: Int) => (typeof x === 'number' ? x | 0 : Number(BigInt.asIntN(32, x))));
  put('cp', (to: number, from: number, size: number) => m.copy(to, from, size));
  put('off', (p: Int, n: Int, stride: number) => {
    if (typeof p === 'number' && typeof n === 'number') {
      const r = p + n * stride;
      if (r >= 0 && r <= Number.MAX_SAFE_INTEGER) return r;
    }
    return canonical(BigInt.asUintN(64, BigInt(p) + BigInt(n) * BigInt(stride)));
  });
  addVectorHelpers(put, m, access);
  addMemoryHelpers(put, m);
  return h;
}

type Put = <A extends never[]>(name: string, fn: (...args: A) => unknown) => void;

function addVectorHelpers(put: Put, m: Memory, access: Record<string, Access>): void {
  put('v1', (f: (a: Int) => Int, a: readonly Int[]) => {
    const out: Int[] = [];
    for (let i = 0; i < a.length; i++) out.push(f(a[i] ?? 0));
    return out;
  });
  put('v2', (f: (a: Int, b: Int) => Int, a: readonly Int[], b: readonly Int[]) => {
    const out: Int[] = [];
    for (let i = 0; i < a.length; i++) out.push(f(a[i] ?? 0, b[i] ?? 0));
    return out;
  });
  put('v3', (f: (a: Int, b: Int, c: Int) => Int, a: readonly Int[], b: readonly Int[], c: readonly Int[]) => {
    const out: Int[] = [];
    for (let i = 0; i < a.length; i++) out.push(f(a[i] ?? 0, b[i] ?? 0, c[i] ?? 0));
    return out;
  });
  put('splat', (x: Int, n: number) => new Array<Int>(n).fill(x));
  put('iota', (n: number, convert: (x: Int) => Int) => Array.from({ length: n }, (_, i) => convert(i)));
  put('lane', (a: readonly Int[], i: Int) => a[laneIndex(i, a.length)]);
  put('withLane', (a: readonly Int[], i: Int, x: Int) => {
    const out = a.slice();
    out[laneIndex(i, a.length)] = x;
    return out;
  });
  put('pick', (a: readonly Int[], b: readonly Int[], mask: readonly number[]) =>
    mask.map((i) => (i < a.length ? (a[i] ?? 0) : (b[i - a.length] ?? 0))),
  );
  put('reduce', (f: (a: Int, b: Int) => Int, a: readonly Int[], width: number) => {
    let current = a;
    while (current.length > width) {
      const half = current.length >> 1;
      const next: Int[] = [];
      for (let i = 0; i < half; i++) next.push(f(current[i] ?? 0, current[i + half] ?? 0));
      current = next;
    }
    return current;
  });
  put('every', (a: readonly Int[]) => (a.every((x) => x !== 0) ? 1 : 0));
  put('some', (a: readonly Int[]) => (a.some((x) => x !== 0) ? 1 : 0));
  put('bitcast', (x: Value, from: string, to: string, lanes: number) => {
    const source = present(access[from], 'access');
    const target = present(access[to], 'access');
    const values = Array.isArray(x) ? (x as readonly Int[]) : [x as Int];
    const scratch = m.sp + 256;
    const saved = m.readBytes(scratch, values.length * source.size);
    for (const [i, value] of values.entries()) source.store(scratch + i * source.size, value);
    const out: Int[] = [];
    for (let i = 0; i < lanes; i++) out.push(target.load(scratch + i * target.size));
    m.writeBytes(scratch, saved);
    return lanes === 1 ? (out[0] ?? 0) : out;
  });
  // Masks are vectors of booleans: as an integer they are a bit for each lane.
  const maskBits = (x: readonly Int[]): Int => {
    let bits = 0n;
    x.forEach((lane, i) => {
      if (lane !== 0) bits |= 1n << BigInt(i);
    });
    return canonical(bits);
  };
  put('maskBits', maskBits);
  put('maskLanes', (x: readonly Int[], width: number, convert: (bits: Int) => Int) =>
    Array.from({ length: x.length / width }, (_, i) => convert(maskBits(x.slice(i * width, (i + 1) * width)))),
  );
}

function laneIndex(i: Int, count: number): number {
  return typeof i === 'number'
    ? ((i % count) + count) % count
    : Number(((i % BigInt(count)) + BigInt(count)) % BigInt(count));
}

function addMemoryHelpers(put: Put, m: Memory): void {
  put('memcpy', (to: number, from: number, n: Int) => m.copy(to, from, Number(n)));
  put('memset', (to: number, value: number, n: Int) => {
    const size = Number(n);
    if (size <= 0) return;
    const o = m.at(to, size);
    m.bytes.fill(value & 255, o, o + size);
    m.forget(o, size);
  });
  put('memcmp', (a: number, b: number, n: Int) => compareBytes(m, a, b, Number(n)));
  put('gather', (addresses: readonly Int[], mask: readonly Int[], other: readonly Int[], load: (p: Int) => Int) =>
    addresses.map((p, i) => (mask[i] !== 0 ? load(p) : (other[i] ?? 0))),
  );
  put(
    'scatter',
    (addresses: readonly Int[], mask: readonly Int[], values: readonly Int[], store: (p: Int, x: Int) => void) => {
      addresses.forEach((p, i) => {
        if (mask[i] !== 0) store(p, values[i] ?? 0);
      });
    },
  );
  put('maskedLoad', (p: number, mask: readonly Int[], other: readonly Int[], load: (p: Int) => Int, size: number) =>
    mask.map((on, i) => (on !== 0 ? load(p + i * size) : (other[i] ?? 0))),
  );
  put(
    'maskedStore',
    (p: number, mask: readonly Int[], values: readonly Int[], store: (p: Int, x: Int) => void, size: number) => {
      mask.forEach((on, i) => {
        if (on !== 0) store(p + i * size, values[i] ?? 0);
      });
    },
  );
}

export function compareBytes(m: Memory, a: number, b: number, size: number): number {
  if (size <= 0) return 0;
  const x = m.at(a, size);
  const y = m.at(b, size);
  for (let i = 0; i < size; i++) {
    const difference = (m.bytes[x + i] ?? 0) - (m.bytes[y + i] ?? 0);
    if (difference !== 0) return difference < 0 ? -1 : 1;
  }
  return 0;
}

/** The access key of a layout's scalar. */
export function scalarKey(
  scalar:
    | { readonly kind: 'dtype'; readonly dtype: DTypeInfo }
    | { readonly kind: 'bool' }
    | { readonly kind: 'pointer' },
): string {
  switch (scalar.kind) {
    case 'bool':
      return 'b';
    case 'pointer':
      return 'u64';
    case 'dtype':
      return typeKey(scalar.dtype);
  }
}
