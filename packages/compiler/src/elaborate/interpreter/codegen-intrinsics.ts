/** JavaScript for the intrinsics of mir/intrinsics.ts, one arm each.
 *  In: concrete parameters and operands, and the destination.  Out: statements that store the result. */
import { InternalError, present } from '../../base/invariant.ts';
import type { TypeLayout } from '../../layout/layout.ts';
import type { Operand, Place } from '../../mir/mir.ts';
import { shuffleIndices } from '../../mir/shuffle-mask.ts';
import type { DTypeInfo } from '../../terms/dtypes.ts';
import type { Term } from '../../terms/term.ts';
import { textOf } from '../fold.ts';
import type { FunctionCode } from './codegen.ts';
import { scalarKey } from './runtime.ts';
import { BOOL, binaryCode, castCode, fmaCode, INT64, typeKey, UINT64, unaryCode } from './scalar-code.ts';

interface Shape {
  readonly info: DTypeInfo;
  readonly lanes: number;
}

function shapeOf(layout: TypeLayout): Shape {
  const scalar = layout.scalar;
  if (scalar === null) return { info: INT64, lanes: 1 };
  const info = scalar.kind === 'dtype' ? scalar.dtype : scalar.kind === 'bool' ? BOOL : UINT64;
  return { info, lanes: Math.max(1, layout.lanes) };
}

const BINARY = new Set([
  'add',
  'sub',
  'mul',
  'div',
  'floordiv',
  'mod',
  'rem',
  'and',
  'or',
  'xor',
  'shl',
  'shr',
  'rotl',
  'min',
  'max',
  'eq',
  'ne',
  'lt',
  'le',
  'gt',
  'ge',
]);
const UNARY = new Set(['neg', 'not', 'abs', 'ctpop', 'ctlz', 'cttz', 'bswap', 'bitreverse']);
const FLOAT_UNARY = new Set(['sqrt', 'floor', 'ceil', 'trunc', 'round_even']);

export function intrinsicCode(
  f: FunctionCode,
  name: string,
  params: readonly Term[],
  operands: readonly Operand[],
  dest: Place,
): string {
  return new IntrinsicCode(f, name, params, operands, dest).generate();
}

class IntrinsicCode {
  private readonly f: FunctionCode;
  private readonly name: string;
  private readonly params: readonly Term[];
  private readonly operands: readonly Operand[];
  private readonly dest: Place;
  private readonly target: TypeLayout;
  private readonly pre: string[] = [];

  constructor(f: FunctionCode, name: string, params: readonly Term[], operands: readonly Operand[], dest: Place) {
    this.f = f;
    this.name = name;
    this.params = params;
    this.operands = operands;
    this.dest = dest;
    this.target = f.cx.layout(f.placeType(dest));
  }

  private operand(i: number): Operand {
    return present(this.operands[i], `operand ${i} of ${this.name}`);
  }

  private shape(i: number): Shape {
    return shapeOf(this.f.cx.layout(this.f.operandType(this.operand(i))));
  }

  /** The value of an operand as a name or literal, so that it may be used several times. */
  private value(i: number): string {
    const text = this.f.value(this.operand(i));
    if (/^[\w.-]+$/.test(text)) return text;
    const name = this.f.freshName();
    this.pre.push(`const ${name}=${text};`);
    return name;
  }

  private set(value: string): string {
    return `{${this.pre.join('')}${this.target.kind === 'empty' ? `${value};` : this.f.write(this.dest, value)}}`;
  }

  private effect(code: string): string {
    return `{${this.pre.join('')}${code};}`;
  }

  private pointee(i: number): TypeLayout {
    const type = this.f.cx.pointee(this.f.operandType(this.operand(i)));
    return this.f.cx.layout(present(type, `pointee of ${this.name}`));
  }

  /** Applies a scalar operation lane by lane. */
  private lanewise(lanes: number, texts: readonly string[], code: (...names: string[]) => string): string {
    if (lanes === 1) return code(...texts);
    const names = ['x', 'y', 'z'].slice(0, texts.length);
    return `${this.f.use(`v${texts.length}`)}((${names.join(',')})=>${code(...names)},${texts.join(',')})`;
  }

