/** Values between terms and memory.
 *  Writing: a constant of any form becomes bytes (heap parts are allocated anew). Reading: bytes become the most structured
 *  term there is – scalars, field-by-field values – or an image of all memory that the value reaches.
 *  Invariant: equal values give the same term: padding is zeroed, dangling pointers become null, allocations are numbered in
 *  the order of the first visit. */
import { InternalError, present } from '../../base/invariant.ts';
import type { TypeLayout } from '../../layout/layout.ts';
import { dtypeInfo, isDTypeName, allDTypes } from '../../terms/dtypes.ts';
import type { ImageAllocation, MemoryImage, Term } from '../../terms/term.ts';
import { TermFailure, valueTooLarge } from '../errors.ts';
import { isIntegerWrapper } from '../fold.ts';
import { floatTerm, termToNumber } from '../numbers.ts';
import { hashText } from '../term-text.ts';
import type { InterpreterHost } from './host.ts';
import { InterpreterError } from './interpreter-error.ts';
import { type Allocation, FUNCTION_BASE, isFunctionAddress, type Memory } from './memory.ts';
import { type Access, scalarKey } from './runtime.ts';
import { canonical, type Int } from './scalars.ts';
import type { InstanceId } from '../../mir/mir.ts';

const MAX_IMAGE_BYTES = 1 << 20;

export class Codec {
  private readonly host: InterpreterHost;
  private readonly memory: Memory;
  private readonly access: Record<string, Access>;
  private readonly strings = new Map<string, number>();
  private readonly slots = new Map<string, number>();
  private readonly constants = new Map<string, number>();

  constructor(host: InterpreterHost, memory: Memory, access: Record<string, Access>) {
    this.host = host;
    this.memory = memory;
    this.access = access;
  }

  functionAddress(term: Term): number {
    return FUNCTION_BASE + 16 * this.host.instanceOfFunction(term);
  }

  /** Address of the static UTF-8 bytes of a string, NUL behind them. */
  stringAddress(text: string): number {
    const known = this.strings.get(text);
    if (known !== undefined) return known;
    const bytes = new TextEncoder().encode(text);
    const address = this.memory.allocate(bytes.length + 1, 1, 'static');
    this.memory.writeBytes(address, bytes);
    this.strings.set(text, address);
    return address;
  }

  /** Eight static bytes, one place for each name. */
  slotAddress(name: string): number {
    const known = this.slots.get(name);
    if (known !== undefined) return known;
    const address = this.memory.allocate(8, 8, 'static');
    this.slots.set(name, address);
    return address;
  }

  // ---- terms to memory

  /** The scalar that a constant term is, for a type of scalar layout. */
  scalarOf(term: Term, layout: TypeLayout): Int {
    const scalar = present(layout.scalar, 'scalar');
    switch (term.kind) {
      case 'bool':
        return term.value ? 1 : 0;
      case 'dtype':
        return dtypeInfo(term.name).code;
      case 'function':
        return this.functionAddress(term);
      case 'functionItem':
        return this.functionAddress(term.func);
      case 'int':
        if (scalar.kind === 'dtype' && scalar.dtype.kind === 'float') return termToNumber(term, scalar.dtype) ?? 0;
        if (scalar.kind === 'bool' || (scalar.kind === 'dtype' && scalar.dtype.kind === 'bool'))
          return term.value === 0n ? 0 : 1;
        return canonical(term.value);
      case 'float':
        if (scalar.kind === 'dtype') return termToNumber(term, scalar.dtype) ?? 0;
        break;
      case 'structValue': {
        const [only] = term.fields;
        if (only !== undefined) return this.scalarOf(only, layout);
        break;
      }
      case 'memoryValue': {
        const address = this.memory.allocate(layout.size, layout.align, 'heap');
        this.writeImage(term.image, address);
        const value = this.loadScalar(address, layout);
        this.memory.release(address);
        return value;
      }
      case 'string':
        return this.stringAddress(term.value);
    }
    throw new InternalError(`a ${term.kind} term is no value of type ${this.host.text.describe(layout.type)}`);
  }

  loadScalar(address: number, layout: TypeLayout): Int {
    return this.accessOf(layout).load(address);
  }

  private accessOf(layout: TypeLayout): Access {
    return present(this.access[scalarKey(present(layout.scalar, 'scalar'))], 'access');
  }

  write(address: number, term: Term, type: Term): void {
    const layout = this.host.layouts.layout(type);
    switch (layout.kind) {
      case 'empty':
        return;
      case 'scalar':
        this.accessOf(layout).store(address, this.scalarOf(term, layout));
        return;
      case 'vector':
        this.writeVector(address, term, layout);
        return;
      case 'aggregate':
        this.writeAggregate(address, term, layout);
    }
  }

  private writeVector(address: number, term: Term, layout: TypeLayout): void {
    if (term.kind === 'memoryValue') {
      this.writeImage(term.image, address);
      return;
    }
    const access = this.accessOf(layout);
    for (let i = 0; i < layout.lanes; i++) {
      const lane = term.kind === 'structValue' ? present(term.fields[i], 'lane') : term;
      access.store(address + i * access.size, this.scalarOf(lane, layout));
    }
  }

