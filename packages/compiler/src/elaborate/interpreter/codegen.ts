/** Turns one concrete body into a JavaScript function: decoded once, then run by the host's own compiler.
 *  Scalar and vector locals whose address nobody takes are JavaScript variables; all others live in the stack frame, in the
 *  target's layout. Blocks with one predecessor are written in place; the others are cases of one loop.
 *
 *  Shape of a function: `(ret, err, loc, …arguments)`. A scalar or vector result is returned; another is written to `ret`.
 *  A function that raises returns 1 after writing its error to `err`, else 0 after writing its result to `ret`. */
import { InternalError, present, unreachable } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import { alignTo, type TypeLayout } from '../../layout/layout.ts';
import { forEachOperand, predecessors } from '../../mir/cfg.ts';
import type {
  BasicBlock,
  BlockId,
  Body,
  Callee,
  Instance,
  LocalId,
  Operand,
  Place,
  Rvalue,
  Statement,
  Terminator,
} from '../../mir/mir.ts';
import type { Term } from '../../terms/term.ts';
import { intrinsicCode } from './codegen-intrinsics.ts';
import { FUNCTION_BASE } from './memory.ts';
import { scalarKey } from './runtime.ts';
import type { HelperNames } from './scalar-code.ts';

/** What code generation needs of the interpreter. */
export interface CodegenContext {
  layout(type: Term): TypeLayout;
  pointee(type: Term): Term | null;
  isPack(type: Term): boolean;
  byValue(instance: Instance): readonly boolean[];
  pointerByValue(type: Term): readonly boolean[];
  wantsLocation(callee: Callee): boolean;
  forwardsLocation(caller: Instance, callee: Callee): boolean;
  stringAddress(text: string): number;
  /** Address of the eight static bytes of a name. */
  slotAddress(name: string): number;
  globalAddress(global: number): number;
  locationAddress(span: Span): number;
  /** Address of static bytes with a constant's value. */
  constantAddress(term: Term, type: Term): number;
  scalarOf(term: Term, layout: TypeLayout): number | bigint;
  readonly isCompileTime: boolean;
}

type Slot =
  | { readonly kind: 'empty' }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'memory'; readonly address: string };

export interface GeneratedFunction {
  readonly source: string;
  readonly helpers: readonly string[];
  readonly constants: readonly unknown[];
  readonly sites: readonly Span[];
}

const MAX_NESTING = 24;

export class FunctionCode implements HelperNames {
  readonly cx: CodegenContext;
  readonly body: Body;
  private readonly instance: Instance;
  private readonly slots: Slot[] = [];
  private readonly borrowed: boolean[] = [];
  private readonly helpers = new Set<string>();
  private readonly constants: unknown[] = [];
  private readonly sites: Span[] = [];
  private lastSite: Span | null = null;
  private frame = 0;
  private names = 0;
  private keepsFrame = false;
  private readonly preludeLines: string[] = [];
  private readonly predecessorCount: number[];
  private readonly cases: BlockId[] = [];
  private readonly caseSet: boolean[] = [];
  private readonly raising: boolean;
  private readonly directResult: boolean;

  constructor(cx: CodegenContext, instance: Instance) {
    this.cx = cx;
    this.instance = instance;
    this.body = present(instance.body, 'body');
    this.raising = instance.signature.raises !== null;
    const kind = cx.layout(instance.signature.result).kind;
    this.directResult = !this.raising && (kind === 'scalar' || kind === 'vector');
    this.predecessorCount = predecessors(this.body).map((list) => list.length);
  }

  use(name: string): string {
    this.helpers.add(name);
    return name;
  }