  generate(): string {
    const dot = this.name.indexOf('.');
    const family = this.name.slice(0, dot);
    const op = this.name.slice(dot + 1);
    switch (family) {
      case 'simd':
        return this.simd(op);
      case 'scalar':
        return this.set(binaryCode(this.f, op, this.shape(0).info, this.value(0), this.value(1)));
      case 'float':
        return this.float(op);
      case 'bool':
        return this.bool(op);
      case 'pointer':
        return this.pointer(op);
      case 'memory':
        return this.memory(op);
      case 'atomic':
        return this.atomic(op);
      case 'location':
        return this.location(op);
      case 'value':
        return op === 'black_box' ? `{${this.f.store(this.dest, this.target, this.operand(0))}}` : '';
      case 'dtype':
        return this.set(this.value(0));
      default:
        return this.other();
    }
  }

  private simd(op: string): string {
    const { f } = this;
    if (BINARY.has(op)) {
      const { info, lanes } = this.shape(0);
      return this.set(
        this.lanewise(lanes, [this.value(0), this.value(1)], (x = '', y = '') => binaryCode(f, op, info, x, y)),
      );
    }
    if (UNARY.has(op)) {
      const { info, lanes } = this.shape(0);
      return this.set(this.lanewise(lanes, [this.value(0)], (x = '') => unaryCode(f, op, info, x)));
    }
    if (op.startsWith('reduce_')) return this.reduce(op.slice(7));
    const wanted = shapeOf(this.target);
    switch (op) {
      case 'fma': {
        const { info, lanes } = this.shape(0);
        return this.set(
          this.lanewise(lanes, [this.value(0), this.value(1), this.value(2)], (x = '', y = '', z = '') =>
            fmaCode(f, info, x, y, z),
          ),
        );
      }
      case 'all_eq':
      case 'any_ne': {
        const { info, lanes } = this.shape(0);
        const compare = this.lanewise(lanes, [this.value(0), this.value(1)], (x = '', y = '') =>
          binaryCode(f, op === 'all_eq' ? 'eq' : 'ne', info, x, y),
        );
        return this.set(lanes === 1 ? compare : `${f.use(op === 'all_eq' ? 'every' : 'some')}(${compare})`);
      }
      case 'splat':
        return this.set(wanted.lanes === 1 ? this.value(0) : `${f.use('splat')}(${this.value(0)},${wanted.lanes})`);
      case 'zero':
        return this.set(wanted.lanes === 1 ? '0' : `${f.use('splat')}(0,${wanted.lanes})`);
      case 'iota':
        return this.set(
          wanted.lanes === 1 ? '0' : `${f.use('iota')}(${wanted.lanes},x=>${castCode(f, INT64, wanted.info, 'x')})`,
        );
      case 'extract':
        return this.set(
          this.shape(0).lanes === 1 ? this.value(0) : `${f.use('lane')}(${this.value(0)},${this.value(1)})`,
        );
      case 'insert':
        return this.set(
          this.shape(0).lanes === 1
            ? this.value(2)
            : `${f.use('withLane')}(${this.value(0)},${this.value(1)},${this.value(2)})`,
        );
      case 'shuffle': {
        const indices = present(shuffleIndices(this.params[this.params.length - 1]), 'mask');
        const lists = [0, 1].map((i) => (this.shape(i).lanes === 1 ? `[${this.value(i)}]` : this.value(i)));
        const picked = `${f.use('pick')}(${lists.join(',')},${f.constant(indices)})`;
        return this.set(wanted.lanes === 1 ? `${picked}[0]` : picked);
      }
      case 'select': {
        const mask = this.shape(0).lanes;
        if (mask === 1) return this.set(`(${this.value(0)}?${this.value(1)}:${this.value(2)})`);
        return this.set(
          this.lanewise(
            mask,
            [this.value(0), this.value(1), this.value(2)],
            (x = '', y = '', z = '') => `(${x}?${y}:${z})`,
          ),
        );
      }
      case 'cast': {
        const { info, lanes } = this.shape(0);
        return this.set(this.lanewise(lanes, [this.value(0)], (x = '') => castCode(f, info, wanted.info, x)));
      }
      case 'bitcast':
        return this.bitcast(wanted);
      default:
        throw new InternalError(`the intrinsic ${this.name} is unknown to the interpreter`);
    }
  }

  private bitcast(wanted: Shape): string {
    const { f } = this;
    const from = this.shape(0);
    const value = this.value(0);
    if (from.info.kind === 'bool' && from.lanes > 1 && wanted.info.kind !== 'bool') {
      if (wanted.lanes === 1) return this.set(castCode(f, UINT64, wanted.info, `${f.use('maskBits')}(${value})`));
      const convert = `(x)=>${castCode(f, UINT64, wanted.info, 'x')}`;
      return this.set(`${f.use('maskLanes')}(${value},${from.lanes / wanted.lanes},${convert})`);
    }
    if (from.info.name === wanted.info.name && from.lanes === wanted.lanes) return this.set(value);
    return this.set(`${f.use('bitcast')}(${value},"${typeKey(from.info)}","${typeKey(wanted.info)}",${wanted.lanes})`);
  }

