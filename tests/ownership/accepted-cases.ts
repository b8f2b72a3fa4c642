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

/** What a loop goes over, and where a resource is in an element. */
const LOOPS: readonly (readonly [kind: KindName, over: string, element: string])[] = [
  ['L', '@', '@'],
  ['L', 'Span(@)', '@'],
  ['L', '@[0:2]', '@'],
  ['LL', '@', '@[0]'],
  ['LL', '@[0]', '@'],
  ['LP', '@', '@.b'],
  ['LO', '@', '@.value()'],
  ['D', '@.values()', '@'],
  ['D', '@.items()', '@.value'],
  ['DL', '@.values()', '@[0]'],
  ['DL', '@[1]', '@'],
  ['Q', '@', '@'],
  ['A', '@', '@'],
  ['H', '@.rows', '@'],
  ['H', '@.view()', '@'],
];

/** What leads to the elements of a list `@`, and a resource in it, or a look at them. */
const VIEWS: readonly (readonly [made: string, look: string])[] = [
  ['Span(@)', '@[0]'],
  ['@[0:1]', '@[0]'],
  ['Span(@)[1:2]', '@[0]'],
  ['Optional(Span(@))', '@.value()[1]'],
  ['Cursor(Span(@), 0)', '@.next()'],
  ['[Span(@)]', '@[0][0]'],
  ['@.__iter__()', 'for e in @: use(e)'],
  ['Span(@)', 'all_of(@) # '],
  ['Pointer(to=@)', '@[][0]'],
  ['Pointer(to=element(@))', '@[]'],
];

/** What leads to the bytes of a string `@`, as `#`, and a look at them. */
const TEXTS: readonly (readonly [made: string, call: string])[] = [
  ['ref # = @', 'text(#)'],
  ['var # = StringSlice(@)', 'text(#)'],
  ['var # = @[byte=1:9]', 'text(#)'],
  ['var # = @.as_bytes()', 'text(StringSlice(unsafe_from_utf8=#))'],
  ['var # = @.split("e")', 'text(#[0])'],
  ['var # = longer(StringSlice(@), StringSlice("abc"))', 'text(#)'],
  ['var # = Pointer(to=@)', 'text(#[])'],
  ['var # = Optional(StringSlice(@))', 'text(#.value())'],
  ['var # = @.codepoint_slices()', 'for c in #: text(c)'],
  ['def #() {imm ROOT}: text(@)', '#()'],
];

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

  private filled(kinds: readonly KindName[] = KIND_NAMES): readonly Variable[] {
    return this.variables.filter(({ kind, empty }) => !empty && kinds.includes(kind));
  }

  /** A resource: in a variable, or behind a reference. */
  private place(): string | null {
    const { dice } = this;
    const reference = dice.chance(50) ? dice.pick(this.references.filter(({ call }) => call === null)) : null;
    if (reference !== null) return reference.place;
    const found = dice.pick(this.filled().filter(({ kind }) => KINDS[kind].places.length > 0));
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
    return this.loop(inner);
  }

  /** Over the elements of a container, or of what a held reference leads to. */
  private loop(inner: () => string[]): string[] {
    const { dice } = this;
    const found = dice.pick(this.filled(LOOPS.map(([kind]) => kind)));
    const [, over, element] = dice.pick(LOOPS.filter(([kind]) => kind === found?.kind)) ?? [];
    if (found === null || over === undefined || element === undefined) return this.look();
    const name = `e${this.names++}`;
    const place = element.replaceAll('@', name);
    const saved = this.references;
    this.references = [...saved, { place, call: null, root: '' }];
    const body = inner();
    this.references = saved;
    const how = dice.pick(['ref ', '']) ?? '';
    return [`for ${how}${name} in ${over.replaceAll('@', found.name)}:`, ...body, `    use(${place})`];
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
    const found = dice.pick(this.filled());
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
    switch (dice.roll(20)) {
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
      case 8:
      case 9: {
        const list = dice.pick(this.filled(['L']))?.name;
        const [made, look] = dice.pick(VIEWS) ?? [];
        if (list === undefined || made === undefined || look === undefined)
          return add(name, [`ref ${name} = ${place}`]);
        const lines = [`var ${name} = ${made.replaceAll('@', list)}`];
        if (!look.includes(' ')) return add(look.replaceAll('@', name), lines);
        this.references.push({ place: name, call: look.replaceAll('@', name), root: list });
        return lines;
      }
      case 10:
      case 11:
        return this.text(name);
      case 12:
        return add(name, [`ref ${name} = ${dice.pick(['lent', 'same']) ?? ''}(${place})`]);
      case 13:
        return add(`${name}.either(${dice.roll(2)})`, [
          `var ${name} = Both(Pointer(to=${place}), Pointer(to=${this.place() ?? place}))`,
        ]);
      case 14: {
        // A closure that captures a closure.
        const inner = dice.pick(this.references.filter(({ call }) => call !== null && /^r\d+\(\)$/.test(call)));
        if (inner === null) return this.closure(name, place);
        this.references.push({ place: name, call: `${name}()`, root: inner.root });
        const also = /^[a-z]\w*/.exec(place)?.[0] ?? '';
        const captures = [`imm ${inner.place}`, ...(also === '' || also === inner.place ? [] : [`imm ${also}`])];
        return [
          `def ${name}() {${captures.join(', ')}}:`,
          `    ${inner.call}`,
          `    use(${also === '' ? 'R(3)' : place})`,
        ];
      }
      default:
        return this.closure(name, place);
    }
  }

  /** Something that leads to the bytes of a string. */
  private text(name: string): string[] {
    const { dice } = this;
    const found = dice.pick(this.filled(['Z', 'LZ']));
    if (found === null) return this.look();
    const owner = found.kind === 'Z' ? found.name : `${found.name}[${dice.roll(2)}]`;
    const [made, call] = dice.pick(TEXTS) ?? ['ref # = @', 'text(#)'];
    const fill = (text: string): string =>
      text.replaceAll('#', name).replaceAll('@', owner).replaceAll('ROOT', found.name);
    this.references.push({ place: name, call: fill(call), root: found.name });
    return [fill(made)];
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
