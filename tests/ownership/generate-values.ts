/** Makes the values of random ownership programs: which places there are, and expressions over them. It keeps a rough account of what has
 *  a value, so that most programs are right; `judge` (verdict.ts) has the word on each.
 *  In: the dice, the functions made before, the shape of this one.  Out: expressions. */
import type { Dice } from './random.ts';
import {
  type Argument,
  type Expression,
  FIELDS,
  type Parameter,
  type Path,
  type ProgramFunction,
  type Type,
} from './tree.ts';

const RESOURCES: readonly Type[] = ['R', 'R', 'R', 'I', 'I', 'M', 'Q'];
const STRUCTS: readonly Type[] = ['P', 'P', 'N', 'D', 'W', 'B', 'B', 'X'];
export const TYPES: readonly Type[] = [
  ...RESOURCES,
  'R',
  ...STRUCTS,
  'L',
  'L',
  'L',
  'O',
  'O',
  'T',
  'A',
  'K',
  'K',
  'J',
  'U',
];
/** Types with a copy method that structs do not write. */
const COPIED: readonly Type[] = ['B', 'L', 'K', 'A'];
/** Structs with a method that takes them apart, by what it gives. */
const OPENED_FOR: Readonly<Partial<Record<Type, readonly Type[]>>> = { R: ['P', 'N', 'D'], M: ['W'] };

export interface Local {
  readonly name: string;
  readonly type: Type;
  /** A `read` argument, or a reference: cannot be moved or changed. */
  readonly fixed: boolean;
  filled: boolean;
  /** Declared outside the innermost loops: must have a value again at the end of a round. */
  readonly depth: number;
}

export interface Place {
  readonly path: Path;
  readonly type: Type;
  readonly local: Local;
}

export type Shape = Omit<ProgramFunction, 'name' | 'body'>;

/** How a local is written: a pointer and a view are looked behind. */
export function pathOf({ name }: Local): Path {
  if (name.startsWith('z')) return [name, '[]'];
  return name.startsWith('v') ? [name, '()'] : [name];
}

export class ValueMaker {
  protected readonly dice: Dice;
  protected readonly earlier: readonly ProgramFunction[];
  protected readonly parameters: readonly Parameter[];
  protected readonly raises: boolean;
  protected readonly result: Type | null;
  /** Every fifth program nests deeper. */
  protected readonly large: boolean;
  protected locals: Local[] = [];
  protected names = 0;
  protected numbers: number;
  protected loops = 0;
  protected tries = 0;
  /** In `finally` nothing leaves. */
  protected sealed = 0;

  constructor(dice: Dice, earlier: readonly ProgramFunction[], shape: Shape, numbers: number, large: boolean) {
    this.large = large;
    this.dice = dice;
    this.earlier = earlier;
    this.parameters = shape.parameters;
    this.raises = shape.raises;
    this.result = shape.result;
    this.numbers = numbers;
    for (const { name, type, convention } of shape.parameters)
      this.locals.push({ name, type, fixed: convention === 'read', filled: true, depth: 0 });
  }

  // ---- places

  protected places(types: readonly Type[], wanted: { readonly owned: boolean }): Place[] {
    const found: Place[] = [];
    const visit = (local: Local, path: Path, type: Type): void => {
      if (types.includes(type)) found.push({ path, type, local });
      if (type === 'D') return;
      for (const field of FIELDS[type]) visit(local, [...path, field.name], field.type);
    };
    for (const local of this.locals) {
      if (!local.filled || (wanted.owned && local.fixed)) continue;
      visit(local, pathOf(local), local.type);
    }
    return found;
  }

  protected readable(types: readonly Type[]): Place | null {
    return this.dice.pick(this.places(types, { owned: false }));
  }

  protected changeable(types: readonly Type[]): Place | null {
    return this.dice.pick(this.places(types, { owned: true }));
  }

  /** A whole variable that may be moved away here. */
  protected movable(types: readonly Type[]): Place | null {
    const found = this.places(types, { owned: true }).filter(
      ({ path, local }) => path.length === 1 && !local.name.startsWith('y') && !this.mustStay(local),
    );
    return this.dice.pick(found);
  }

  /** Inside a loop an outer variable that is moved would be missing in the next round; a `mut` argument, at the end. */
  protected mustStay(local: Local): boolean {
    return local.depth < this.loops || this.parameters.some((p) => p.name === local.name && p.convention === 'mut');
  }

  protected fresh(prefix: string): string {
    return `${prefix}${this.names++}`;
  }

  protected number(): number {
    return ++this.numbers;
  }

  /** Several numbers in a row: the first. */
  protected numbersOf(count: number): number {
    this.numbers += count;
    return this.numbers - count + 1;
  }

  protected filledNames(): Set<string> {
    return new Set(this.locals.filter((local) => local.filled).map((local) => local.name));
  }

  protected setFilled(names: ReadonlySet<string>): void {
    for (const local of this.locals) local.filled = names.has(local.name);
  }

  // ---- expressions