  private reduce(op: string): string {
    const { f } = this;
    const { info, lanes } = this.shape(0);
    const width = shapeOf(this.target).lanes;
    if (lanes === 1) return this.set(this.value(0));
    const reduced = `${f.use('reduce')}((x,y)=>${binaryCode(f, op, info, 'x', 'y')},${this.value(0)},${width})`;
    return this.set(width === 1 ? `${reduced}[0]` : reduced);
  }

  private float(op: string): string {
    const { f } = this;
    const { info, lanes } = this.shape(0);
    if (FLOAT_UNARY.has(op))
      return this.set(this.lanewise(lanes, [this.value(0)], (x = '') => unaryCode(f, op, info, x)));
    if (op !== 'copysign') throw new InternalError(`the intrinsic ${this.name} is unknown to the interpreter`);
    return this.set(
      this.lanewise(lanes, [this.value(0), this.value(1)], (x = '', y = '') => binaryCode(f, op, info, x, y)),
    );
  }

  private bool(op: string): string {
    switch (op) {
      case 'not':
        return this.set(`(${this.value(0)}^1)`);
      case 'and':
        return this.set(`(${this.value(0)}&${this.value(1)})`);
      case 'or':
        return this.set(`(${this.value(0)}|${this.value(1)})`);
      case 'xor':
        return this.set(`(${this.value(0)}^${this.value(1)})`);
      case 'eq':
        return this.set(`(${this.value(0)}===${this.value(1)}?1:0)`);
      default:
        return this.set(this.value(0));
    }
  }

  private pointer(op: string): string {
    const { f } = this;
    switch (op) {
      case 'null':
        return this.set('0');
      case 'from_int':
        return this.set(`${f.use('wrap_u64')}(${this.value(0)})`);
      case 'to_int':
        return this.set(`${f.use('wrap_i64')}(${this.value(0)})`);
      case 'cast':
      case 'deref':
        return this.set(this.value(0));
      case 'offset':
        return this.set(`${f.use('off')}(${this.value(0)},${this.value(1)},${this.pointee(0).size})`);
      case 'offset_bytes':
        return this.set(`${f.use('off')}(${this.value(0)},${this.value(1)},1)`);
      case 'eq':
        return this.set(`(${this.value(0)}===${this.value(1)}?1:0)`);
      case 'lt':
        return this.set(`(${this.value(0)}<${this.value(1)}?1:0)`);
      case 'of':
        return this.addressOf();
      case 'take': {
        const layout = this.pointee(0);
        if (layout.kind === 'empty') return '';
        if (layout.kind === 'aggregate')
          return this.effect(`${f.use('cp')}(${f.address(this.dest)},${this.value(0)},${layout.size})`);
        return this.set(f.loadCode(layout, this.value(0)));
      }
      case 'init':
        return this.initialize();
      case 'load':
      case 'load_volatile':
        return this.set(f.loadCode(this.target, this.value(0)));
      case 'store':
      case 'store_volatile': {
        const layout = f.cx.layout(f.operandType(this.operand(1)));
        return this.effect(f.storeCode(layout, this.value(0), this.value(1)));
      }
      case 'masked_load':
      case 'masked_store':
      case 'gather':
      case 'scatter':
        return this.masked(op);
      case 'prefetch':
        return '';
      default:
        throw new InternalError(`the intrinsic ${this.name} is unknown to the interpreter`);
    }
  }

  private addressOf(): string {
    const address = this.f.operandAddress(this.operand(0), this.pre);
    return this.set(address);
  }

  private initialize(): string {
    const { f } = this;
    const value = this.operand(1);
    const layout = this.pointee(0);
    switch (layout.kind) {
      case 'empty':
        return '';
      case 'aggregate': {
        const from = f.operandAddress(value, this.pre);
        return this.effect(`${f.use('cp')}(${this.value(0)},${from},${layout.size})`);
      }
      default:
        return this.effect(f.storeCode(layout, this.value(0), f.value(value)));
    }
  }

  private list(i: number): string {
    return this.shape(i).lanes === 1 ? `[${this.value(i)}]` : this.value(i);
  }