  generate(): GeneratedFunction {
    this.findBorrowed();
    this.placeLocals();
    const { entry } = this.body;
    this.caseOf(entry);
    const chunks: string[] = [];
    for (let next = 0; next < this.cases.length; next++) {
      const id = present(this.cases[next], 'block');
      chunks.push(`case ${id}:{${this.blockCode(id, 0)}}`);
    }
    const args = this.body.args.map((_, i) => `x${i}`).join(',');
    const frame = alignTo(this.frame, 16);
    const enter = frame === 0 ? '' : `const fp=R.enter(${frame});`;
    const leave = frame === 0 || this.keepsFrame ? '' : `R.m.sp=fp;`;
    const source = [
      `return function(ret,err,loc${args === '' ? '' : `,${args}`}){`,
      `let s=0;R.call();${enter}try{${this.preludeLines.join('')}let b=${entry};L:for(;;){switch(b){${chunks.join('\n')}}}}`,
      `catch(e){throw R.unwound(e,ID,s);}finally{${leave}R.depth--;}};`,
    ].join('\n');
    return { source, helpers: [...this.helpers], constants: this.constants, sites: this.sites };
  }

  // ---- locals

  private findBorrowed(): void {
    const mark = (place: Place): void => {
      if (place.root.kind !== 'local') return;
      if (place.projections.some((projection) => projection.kind === 'deref')) return;
      this.borrowed[place.root.local] = true;
    };
    const visit = (node: Statement | Terminator): void => {
      forEachOperand(node, (operand) => {
        if (operand.kind === 'borrow' || operand.kind === 'borrowMut') mark(operand.place);
      });
      if (node.kind !== 'assign') return;
      if (node.value.kind === 'ref') mark(node.value.place);
      if (node.value.kind === 'variadic')
        for (const operand of node.value.operands) if (operand.kind !== 'constant') mark(operand.place);
    };
    const byAddress = (callee: Callee, args: readonly Operand[]): void => {
      const passing = this.passing(callee);
      args.forEach((operand, i) => {
        if (operand.kind !== 'constant' && passing !== null && passing[i] === false) mark(operand.place);
      });
    };
    for (const block of this.body.blocks.values()) {
      for (const statement of block.statements) {
        visit(statement);
        if (statement.kind === 'call') byAddress(statement.callee, statement.args);
      }
      visit(block.terminator);
      if (block.terminator.kind === 'tryCall') byAddress(block.terminator.callee, block.terminator.args);
    }
  }

  private placeLocals(): void {
    const byValue = this.cx.byValue(this.instance);
    this.body.args.forEach((local, i) => {
      const layout = this.layoutOf(local);
      if (byValue[i] === false || layout.kind === 'aggregate') this.slots[local] = { kind: 'memory', address: `x${i}` };
      else if (layout.kind === 'empty') this.slots[local] = { kind: 'empty' };
      else if (this.borrowed[local] === true) {
        const address = this.frameSlot(layout.size, layout.align);
        this.preludeLines.push(`${this.storeCode(layout, address, `x${i}`)};`);
        this.slots[local] = { kind: 'memory', address };
      } else this.slots[local] = { kind: 'variable', name: `x${i}` };
    });
    const { result, error } = this.body;
    if (this.slots[result] === undefined && !this.directResult && this.layoutOf(result).kind !== 'empty')
      this.slots[result] = { kind: 'memory', address: 'ret' };
    if (error !== null && this.layoutOf(error).kind !== 'empty') this.slots[error] = { kind: 'memory', address: 'err' };
    for (const id of this.body.locals.ids()) {
      if (this.slots[id] !== undefined) continue;
      const layout = this.layoutOf(id);
      if (layout.kind === 'empty') this.slots[id] = { kind: 'memory', address: `${FUNCTION_BASE - 4096}` };
      else if (layout.kind === 'aggregate' || this.borrowed[id] === true) {
        this.slots[id] = { kind: 'memory', address: this.frameSlot(layout.size, layout.align) };
      } else {
        const name = `r${id}`;
        this.preludeLines.push(
          `let ${name}=${layout.kind === 'vector' ? this.constant(new Array<number>(layout.lanes).fill(0)) : '0'};`,
        );
        this.slots[id] = { kind: 'variable', name };
      }
    }
  }

  private layoutOf(local: LocalId): TypeLayout {
    return this.cx.layout(this.body.locals.get(local).type);
  }

  frameSlot(size: number, align: number): string {
    // The frame itself is aligned to 16; a stricter alignment has no effect on memory that no hardware reads.
    this.frame = alignTo(this.frame, Math.min(align, 16));
    const address = `(fp+${this.frame})`;
    this.frame += Math.max(size, 1);
    return address;
  }

