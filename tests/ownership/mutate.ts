/** Makes valid programs invalid on purpose: one statement is put in (or a value taken away), after which the model names the line that
 *  the compiler must reject. Kinds of mistake that the model does not know (a field that an initializer leaves out, a part moved out of a type
 *  with a destructor) come from templates in `templates.ts`.
 *  In: a program that the model accepts.  Out: a program with a fault, and where. */
import { faultsOf } from './batch.ts';
import { printPrograms } from './print-program.ts';
import { Dice } from './random.ts';
import { ELEMENT, type Path, type Program, type Statement, type Type } from './tree.ts';
import type { Fault } from './verdict.ts';

export interface Mutant {
  readonly program: Program;
  readonly what: string;
  /** By lines of `text`. */
  readonly faults: readonly Fault[];
  readonly text: string;
}

interface Site {
  readonly body: Statement[];
  readonly at: number;
  /** Declared before this point in the same or an outer block. */
  readonly names: readonly { readonly name: string; readonly type: Type }[];
  readonly inLoop: boolean;
}

/** A deep copy whose blocks can be changed. */
function copyOf(program: Program): Program {
  return structuredClone(program);
}

interface Inner {
  readonly block: readonly Statement[];
  /** What the construct declares in it. */
  readonly own: Site['names'];
  readonly again: boolean;
}

function blocksOf(s: Statement): Inner[] {
  const once = (block: readonly Statement[] | null): Inner[] =>
    block === null ? [] : [{ block, own: [], again: false }];
  switch (s.kind) {
    case 'if':
      return [...once(s.onTrue), ...once(s.otherwise)];
    case 'while':
    case 'for':
      return [{ block: s.body, own: [], again: true }, ...once(s.otherwise)];
    case 'drain':
      return [{ block: s.body, own: [{ name: s.name, type: 'R' }], again: true }];
    case 'with':
    case 'present':
      return once(s.body);
    case 'try':
      return [...once(s.body), ...once(s.handler), ...once(s.otherwise), ...once(s.last)];
    default:
      return [];
  }
}

/** All gaps between statements. */
function sitesOf(program: Program): Site[] {
  const sites: Site[] = [];
  const visit = (body: readonly Statement[], outer: Site['names'], inLoop: boolean): void => {
    const names = [...outer];
    const list = body as Statement[];
    for (let at = 0; at <= list.length; at++) {
      sites.push({ body: list, at, names: [...names], inLoop });
      const statement = list[at];
      if (statement === undefined) continue;
      if (statement.kind === 'var') names.push({ name: statement.name, type: statement.type });
      for (const { block, own, again } of blocksOf(statement)) visit(block, [...names, ...own], inLoop || again);
    }
  };
  for (const fn of program.functions)
    visit(
      fn.body,
      fn.parameters.filter((p) => p.convention !== 'read').map(({ name, type }) => ({ name, type })),
      false,
    );
  return sites;
}

const RESOURCES: readonly Type[] = ['R', 'I', 'M', 'Q', 'P', 'N', 'D', 'B', 'X', 'L', 'O', 'T', 'A', 'K', 'J', 'U'];

type Change = (site: Site, dice: Dice) => readonly Statement[] | null;

function named(site: Site, dice: Dice, types: readonly Type[]): { name: string; type: Type } | null {
  return dice.pick(site.names.filter((entry) => types.includes(entry.type)));
}

function eat(place: Path, type: Type): Statement {
  return { line: 0, kind: 'eat', value: { kind: 'move', place, type }, ignored: false };
}

function use(place: Path): Statement {
  return { line: 0, kind: 'use', places: [place] };
}