  private writeAggregate(address: number, term: Term, layout: TypeLayout): void {
    switch (term.kind) {
      case 'memoryValue':
        this.writeImage(term.image, address);
        return;
      case 'structValue':
        term.fields.forEach((field, i) => {
          const slot = present(layout.fields[i], 'field');
          this.write(address + slot.offset, field, slot.type);
        });
        return;
      case 'list': {
        const { elements } = layout;
        term.elements.forEach((element, i) => {
          if (elements !== null)
            this.write(address + i * this.host.layouts.sizeOf(elements.type), element, elements.type);
          else {
            const slot = present(layout.fields[i], 'field');
            this.write(address + slot.offset, element, slot.type);
          }
        });
        return;
      }
      default: {
        // A wrapper struct of one field may be given as that field's value.
        const slots = layout.fields.filter((slot) => this.host.layouts.sizeOf(slot.type) > 0);
        const [only] = slots;
        if (slots.length !== 1 || only === undefined)
          throw new InternalError(`a ${term.kind} term is no value of type ${this.host.text.describe(layout.type)}`);
        this.write(address + only.offset, term, only.type);
      }
    }
  }

  /** Writes an image's value; its other allocations are made anew (constants once). */
  private writeImage(image: MemoryImage, address: number): void {
    const addresses = image.allocations.map((allocation, i) => {
      if (i === 0) return address;
      if (!allocation.constant) return this.memory.allocate(allocation.bytes.length, allocation.align, 'heap');
      const key = `${image.key} ${i}`;
      const known = this.constants.get(key);
      if (known !== undefined) return known;
      const made = this.memory.allocate(allocation.bytes.length, allocation.align, 'static');
      this.constants.set(key, made);
      return made;
    });
    image.allocations.forEach((allocation, i) => {
      const start = present(addresses[i], 'address');
      this.memory.writeBytes(start, allocation.bytes);
      for (const relocation of allocation.relocations) {
        const { target } = relocation;
        const base =
          target.kind === 'function' ? this.functionAddress(target.func) : present(addresses[target.index], 'address');
        present(this.access['u64'], 'access').store(start + relocation.offset, base + relocation.addend);
      }
    });
  }

  // ---- memory to terms

  read(address: number, type: Term): Term {
    const structured = this.readStructured(address, type);
    if (structured !== null) return structured;
    return this.capture(address, type);
  }

  /** A term without an image, or null where bytes or pointers do not decompose. */
  private readStructured(address: number, type: Term): Term | null {
    const { store, layouts } = this.host;
    const layout = layouts.layout(type);
    switch (layout.kind) {
      case 'empty':
        if (type.kind === 'functionItem') return type.func;
        return store.structValue(type, []);
      case 'scalar':
        return this.termOfScalar(this.loadScalar(address, layout), layout);
      case 'vector':
        return null;
      case 'aggregate': {
        if (layout.elements !== null || layouts.declaration(type)?.builtin === 'pack') return null;
        const fields: Term[] = [];
        for (const field of layout.fields) {
          const value = this.readStructured(address + field.offset, field.type);
          if (value === null) return null;
          fields.push(value);
        }
        const [only] = fields;
        if (isIntegerWrapper(type) && only?.kind === 'int') return store.int(only.value, type);
        return store.structValue(type, fields);
      }
    }
  }

  /** Null for addresses: they need an image. */
  termOfScalar(value: Int, layout: TypeLayout): Term | null {
    const { store, layouts } = this.host;
    const scalar = present(layout.scalar, 'scalar');
    switch (scalar.kind) {
      case 'bool':
        return store.bool(value !== 0);
      case 'pointer': {
        const address = Number(value);
        return isFunctionAddress(address)
          ? this.host.record(((address - FUNCTION_BASE) / 16) as InstanceId).term
          : null;
      }
      case 'dtype':
        if (layouts.declaration(layout.type)?.builtin === 'dtype') {
          const info = allDTypes().find((entry) => entry.code === value);
          return store.dtype(info !== undefined && isDTypeName(info.name) ? info.name : 'invalid');
        }
        if (scalar.dtype.kind === 'float') return floatTerm(store, Number(value), layout.type);
        return store.int(BigInt(value), layout.type);
    }
  }

