/** Functions that hold references of every kind over changes of every kind, mostly wrong: what the compiler accepts of them may never
 *  reach a value after its end. No model says which are right; owners of heap cells and the heap check tell dead from alive.
 *  In: a seed.  Out: functions, each a case of its own. */
import { KIND_NAMES, type Kind, KINDS, type KindName } from './accepted-kinds.ts';
import type { Case } from './cases.ts';
import { Dice } from './random.ts';

interface Variable {
  readonly name: string;
  readonly kind: KindName;
  /** It cannot be looked into before it is filled again. */
  empty: boolean;
}

/** Something that leads to a resource without owning it: the text of the place. */
interface Reference {
  readonly place: string;
  readonly call: string | null;
  /** The variable that a closure captures: empty, it may be a trap to look into it. */
  readonly root: string;
}

class CaseMaker {
  private readonly dice: Dice;
  private variables: Variable[] = [];
  private references: Reference[] = [];
  private names = 0;
  private numbers = 100;

  constructor(dice: Dice) {
    this.dice = dice;
  }

  make(number: number): string {
    const { dice } = this;
    const lines: string[] = [];
    for (let i = 1 + dice.roll(3); i > 0; i--) {
      const kind = dice.pick(KIND_NAMES) ?? 'R';
      const name = `v${this.names++}`;
      lines.push(`var ${name} = ${KINDS[kind].make(this.number())}`);
      this.variables.push({ name, kind, empty: false });
    }
    lines.push(...this.block(3 + dice.roll(4), 2));
    for (const { place, call } of this.references) if (dice.chance(60)) lines.push(call ?? `use(${place})`);
    return `def case_${number}() raises:\n${lines.map((line) => `    ${line}\n`).join('')}    print()\n\n\n`;
  }

  private number(): number {
    return ++this.numbers;
  }

  private fill(text: string): string {
    return text
      .replaceAll('#', () => String(this.number()))
      .replaceAll('SEEN', () => (this.dice.chance(60) ? this.place() : null) ?? `R(${this.number()})`);
  }

  private variable(): Variable | null {
    return this.dice.pick(this.variables.filter((variable) => !variable.empty));
  }

  /** A resource: in a variable, or behind a reference. */
  private place(): string | null {
    const { dice } = this;
    const reference = dice.chance(50) ? dice.pick(this.references.filter(({ call }) => call === null)) : null;
    if (reference !== null) return reference.place;
    const found = this.variable();
    return found === null ? null : (dice.pick(KINDS[found.kind].places) ?? '@').replaceAll('@', found.name);
  }

  private block(count: number, depth: number): string[] {
    const { references, variables } = this;
    this.references = [...references];
    this.variables = [...variables];
    const lines: string[] = [];
    const refills: string[] = [];
    for (let i = 0; i < count; i++) {
      const before = this.variables.filter((variable) => variable.empty);
      lines.push(...this.statement(depth, refills));
      if (this.dice.chance(50)) for (const variable of before) variable.empty = this.flush(variable, refills, lines);
    }
    for (const variable of this.variables) if (variable.empty) variable.empty = this.flush(variable, refills, lines);
    if (depth < 2) this.references = references;
    if (depth < 2) this.variables = variables;
    return lines;
  }

  private flush(variable: Variable, refills: string[], lines: string[]): boolean {
    const at = refills.findIndex((line) => line.startsWith(variable.name));
    if (at < 0) return true;
    lines.push(...refills.splice(at, 1));
    return false;
  }

  private statement(depth: number, refills: string[]): string[] {
    const { dice } = this;
    const choice = dice.roll(depth > 0 ? 100 : 84);
    if (choice < 28) return this.reference();
    if (choice < 62) return this.change(refills);
    if (choice < 84) return this.look();
    const inner = (): string[] => this.block(1 + dice.roll(3), depth - 1).map((line) => `    ${line}`);
    if (choice < 88)
      return [
        `if String("ab").byte_length() == ${1 + dice.roll(2)}:`,
        ...inner(),
        ...(dice.chance(40) ? ['else:', ...inner()] : []),
      ];
    if (choice < 92) return ['for _ in range(2):', ...inner()];
    if (choice < 96) return ['try:', `    fails(${dice.roll(4)})`, ...inner(), 'except:', ...inner()];
    const list = dice.pick(this.variables.filter(({ kind, empty }) => kind === 'L' && !empty));
    if (list === null) return this.look();
    const name = `e${this.names++}`;
    const saved = this.references;
    this.references = [...saved, { place: name, call: null, root: '' }];
    const body = inner();
    this.references = saved;
    return [`for ref ${name} in ${list.name}:`, ...body, `    use(${name})`];
  }