  freshName(): string {
    return `t${this.names++}`;
  }

  /** Memory for the rest of the function; of one that is always inlined, that is its caller: the frame then stays until
   *  the caller leaves. */
  stackMemory(size: number, align: number): string {
    if (this.instance.attributes.inline === 'always') this.keepsFrame = true;
    return this.frameSlot(size, align);
  }

  constant(value: unknown): string {
    const known = this.constants.indexOf(value);
    if (known >= 0) return `C[${known}]`;
    this.constants.push(value);
    return `C[${this.constants.length - 1}]`;
  }

  // ---- values

  number(value: number | bigint): string {
    if (typeof value === 'bigint') return this.constant(value);
    if (Object.is(value, -0)) return '(-0)';
    if (Number.isNaN(value)) return 'NaN';
    return value < 0 ? `(${value})` : `${value}`;
  }

  loadCode(layout: TypeLayout, address: string): string {
    const key = scalarKey(present(layout.scalar, 'scalar'));
    return layout.kind === 'vector'
      ? `${this.use(`lv_${key}`)}(${address},${layout.lanes})`
      : `${this.use(`ld_${key}`)}(${address})`;
  }

  storeCode(layout: TypeLayout, address: string, value: string): string {
    const key = scalarKey(present(layout.scalar, 'scalar'));
    return `${this.use(`${layout.kind === 'vector' ? 'sv' : 'st'}_${key}`)}(${address},${value})`;
  }

  placeType(place: Place): Term {
    const last = place.projections[place.projections.length - 1];
    if (last !== undefined) return last.type;
    if (place.root.kind === 'local') return this.body.locals.get(place.root.local).type;
    return this.globalType(place.root.global);
  }

  globalType: (global: number) => Term = () => {
    throw new InternalError('the type of a global');
  };

  operandType(operand: Operand): Term {
    return operand.kind === 'constant' ? operand.type : this.placeType(operand.place);
  }

  /** The variable that holds the place, or null when it is in memory. */
  private variable(place: Place): string | null {
    if (place.projections.length > 0 || place.root.kind !== 'local') return null;
    const slot = this.slots[place.root.local];
    return slot?.kind === 'variable' ? slot.name : null;
  }

  address(place: Place): string {
    let text: string;
    let type: Term;
    let offset = 0;
    let rest = place.projections;
    if (place.root.kind === 'global') {
      text = `${this.cx.globalAddress(place.root.global)}`;
      type = this.globalType(place.root.global);
    } else {
      const { local } = place.root;
      type = this.body.locals.get(local).type;
      const slot = present(this.slots[local], 'slot');
      if (slot.kind === 'variable') {
        const [first] = rest;
        if (first?.kind !== 'deref') throw new InternalError(`${this.body.name}: the address of a variable`);
        text = slot.name;
        type = first.type;
        rest = rest.slice(1);
      } else text = slot.kind === 'memory' ? slot.address : `${FUNCTION_BASE - 4096}`;
    }
    const plus = (): string => (offset === 0 ? text : `(${text}+${offset})`);
    for (const projection of rest) {
      switch (projection.kind) {
        case 'field':
          offset += present(this.cx.layout(type).fields[projection.index], 'field').offset;
          break;
        case 'element': {
          if (projection.index.kind !== 'int') throw new InternalError('a symbolic index in a concrete body');
          const index = Number(projection.index.value);
          offset += present(this.cx.layout(type).fields[index], 'element').offset;
          if (this.cx.isPack(type)) {
            text = `${this.use('ld_u64')}(${plus()})`;
            offset = 0;
          }
          break;
        }
        case 'deref':
          text = `${this.use('ld_u64')}(${plus()})`;
          offset = 0;
          break;
      }
      type = projection.type;
    }
    return plus();
  }

  /** A scalar or vector value. */
  read(place: Place): string {
    const variable = this.variable(place);
    if (variable !== null) return variable;
    return this.loadCode(this.cx.layout(this.placeType(place)), this.address(place));
  }