  /** All memory that a value reaches, as an image. */
  private capture(address: number, type: Term): Term {
    const { memory } = this;
    const size = this.host.layouts.sizeOf(type);
    const order: {
      readonly start: number;
      readonly size: number;
      readonly align: number;
      readonly constant: boolean;
    }[] = [{ start: address, size, align: this.host.layouts.alignOf(type), constant: false }];
    const numbers = new Map<number, number>();
    const allocations: ImageAllocation[] = [];
    let total = 0;
    for (let next = 0; next < order.length; next++) {
      const part = present(order[next], 'allocation');
      total += part.size;
      if (total > MAX_IMAGE_BYTES) throw new TermFailure((at) => valueTooLarge({ ...at, limit: MAX_IMAGE_BYTES }));
      const bytes = memory.readBytes(part.start, part.size);
      if (next === 0) this.clearPadding(bytes, 0, type);
      const relocations: ImageAllocation['relocations'][number][] = [];
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      for (let offset = 0; offset + 8 <= bytes.length; offset += 8) {
        const word = memory.addressAt(part.start + offset);
        if (word === null) continue;
        view.setBigUint64(offset, 0n, true);
        if (isFunctionAddress(word)) {
          const func = this.host.record(((word - FUNCTION_BASE) / 16) as InstanceId).term;
          relocations.push({ offset, target: { kind: 'function', func }, addend: 0 });
          continue;
        }
        if (memory.isStack(word)) {
          // A pointer into the value itself stays inside it; one to another stack slot would dangle.
          if (word >= address && word < address + size)
            relocations.push({ offset, target: { kind: 'allocation', index: 0 }, addend: word - address });
          continue;
        }
        const target: Allocation | null = memory.find(word);
        if (target === null) continue;
        let index = numbers.get(target.start);
        if (index === undefined) {
          index = order.length;
          numbers.set(target.start, index);
          order.push({
            start: target.start,
            size: target.size,
            align: target.align,
            constant: target.kind === 'static',
          });
        }
        relocations.push({ offset, target: { kind: 'allocation', index }, addend: word - target.start });
      }
      allocations.push({ bytes, align: Math.max(part.align, 1), relocations, constant: part.constant });
    }
    const image: MemoryImage = { key: this.imageKey(allocations), allocations };
    return this.host.store.memoryValue(type, image);
  }

  private imageKey(allocations: readonly ImageAllocation[]): string {
    const parts: string[] = [];
    for (const allocation of allocations) {
      let text = allocation.constant ? 'c' : 'h';
      for (const byte of allocation.bytes) text += String.fromCharCode(byte);
      for (const relocation of allocation.relocations) {
        const target =
          relocation.target.kind === 'function'
            ? this.host.text.hash(relocation.target.func)
            : `${relocation.target.index}`;
        text += `|${relocation.offset}:${target}+${relocation.addend}`;
      }
      parts.push(text);
    }
    return `${hashText(...parts)}${hashText('second', ...parts)}`;
  }

  private clearPadding(bytes: Uint8Array, offset: number, type: Term): void {
    const layout = this.host.layouts.layout(type);
    if (layout.kind !== 'aggregate' || layout.elements !== null) return;
    let end = 0;
    for (const field of layout.fields) {
      bytes.fill(0, offset + end, offset + field.offset);
      this.clearPadding(bytes, offset + field.offset, field.type);
      end = field.offset + this.host.layouts.sizeOf(field.type);
    }
    bytes.fill(0, offset + end, offset + layout.size);
  }

  /** Text behind a `String` or string slice at an address: the first pointer and length that fit; null for other values. */
  readText(address: number, type: Term): string | null {
    const span = this.findSpan(address, type);
    if (span === null || span.elementSize !== 1) return null;
    return new TextDecoder().decode(this.memory.readBytes(span.start, span.count));
  }

  /** The elements of a contiguous container (`List`, `Span`, an array): found through its first pointer and its length. */
  readElements(address: number, type: Term): readonly Term[] | null {
    const { layouts } = this.host;
    const layout = layouts.layout(type);
    if (layout.elements !== null) {
      const { type: element, count } = layout.elements;
      const size = layouts.sizeOf(element);
      return Array.from({ length: count }, (_, i) => this.read(address + i * size, element));
    }
    if (layouts.declaration(type)?.builtin === 'tuple')
      return layout.fields.map((field) => this.read(address + field.offset, field.type));
    const [only] = layout.fields;
    if (layout.fields.length === 1 && only !== undefined && layouts.layout(only.type).elements !== null)
      return this.readElements(address + only.offset, only.type);
    const span = this.findSpan(address, type);
    if (span === null) return null;
    return Array.from({ length: span.count }, (_, i) => this.read(span.start + i * span.elementSize, span.element));
  }

  private findSpan(
    address: number,
    type: Term,
  ): { start: number; count: number; element: Term; elementSize: number } | null {
    const { layouts } = this.host;
    const layout = layouts.layout(type);
    let start: number | null = null;
    let element: Term | null = null;
    let count: number | null = null;
    for (const field of layout.fields) {
      const inner = layouts.layout(field.type);
      const pointee = layouts.pointee(field.type);
      if (pointee !== null && start === null) {
        start = Number(this.loadScalar(address + field.offset, inner));
        element = pointee;
      } else if (
        inner.kind === 'scalar' &&
        inner.scalar?.kind === 'dtype' &&
        inner.scalar.dtype.bits === 64 &&
        /len|size|count/.test(field.name)
      )
        count ??= Number(this.loadScalar(address + field.offset, inner));
      else if (inner.kind === 'aggregate' && inner.elements === null && start === null) {
        const nested = this.findSpan(address + field.offset, field.type);
        if (nested !== null) return nested;
      }
    }
    if (start === null || element === null || count === null) return null;
    if (count < 0 || count > MAX_IMAGE_BYTES) throw new InterpreterError('a container with a broken length');
    return { start, count, element, elementSize: layouts.sizeOf(element) };
  }
}