/** Each puts statements in at a gap; most of them break the program somewhere. */
const CHANGES: Readonly<Record<string, Change>> = {
  'moved before its uses': (site, dice) => {
    const found = named(site, dice, RESOURCES);
    return found === null ? null : [eat([found.name], found.type)];
  },
  'used after a move': (site, dice) => {
    const found = named(site, dice, RESOURCES);
    return found === null ? null : [eat([found.name], found.type), use([found.name])];
  },
  'moved twice': (site, dice) => {
    const found = named(site, dice, RESOURCES);
    return found === null ? null : [eat([found.name], found.type), eat([found.name], found.type)];
  },
  'moved in a loop': (site, dice) => {
    const found = named(site, dice, RESOURCES);
    if (found === null) return null;
    return [{ line: 0, kind: 'for', rounds: 2, body: [eat([found.name], found.type)], otherwise: null }];
  },
  'moved on one way': (site, dice) => {
    const found = named(site, dice, RESOURCES);
    if (found === null) return null;
    return [{ line: 0, kind: 'if', onTrue: [eat([found.name], found.type)], otherwise: null }, use([found.name])];
  },
  'a field used after it was moved': (site, dice) => {
    const found = named(site, dice, ['P']);
    if (found === null) return null;
    const back: Statement = {
      line: 0,
      kind: 'assign',
      place: [found.name, 'a'],
      type: 'R',
      value: { kind: 'new', type: 'R', number: 9, parts: [] },
    };
    return [eat([found.name, 'a'], 'R'), use([found.name, 'a']), back];
  },
  'the whole used without a field': (site, dice) => {
    const found = named(site, dice, ['P']);
    return found === null ? null : [eat([found.name, 'b'], 'R'), use([found.name])];
  },
  'never set': (_, dice) => {
    const type = dice.pick(RESOURCES) ?? 'R';
    return [{ line: 0, kind: 'var', name: 'u900', type, value: null }, use(['u900'])];
  },
  'set on one way': (_, dice) => {
    const type = dice.pick(['R', 'I', 'M'] as const) ?? 'R';
    const set: Statement = {
      line: 0,
      kind: 'assign',
      place: ['u900'],
      type,
      value: { kind: 'new', type, number: 9, parts: [] },
    };
    return [
      { line: 0, kind: 'var', name: 'u900', type, value: null },
      { line: 0, kind: 'if', onTrue: [set], otherwise: null },
      use(['u900']),
    ];
  },
  'swapped with itself': (site, dice) => {
    const found = named(site, dice, ['R']);
    return found === null ? null : [{ line: 0, kind: 'swap', a: [found.name], b: [found.name] }];
  },
  'a field swapped with itself': (site, dice) => {
    const found = named(site, dice, ['P']);
    return found === null ? null : [{ line: 0, kind: 'swap', a: [found.name, 'a'], b: [found.name, 'a'] }];
  },
  'read and given away in one call': (site, dice) => {
    const found = named(site, dice, ['R']);
    if (found === null) return null;
    const value = { kind: 'move', place: [found.name], type: 'R' } as const;
    return [{ line: 0, kind: 'discard', value: { kind: 'pass', place: [found.name], value, type: 'R' } }];
  },
  'an element used after the list has changed': (site, dice) => {
    const found = named(site, dice, ['L']);
    if (found === null) return null;
    const value = { kind: 'new', type: 'R', number: 9, parts: [] } as const;
    const change: Statement = dice.chance(50)
      ? { line: 0, kind: 'append', place: [found.name], value }
      : { line: 0, kind: 'clear', place: [found.name] };
    return [
      { line: 0, kind: 'append', place: [found.name], value },
      { line: 0, kind: 'ref', name: 'y900', place: [found.name, ELEMENT], how: 'ref' },
      change,
      use(['y900']),
    ];
  },
  'used through a reference after a move': (site, dice) => {
    const found = named(site, dice, ['R', 'P']);
    if (found === null) return null;
    return [
      { line: 0, kind: 'ref', name: 'y900', place: [found.name], how: 'ref' },
      eat([found.name], found.type),
      use(['y900']),
    ];
  },
  'used through a pointer after a move': (site, dice) => {
    const found = named(site, dice, ['R']);
    if (found === null) return null;
    return [
      { line: 0, kind: 'ref', name: 'z900', place: [found.name], how: 'pointer' },
      eat([found.name], found.type),
      use(['z900', '[]']),
    ];
  },
  'used through a struct with a pointer after a move': (site, dice) => {
    const found = named(site, dice, ['R']);
    if (found === null) return null;
    return [
      { line: 0, kind: 'ref', name: 'v900', place: [found.name], how: 'view' },
      eat([found.name], found.type),
      use(['v900', '()']),
    ];
  },
  'used through a reference to one of two after a move': (site, dice) => {
    const found = named(site, dice, ['R']);
    const other = named(site, dice, ['R']);
    if (found === null || other === null || found.name === other.name) return null;
    return [
      { line: 0, kind: 'pick', name: 'y900', a: [found.name], b: [other.name] },
      eat([dice.chance(50) ? found.name : other.name], 'R'),
      use(['y900']),
    ];
  },
  'an element looked at after the optional has changed': (site, dice) => {
    const found = named(site, dice, ['O']);
    if (found === null) return null;
    const take = { kind: 'take', place: [found.name], number: 9, type: 'R' } as const;
    const body: Statement[] = [
      { line: 0, kind: 'ref', name: 'y900', place: [found.name, ELEMENT], how: 'ref' },
      { line: 0, kind: 'discard', value: take },
      use(['y900']),
    ];
    return [{ line: 0, kind: 'present', place: [found.name], type: 'O', body }];
  },
  'an element swapped with itself': (site, dice) => {
    const found = named(site, dice, ['L']);
    if (found === null) return null;
    const element = [found.name, ELEMENT];
    const body: Statement[] = [{ line: 0, kind: 'swap', a: element, b: element }];
    return [{ line: 0, kind: 'present', place: [found.name], type: 'L', body }];
  },
  'used after its elements were taken out': (site, dice) => {
    const found = named(site, dice, ['L']);
    if (found === null) return null;
    return [{ line: 0, kind: 'drain', name: 'r900', place: [found.name], body: [use(['r900'])] }, use([found.name])];
  },
  'moved while a closure holds it': (site, dice) => {
    const found = named(site, dice, ['R', 'P']);
    if (found === null) return null;
    const how = dice.pick(['imm', 'ref'] as const) ?? 'imm';
    return [
      { line: 0, kind: 'closure', name: 'f900', captures: [{ how, name: found.name }], parameter: false },
      eat([found.name], found.type),
      {
        line: 0,
        kind: 'callClosure',
        name: 'f900',
        how: dice.pick(['direct', 'run'] as const) ?? 'direct',
        argument: null,
      },
    ];
  },
  'given to a closure that holds it': (site, dice) => {
    const found = named(site, dice, ['R']);
    if (found === null) return null;
    const argument = { kind: 'move', place: [found.name], type: 'R' } as const;
    return [
      { line: 0, kind: 'closure', name: 'f900', captures: [{ how: 'imm', name: found.name }], parameter: true },
      { line: 0, kind: 'callClosure', name: 'f900', how: 'direct', argument },
    ];
  },
  'a closure called after a struct took it': (site, dice) => {
    const found = named(site, dice, ['R']);
    if (found === null) return null;
    const call = { line: 0, kind: 'callClosure', how: 'direct', argument: null } as const;
    return [
      { line: 0, kind: 'closure', name: 'f900', captures: [{ how: 'mut', name: found.name }], parameter: false },
      { line: 0, kind: 'keepClosure', name: 'h900', closure: 'f900' },
      { ...call, name: 'h900', how: 'kept' },
      { ...call, name: 'f900' },
    ];
  },
  'moved by one of two values': (site, dice) => {
    const found = named(site, dice, ['R']);
    if (found === null) return null;
    const onTrue = { kind: 'move', place: [found.name], type: 'R' } as const;
    const otherwise = { kind: 'new', type: 'R', number: 9, parts: [] } as const;
    const value = { kind: 'either', onTrue, otherwise, type: 'R' } as const;
    return [{ line: 0, kind: 'eat', value, ignored: false }, use([found.name])];
  },
  'moved through a generic function': (site, dice) => {
    const found = named(site, dice, RESOURCES);
    if (found === null) return null;
    const value = { kind: 'move', place: [found.name], type: found.type } as const;
    const passed = { kind: 'through', value, type: found.type } as const;
    return [{ line: 0, kind: 'discard', value: passed }, use([found.name])];
  },
  'set where it may raise before': (_, dice) => {
    const type = dice.pick(['R', 'I', 'M'] as const) ?? 'R';
    const value = { kind: 'new', type, number: 9, parts: [] } as const;
    const body: Statement[] = [
      { line: 0, kind: 'fail', number: 9 },
      { line: 0, kind: 'assign', place: ['u900'], type, value },
    ];
    return [
      { line: 0, kind: 'var', name: 'u900', type, value: null },
      { line: 0, kind: 'try', body, error: null, handler: [], otherwise: null, last: null },
      use(['u900']),
    ];
  },
  'a field that does not come back': (site, dice) => {
    const found = named(site, dice, ['P', 'N', 'B']);
    if (found === null) return null;
    const field = found.type === 'P' ? 'a' : found.type === 'N' ? 'r' : 'item';
    return [eat([found.name, field], 'R')];
  },
  'moved while a closure holds a closure that holds it': (site, dice) => {
    const found = named(site, dice, ['R', 'P']);
    if (found === null) return null;
    const how = dice.pick(['imm', 'ref', 'move'] as const) ?? 'imm';
    return [
      ...nestedClosures(found.name, how),
      eat([found.name], found.type),
      { line: 0, kind: 'callClosure', name: 'f901', how: 'direct', argument: null },
    ];
  },
  'a closure called after a closure took it': (site, dice) => {
    const found = named(site, dice, ['R']);
    if (found === null) return null;
    const call = { line: 0, kind: 'callClosure', how: 'direct', argument: null } as const;
    return [...nestedClosures(found.name, 'move'), { ...call, name: 'f901' }, { ...call, name: 'f900' }];
  },
  'given to a closure whose closure holds it': (site, dice) => {
    const found = named(site, dice, ['R']);
    if (found === null) return null;
    const argument = { kind: 'move', place: [found.name], type: 'R' } as const;
    return [
      ...nestedClosures(found.name, 'imm', true),
      { line: 0, kind: 'callClosure', name: 'f901', how: 'direct', argument },
    ];
  },
  'used after a container took it': (site, dice) => {
    const found = named(site, dice, ['K', 'J', 'U', 'L']);
    const given = named(site, dice, ['R']);
    if (found === null || given === null) return null;
    const value = { kind: 'move', place: [given.name], type: 'R' } as const;
    const put: Statement =
      found.type === 'K' || found.type === 'J'
        ? { line: 0, kind: 'put', place: [found.name], key: found.type === 'K' ? 2 : 0, value }
        : { line: 0, kind: 'append', place: [found.name], value };
    return [put, use([given.name])];
  },
  'an element of an array or tuple swapped with itself': (site, dice) => {
    const found = named(site, dice, ['A', 'T']);
    if (found === null) return null;
    return [{ line: 0, kind: 'swap', a: [found.name, '1'], b: [found.name, '1'] }];
  },
  'moved away where a with block needs it at its end': (_, dice) => {
    const place = ['r900'];
    const body: Statement[] = dice.chance(50)
      ? [eat(place, 'R')]
      : [{ line: 0, kind: 'if', onTrue: [eat(place, 'R')], otherwise: null }];
    return [{ line: 0, kind: 'with', how: 'entered', name: 'r900', number: 9, body }];
  },
  'moved where a context manager may swallow an error': (site, dice) => {
    const found = named(site, dice, ['R', 'I', 'M', 'P']);
    if (found === null) return null;
    const inner: Statement[] = [eat([found.name], found.type), { line: 0, kind: 'fail', number: 9 }];
    const body: Statement[] = [
      { line: 0, kind: 'with', how: 'told', name: 'g900', number: 8, body: inner },
      use([found.name]),
    ];
    return [{ line: 0, kind: 'try', body, error: null, handler: [], otherwise: null, last: null }];
  },
  'set where a context manager may swallow an error': (_, dice) => {
    const type = dice.pick(['R', 'I', 'M'] as const) ?? 'R';
    const value = { kind: 'new', type, number: 9, parts: [] } as const;
    const inner: Statement[] = [
      { line: 0, kind: 'fail', number: 9 },
      { line: 0, kind: 'assign', place: ['u900'], type, value },
    ];
    const body: Statement[] = [
      { line: 0, kind: 'with', how: 'told', name: 'g900', number: 7, body: inner },
      use(['u900']),
    ];
    return [
      { line: 0, kind: 'var', name: 'u900', type, value: null },
      { line: 0, kind: 'try', body, error: null, handler: [], otherwise: null, last: null },
    ];
  },
  'moved in finally': (site, dice) => {
    const found = named(site, dice, ['R', 'I', 'M', 'P', 'K', 'A']);
    if (found === null) return null;
    const attempt = { line: 0, kind: 'try', error: null, handler: [], otherwise: null } as const;
    return [
      { ...attempt, body: [{ line: 0, kind: 'fail', number: 9 }], last: [eat([found.name], found.type)] },
      use([found.name]),
    ];
  },
  'used after a closure took it': (site, dice) => {
    const found = named(site, dice, ['R']);
    if (found === null) return null;
    return [
      { line: 0, kind: 'closure', name: 'f900', captures: [{ how: 'move', name: found.name }], parameter: false },
      { line: 0, kind: 'callClosure', name: 'f900', how: 'direct', argument: null },
      use([found.name]),
    ];
  },
};

/** `f900` holds a variable, `f901` holds `f900`. */
function nestedClosures(name: string, how: 'imm' | 'ref' | 'move', parameter = false): Statement[] {
  return [
    { line: 0, kind: 'closure', name: 'f900', captures: [{ how: 'imm', name }], parameter: false },
    { line: 0, kind: 'closure', name: 'f901', captures: [{ how, name: 'f900' }], parameter },
  ];
}

/** A mutant of a program, or null if the change that was drawn left it valid. */
export function mutantOf(program: Program, seed: number): Mutant | null {
  const dice = new Dice(seed);
  const names = Object.keys(CHANGES);
  const what = names[seed % names.length] ?? '';
  const change = CHANGES[what];
  if (change === undefined) return null;
  for (let attempt = 0; attempt < 20; attempt++) {
    const copy = copyOf(program);
    const site = dice.pick(sitesOf(copy));
    const put = site === null ? null : change(site, dice);
    if (site === null || put === null) continue;
    site.body.splice(site.at, 0, ...put);
    const text = printPrograms([copy]);
    try {
      const faults = faultsOf(copy);
      if (faults.length > 0) return { program: copy, what, faults, text };
    } catch {
      // The change is not of this language at all, such as a name that is not there.
    }
  }
  return null;
}