  write(place: Place, value: string): string {
    const variable = this.variable(place);
    if (variable !== null) return `${variable}=${value};`;
    return `${this.storeCode(this.cx.layout(this.placeType(place)), this.address(place), value)};`;
  }

  /** A scalar or vector operand as an expression. */
  value(operand: Operand): string {
    if (operand.kind !== 'constant') return this.read(operand.place);
    const layout = this.cx.layout(operand.type);
    if (layout.kind === 'scalar') return this.number(this.cx.scalarOf(operand.term, layout));
    if (layout.kind === 'vector')
      return this.loadCode(layout, `${this.cx.constantAddress(operand.term, operand.type)}`);
    return '0';
  }

  /** Where the bytes of an operand are; scalars that have no memory get some. `pre` receives what must run first. */
  operandAddress(operand: Operand, pre: string[]): string {
    if (operand.kind === 'constant') {
      const layout = this.cx.layout(operand.type);
      return layout.kind === 'empty' ? '0' : `${this.cx.constantAddress(operand.term, operand.type)}`;
    }
    const variable = this.variable(operand.place);
    if (variable === null) return this.address(operand.place);
    const layout = this.cx.layout(this.placeType(operand.place));
    const slot = this.frameSlot(layout.size, layout.align);
    pre.push(`${this.storeCode(layout, slot, variable)};`);
    return slot;
  }

  // ---- control flow

  private caseOf(id: BlockId): void {
    if (this.caseSet[id] === true) return;
    this.caseSet[id] = true;
    this.cases.push(id);
  }

  private jump(target: BlockId, nesting: number): string {
    if (this.predecessorCount[target] === 1 && nesting < MAX_NESTING && this.caseSet[target] !== true)
      return this.blockCode(target, nesting + 1);
    this.caseOf(target);
    return `b=${target};continue L;`;
  }

  private blockCode(id: BlockId, nesting: number): string {
    const block: BasicBlock = this.body.blocks.get(id);
    const weight = block.statements.length + 1;
    const out: string[] = [];
    if (nesting === 0) {
      this.lastSite = null;
      out.push(`if((R.fuel-=${weight})<0)R.outOfSteps();`);
    } else out.push(`R.fuel-=${weight};`);
    for (const statement of block.statements) out.push(this.statement(statement));
    out.push(this.terminator(block.terminator, nesting));
    return out.join('');
  }

  private site(span: Span): string {
    const last = this.lastSite;
    if (last !== null && last.start === span.start && last.file === span.file) return '';
    this.lastSite = span;
    this.sites.push(span);
    return `s=${this.sites.length - 1};`;
  }

  private terminator(t: Terminator, nesting: number): string {
    switch (t.kind) {
      case 'goto':
        return this.jump(t.target, nesting);
      case 'branch': {
        const condition = this.value(t.condition);
        const saved = this.lastSite;
        const onTrue = this.jump(t.onTrue, nesting);
        this.lastSite = saved;
        const onFalse = this.jump(t.onFalse, nesting);
        this.lastSite = null;
        return `if(${condition}){${onTrue}}else{${onFalse}}`;
      }
      case 'return': {
        if (this.raising) return 'return 0;';
        const slot = present(this.slots[this.body.result], 'result');
        if (!this.directResult) return 'return;';
        if (slot.kind === 'variable') return `return ${slot.name};`;
        return `return ${this.loadCode(this.layoutOf(this.body.result), slot.kind === 'memory' ? slot.address : '0')};`;
      }
      case 'raise':
        return 'return 1;';
      case 'unreachable':
        return 'R.unreachable();';
      case 'tryCall': {
        const pre: string[] = [];
        const dest = this.memoryDest(t.dest);
        const error = this.memoryDest(t.errorDest);
        const call = this.callCode(t.callee, t.args, dest.address, error.address, t.span, pre);
        const head = `${this.site(t.span)}${pre.join('')}`;
        const ok = `${dest.after}${this.jump(t.target, nesting)}`;
        this.lastSite = null;
        const failed = `${error.after}${this.jump(t.onError, nesting)}`;
        this.lastSite = null;
        return `${head}if(${call}){${failed}}else{${ok}}`;
      }
      case 'comptimeBranch':
      case 'comptimeFor':
        throw new InternalError('a compile-time terminator in a concrete body');
      default:
        return unreachable(t);
    }
  }