  private look(): string[] {
    const { dice } = this;
    const empty = this.variables.filter((variable) => variable.empty).map(({ name }) => name);
    const calls = this.references.filter(({ call, root }) => call !== null && !empty.includes(root));
    const called = dice.chance(30) ? dice.pick(calls) : null;
    if (called?.call !== null && called !== null) return [called.call];
    const place = this.place() ?? 'R(1)';
    return [dice.chance(70) ? `use(${place})` : `two(${place}, ${this.place() ?? 'R(2)'})`];
  }

  private change(refills: string[]): string[] {
    const { dice } = this;
    const found = this.variable();
    if (found === null) return this.look();
    let kind: Kind = KINDS[found.kind];
    let place = found.name;
    for (let inner = dice.pick(kind.inner); inner !== null && dice.chance(60); inner = dice.pick(kind.inner)) {
      place = inner[1].replaceAll('@', place);
      kind = KINDS[inner[0]];
    }
    // Only a path of fields can be transferred.
    const isPath = /^[\w.]+$/.test(place);
    const emptied = dice.chance(30)
      ? dice.pick(kind.emptied.filter(([change]) => isPath || !change.includes('^')))
      : null;
    if (emptied !== null) {
      found.empty = true;
      refills.push(this.fill(emptied[1].replaceAll('@', place)));
      return [this.fill(emptied[0].replaceAll('@', place))];
    }
    if (dice.chance(12)) {
      const name = `w${this.names++}`;
      found.empty = true;
      refills.push(this.fill(`${found.name} = ${KINDS[found.kind].make(this.number())}`));
      this.variables.push({ name, kind: found.kind, empty: false });
      return [`var ${name} = ${found.name}^`];
    }
    return [this.fill((dice.pick(kind.changes) ?? '@ = R(#)').replaceAll('@', place))];
  }

  /** Something that leads to a resource. */
  private reference(): string[] {
    const { dice } = this;
    const place = this.place();
    if (place === null) return this.look();
    const name = `r${this.names++}`;
    const add = (reference: string, lines: string[]): string[] => {
      this.references.push({ place: reference, call: null, root: '' });
      return lines;
    };
    switch (dice.roll(11)) {
      case 0:
      case 1:
      case 2:
        return add(name, [`ref ${name} = ${place}`]);
      case 3:
        return add(`${name}[]`, [`var ${name} = Pointer(to=${place})`]);
      case 4:
        return add(`${name}.get()`, [`var ${name} = Holder(Pointer(to=${place}))`]);
      case 5:
        return add(name, [`ref ${name} = pick(${dice.roll(2)}, ${place}, ${this.place() ?? place})`]);
      case 6:
        return add(`${name}[0][]`, [`var ${name} = [pointer_to(${place})]`]);
      case 7:
        return add(`${name}.value()[]`, [`var ${name} = Optional(pointer_to(${place}))`]);
      case 8: {
        const list = dice.pick(this.variables.filter(({ kind, empty }) => kind === 'L' && !empty));
        if (list === null) return add(name, [`ref ${name} = ${place}`]);
        return add(`${name}[0]`, [`var ${name} = ${dice.pick([`Span(${list.name})`, `${list.name}[0:1]`]) ?? ''}`]);
      }
      default:
        return this.closure(name, place);
    }
  }

  private closure(name: string, place: string): string[] {
    const { dice } = this;
    const root = /^[a-z]\w*(?=[.[]|$)/.exec(place)?.[0];
    if (root === undefined) return this.look();
    const how = dice.pick(['imm', 'imm', 'mut', 'ref', 'var']) ?? 'imm';
    const inside = how === 'mut' && dice.chance(60) ? `set(${place}, R(${this.number()}))` : `use(${place})`;
    const capture = how === 'var' ? `var ${root}^` : `${how} ${root}`;
    const lines = [`def ${name}() {${capture}}:`, `    ${inside}`];
    const call =
      dice.pick([`${name}()`, `run(${name}, SEEN)`, `run_and_set(${name}, SEEN)`, `k${name}.call()`]) ?? `${name}()`;
    if (call.startsWith('k')) lines.push(`var k${name} = Keep(${name}^)`);
    this.references.push({ place: name, call: this.fill(call), root });
    return lines;
  }
}

export function acceptedCases(seed: number, count: number): readonly Case[] {
  const dice = new Dice(Math.imul(seed, 0x9e3779b1));
  return Array.from({ length: count }, (_, number) => ({ number, text: new CaseMaker(dice).make(number) }));
}