  private masked(op: string): string {
    const { f } = this;
    const isLoad = op === 'masked_load' || op === 'gather';
    const { info, lanes } = this.shape(2);
    const key = typeKey(info);
    const accessor = f.use(`${isLoad ? 'ld' : 'st'}_${key}`);
    const byAddress = op === 'gather' || op === 'scatter';
    const helper =
      { masked_load: 'maskedLoad', masked_store: 'maskedStore', gather: 'gather', scatter: 'scatter' }[op] ?? op;
    const first = byAddress ? this.list(0) : this.value(0);
    const size = byAddress ? '' : `,${info.size}`;
    const code = `${f.use(helper)}(${first},${this.list(1)},${this.list(2)},${accessor}${size})`;
    if (!isLoad) return this.effect(code);
    return this.set(lanes === 1 ? `${code}[0]` : code);
  }

  private memory(op: string): string {
    const { f } = this;
    switch (op) {
      case 'copy':
      case 'move':
        return this.effect(`${f.use('memcpy')}(${this.value(0)},${this.value(1)},${this.value(2)})`);
      case 'set':
        return this.effect(`${f.use('memset')}(${this.value(0)},${this.value(1)},${this.value(2)})`);
      case 'compare':
        return this.set(`${f.use('memcmp')}(${this.value(0)},${this.value(1)},${this.value(2)})`);
      case 'slot': {
        const name = this.params.map(textOf).find((found) => found !== null) ?? '';
        return this.set(`${f.cx.slotAddress(name)}`);
      }
      case 'stack': {
        const count = present(this.params[this.params.length - 1], 'count');
        const type = present(this.params[this.params.length - 2], 'type');
        if (count.kind !== 'int') throw new InternalError('memory.stack without a count');
        const element = f.cx.layout(type);
        return this.set(f.stackMemory(element.size * Number(count.value), element.align));
      }
      default:
        throw new InternalError(`the intrinsic ${this.name} is unknown to the interpreter`);
    }
  }

  private atomic(op: string): string {
    const { f } = this;
    if (op === 'fence' || op === 'pause') return '';
    const layout = op === 'load' ? this.target : f.cx.layout(f.operandType(this.operand(1)));
    const { info } = shapeOf(layout);
    const address = this.value(0);
    const load = f.loadCode(layout, address);
    if (op === 'load') return this.set(load);
    if (op === 'store') return this.effect(f.storeCode(layout, address, this.value(1)));
    const old = f.freshName();
    this.pre.push(`const ${old}=${load};`);
    if (op === 'compare_exchange')
      this.pre.push(`if(${old}===${this.value(1)}){${f.storeCode(layout, address, this.value(2))};}`);
    else {
      const updated = op === 'exchange' ? this.value(1) : binaryCode(f, op, info, old, this.value(1));
      this.pre.push(`${f.storeCode(layout, address, updated)};`);
    }
    return this.set(old);
  }

  private location(op: string): string {
    const { f } = this;
    const offset = { file_pointer: 0, file_length: 8, line: 16, column: 24 }[op] ?? 0;
    const key = scalarKey(present(this.target.scalar, 'scalar'));
    return this.set(`(loc?${f.use(`ld_${key}`)}(loc+${offset}):0)`);
  }

  private other(): string {
    const { f } = this;
    switch (this.name) {
      case 'literal.string_pointer': {
        const text = this.params.map(textOf).find((found) => found !== null) ?? '';
        return this.set(`${f.cx.stringAddress(text)}`);
      }
      case 'raw_array.uninitialized':
        return '';
      case 'raw_array.pointer':
        return this.addressOf();
      case 'control.trap':
        return 'R.trap();';
      case 'control.unreachable':
        return 'R.unreachable();';
      case 'control.assume':
      case 'error.raised':
        return '';
      case 'error.trace':
        return this.set(`${f.cx.slotAddress('error.trace')}`);
      case 'control.likely':
        return this.set(this.value(0));
      case 'control.is_compile_time':
        return this.set(f.cx.isCompileTime ? '1' : '0');
      case 'process.is_strict':
        return this.set('1');
      case 'process.has_threads':
        return this.set('0');
      case 'process.argument_count':
        // Nobody gives arguments: not even the name of the program.
        if (!f.cx.isCompileTime) return this.set('0');
        return `R.unsupported(${JSON.stringify(this.name)});`;
      case 'process.arguments':
      case 'wasm.memory_size':
      case 'wasm.memory_grow':
      case 'wasm.heap_base':
        return `R.unsupported(${JSON.stringify(this.name)});`;
      default:
        throw new InternalError(`the intrinsic ${this.name} is unknown to the interpreter`);
    }
  }
}