  // ---- statements

  private statement(statement: Statement): string {
    switch (statement.kind) {
      case 'assign':
        return this.assign(statement.place, statement.value, statement.span);
      case 'call':
        return this.call(statement);
      case 'declare':
      case 'use':
        return '';
      case 'drop':
      case 'comptimeAssert':
        throw new InternalError(`${statement.kind} in a concrete body`);
      default:
        return unreachable(statement);
    }
  }

  private assign(dest: Place, value: Rvalue, span: Span): string {
    const layout = this.cx.layout(this.placeType(dest));
    switch (value.kind) {
      case 'use':
        return `${this.site(span)}${this.store(dest, layout, value.operand)}`;
      case 'ref':
        return this.write(dest, this.address(value.place));
      case 'aggregate': {
        const address = this.address(dest);
        const pre: string[] = [];
        const out: string[] = [];
        // The operands may be parts of the place that is built: read all before the first store.
        value.operands.forEach((operand, i) => {
          const field = present(layout.fields[i], 'field');
          const inner = this.cx.layout(field.type);
          if (inner.kind === 'empty') return;
          const at = `${address}+${field.offset}`;
          if (inner.kind === 'aggregate')
            out.push(`${this.use('cp')}(${at},${this.operandAddress(operand, pre)},${inner.size});`);
          else if (operand.kind === 'constant') out.push(`${this.storeCode(inner, at, this.value(operand))};`);
          else {
            const name = this.freshName();
            pre.push(`const ${name}=${this.value(operand)};`);
            out.push(`${this.storeCode(inner, at, name)};`);
          }
        });
        return `${this.site(span)}{${pre.join('')}${out.join('')}}`;
      }
      case 'variadic':
        return this.variadic(dest, layout, value.operands);
      case 'intrinsic': {
        const code = intrinsicCode(this, value.name, value.params, value.operands, dest);
        return `${this.site(span)}${code}`;
      }
      case 'materialize': {
        if (layout.kind === 'empty') return '';
        const index = this.constant({ term: value.term, type: this.placeType(dest) });
        const target = this.memoryDest(dest);
        return `${this.site(span)}R.materialize(${index},${target.address});${target.after}`;
      }
      default:
        return unreachable(value);
    }
  }

  /** `dest = operand`, as bytes. */
  store(dest: Place, layout: TypeLayout, operand: Operand): string {
    switch (layout.kind) {
      case 'empty':
        return '';
      case 'scalar':
      case 'vector': {
        const from = this.cx.layout(this.operandType(operand));
        if (from.kind === layout.kind || operand.kind === 'constant')
          return this.write(
            dest,
            operand.kind === 'constant' ? this.value({ ...operand, type: layout.type }) : this.value(operand),
          );
        const pre: string[] = [];
        const address = this.operandAddress(operand, pre);
        return `${pre.join('')}${this.write(dest, this.loadCode(layout, address))}`;
      }
      case 'aggregate': {
        const pre: string[] = [];
        const address = this.operandAddress(
          operand.kind === 'constant' ? { ...operand, type: layout.type } : operand,
          pre,
        );
        return `${pre.join('')}${this.use('cp')}(${this.address(dest)},${address},${layout.size});`;
      }
    }
  }

  private variadic(dest: Place, layout: TypeLayout, operands: readonly Operand[]): string {
    const pre: string[] = [];
    const addresses = operands.map((operand) => this.operandAddress(operand, pre));
    const store = this.use('st_u64');
    if (this.cx.isPack(this.placeType(dest))) {
      if (layout.kind === 'empty') return '';
      const at = this.address(dest);
      return `${pre.join('')}${addresses.map((address, i) => `${store}(${at}+${i * 8},${address});`).join('')}`;
    }
    // A list: the address of the addresses, and their number.
    const table = this.frameSlot(8 * Math.max(1, operands.length), 8);
    const at = this.address(dest);
    const [first, second] = layout.fields;
    return `${pre.join('')}${addresses.map((address, i) => `${store}(${table}+${i * 8},${address});`).join('')}${store}(${at}+${present(first, 'field').offset},${table});${this.use('st_i64')}(${at}+${present(second, 'field').offset},${operands.length});`;
  }