  protected value(type: Type, depth: number): Expression {
    const { dice } = this;
    if (depth > 0) {
      const choice = dice.roll(10);
      if (choice < 3) {
        const place = this.movable([type]);
        if (place !== null) {
          place.local.filled = false;
          return { kind: 'move', place: place.path, type };
        }
      }
      if (choice === 3) {
        const found = this.functionCall((fn) => fn.result === type);
        if (found !== null) return { kind: 'call', name: found.name, args: found.args, type };
      }
      const opened = choice === 8 ? (OPENED_FOR[type] ?? null) : null;
      const whole = opened === null ? null : this.movable(opened);
      if (whole !== null) {
        whole.local.filled = false;
        return { kind: 'open', place: whole.path, type };
      }
      if (choice === 9 && dice.chance(60)) {
        const found = this.wrapped(type, depth);
        if (found !== null) return found;
      }
      if (COPIED.includes(type) && choice < 6) {
        const place = this.readable([type]);
        if (place !== null)
          return { kind: type === 'L' && dice.chance(50) ? 'copies' : 'copy', place: place.path, type };
      }
      if (type === 'L' && choice === 6)
        return { kind: 'gather', number: this.numbersOf(3), count: dice.roll(4), filtered: dice.chance(40), type };
      if (type === 'P' && choice === 7 && this.mayRaise()) return { kind: 'half', number: this.number(), type };
      if (type === 'I' && choice < 8) {
        const place = this.readable(['I']);
        if (place !== null && place.path.length === 1) return { kind: 'name', place: place.path, type };
      }
      if (type === 'R') {
        const found = this.resourceFrom(choice, depth);
        if (found !== null) return found;
      }
    }
    return this.construct(type, depth);
  }

  /** Through a generic function, or one of two. */
  protected wrapped(type: Type, depth: number): Expression | null {
    // A display is a list only where one is asked for.
    if (type === 'L') return null;
    if (this.dice.chance(50)) return { kind: 'through', value: this.value(type, depth - 1), type };
    if (type !== 'R' && type !== 'P') return null;
    const before = this.filledNames();
    const onTrue = this.value(type, depth - 1);
    const between = this.filledNames();
    this.setFilled(before);
    const otherwise = this.value(type, depth - 1);
    const after = this.filledNames();
    this.setFilled(new Set([...between].filter((name) => after.has(name))));
    return { kind: 'either', onTrue, otherwise, type };
  }

  protected resourceFrom(choice: number, depth: number): Expression | null {
    const { dice } = this;
    switch (choice) {
      case 4: {
        const place = this.readable(['R']);
        return place === null ? null : { kind: 'copy', place: place.path, type: 'R' };
      }
      case 5:
        if (!this.mayRaise()) return null;
        if (dice.chance(40)) {
          const whole = this.movable(['P']);
          if (whole !== null) {
            whole.local.filled = false;
            return { kind: 'close', place: whole.path, number: this.number(), type: 'R' };
          }
        }
        return { kind: 'may', number: this.number(), type: 'R' };
      case 6: {
        const place = this.readable(['R']);
        if (place === null) return null;
        const value = this.value('R', depth - 1);
        if (!place.local.filled) return value;
        return { kind: 'pass', place: place.path, value, type: 'R' };
      }
      case 7: {
        const place = this.changeable([dice.pick(['L', 'L', 'O', 'O', 'K', 'U'] as const) ?? 'L']);
        if (place === null) return null;
        return { kind: place.type === 'O' ? 'take' : 'pop', place: place.path, number: this.number(), type: 'R' };
      }
      default:
        return null;
    }
  }

  protected construct(type: Type, depth: number): Expression {
    if (type === 'L' || type === 'O') {
      const count = this.dice.roll(type === 'L' ? 4 : 2);
      const parts = Array.from({ length: count }, () => this.value('R', depth - 1));
      return { kind: 'new', type, number: 0, parts };
    }
    if (type === 'K' || type === 'U') {
      const parts = this.dice.chance(30) ? [] : [this.value('R', depth - 1), this.value('R', depth - 1)];
      return { kind: 'new', type, number: 0, parts };
    }
    if (type === 'J')
      return { kind: 'new', type, number: 0, parts: [this.value(this.dice.chance(60) ? 'R' : 'P', depth - 1)] };
    const parts = FIELDS[type].map((field) => this.value(field.type, depth - 1));
    return { kind: 'new', type, number: this.number(), parts };
  }

  protected mayRaise(): boolean {
    return (this.raises || this.tries > 0) && this.sealed === 0;
  }

  protected functionCall(
    wanted: (fn: ProgramFunction) => boolean,
  ): { readonly name: string; readonly args: Argument[] } | null {
    const choices = this.earlier.filter((fn) => wanted(fn) && (!fn.raises || this.mayRaise()));
    const fn = this.dice.pick(choices);
    if (fn === null) return null;
    const args: Argument[] = [];
    const taken: Local[] = [];
    for (const parameter of fn.parameters) {
      if (parameter.convention === 'var') {
        args.push({ kind: 'value', value: this.value(parameter.type, 1) });
        continue;
      }
      const mut = parameter.convention === 'mut';
      const choices = this.places([parameter.type], { owned: mut }).filter(({ local }) => !taken.includes(local));
      const place = this.dice.pick(choices);
      if (place === null) {
        if (mut) return null;
        args.push({ kind: 'value', value: this.construct(parameter.type, 0) });
        continue;
      }
      taken.push(place.local);
      args.push({ kind: 'place', mut, place: place.path });
    }
    return args.some((arg) => arg.kind === 'place' && !this.stillFilled(arg.place)) ? null : { name: fn.name, args };
  }

  protected stillFilled(path: Path): boolean {
    return this.locals.find((local) => local.name === path[0])?.filled ?? false;
  }
}