  // ---- calls

  private passing(callee: Callee): readonly boolean[] | null {
    switch (callee.kind) {
      case 'instance':
        return this.calleeInstance(callee).byValue;
      case 'pointer':
        return this.cx.pointerByValue(callee.type);
      default:
        return null;
    }
  }

  calleeInstance: (callee: Callee) => { readonly byValue: readonly boolean[] } = () => {
    throw new InternalError('callee');
  };

  /** An address that a call may write to, and what then moves the value to its place. */
  private memoryDest(place: Place): { address: string; after: string } {
    const layout = this.cx.layout(this.placeType(place));
    if (layout.kind === 'empty') return { address: '0', after: '' };
    if (
      this.variable(place) === null &&
      place.root.kind === 'local' &&
      this.borrowed[place.root.local] !== true &&
      !place.projections.some((p) => p.kind === 'deref')
    )
      return { address: this.address(place), after: '' };
    const slot = this.frameSlot(layout.size, layout.align);
    if (layout.kind === 'aggregate')
      return { address: slot, after: `${this.use('cp')}(${this.address(place)},${slot},${layout.size});` };
    return { address: slot, after: this.write(place, this.loadCode(layout, slot)) };
  }

  private callCode(
    callee: Callee,
    args: readonly Operand[],
    ret: string,
    err: string,
    span: Span,
    pre: string[],
  ): string {
    const passing = this.passing(callee);
    const texts = args.map((operand, i) => this.argument(operand, passing?.[i] ?? true, pre));
    switch (callee.kind) {
      case 'instance': {
        const location = this.cx.wantsLocation(callee)
          ? this.cx.forwardsLocation(this.instance, callee)
            ? 'loc'
            : `${this.cx.locationAddress(span)}`
          : '0';
        return `F[${callee.instance}](${[ret, err, location, ...texts].join(',')})`;
      }
      case 'pointer':
        return `R.pointer(${this.value(callee.value)})(${[ret, err, '0', ...texts].join(',')})`;
      case 'foreign':
        return `R.foreign(${JSON.stringify(callee.symbol)},[${texts.join(',')}])`;
      default:
        throw new InternalError('a generic callee in a concrete body');
    }
  }

  private argument(operand: Operand, byValue: boolean, pre: string[]): string {
    const layout = this.cx.layout(this.operandType(operand));
    if (!byValue) return this.operandAddress(operand, pre);
    switch (layout.kind) {
      case 'empty':
        return '0';
      case 'scalar':
      case 'vector':
        return this.value(operand);
      case 'aggregate': {
        const address = this.operandAddress(operand, pre);
        if (operand.kind === 'move') return address;
        const slot = this.frameSlot(layout.size, layout.align);
        pre.push(`${this.use('cp')}(${slot},${address},${layout.size});`);
        return slot;
      }
    }
  }

  private call(statement: Extract<Statement, { kind: 'call' }>): string {
    const layout = this.cx.layout(this.placeType(statement.dest));
    const pre: string[] = [];
    const head = this.site(statement.span);
    if (layout.kind === 'empty') {
      const code = this.callCode(statement.callee, statement.args, '0', '0', statement.span, pre);
      return `${head}${pre.join('')}${code};`;
    }
    if (layout.kind === 'aggregate') {
      if (statement.callee.kind === 'foreign') throw new InternalError('a C function that returns a struct');
      const dest = this.memoryDest(statement.dest);
      const code = this.callCode(statement.callee, statement.args, dest.address, '0', statement.span, pre);
      return `${head}${pre.join('')}${code};${dest.after}`;
    }
    const code = this.callCode(statement.callee, statement.args, '0', '0', statement.span, pre);
    const result =
      statement.callee.kind === 'foreign'
        ? `R.result(${code},${JSON.stringify(scalarKey(present(layout.scalar, 'scalar')))})`
        : code;
    return `${head}${pre.join('')}${this.write(statement.dest, result)}`;
  }
}
