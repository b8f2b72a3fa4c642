/** Makes a failing program smaller while it keeps failing: statements are left out, blocks are replaced by their contents, functions
 *  that nobody calls disappear. A change that the model rejects is not tried further.
 *  In: a program and a test of failure.  Out: a program that fails and from which no single part can be left out. */
import { faultsOf } from './batch.ts';
import { printPrograms } from './print-program.ts';
import { type Expression, FIELDS, type Program, type ProgramFunction, type Statement } from './tree.ts';

export async function minimize(program: Program, fails: (candidate: Program) => Promise<boolean>): Promise<Program> {
  let best = program;
  for (let progress = true; progress; ) {
    progress = false;
    for (const candidate of smaller(best)) {
      // Lines are noted when a program is printed.
      printPrograms([candidate]);
      if (!isSound(candidate) || !(await fails(candidate))) continue;
      best = candidate;
      progress = true;
      break;
    }
  }
  return best;
}

/** Whether every name is declared where it is used, and the model finds no fault. */
function isSound(program: Program): boolean {
  try {
    return faultsOf(program).length === 0;
  } catch {
    // A use lost its declaration.
    return false;
  }
}

/** Programs that lack one part, the largest parts first. */
function* smaller(program: Program): Generator<Program> {
  const { functions } = program;
  for (let i = 0; i < functions.length - 1; i++) {
    const name = functions[i]?.name ?? '';
    if (!functions.some((fn) => mentions(fn.body, name))) yield without(program, i);
  }
  for (const [i, fn] of functions.entries())
    for (const body of smallerBlocks(fn.body)) yield replaced(program, i, { ...fn, body });
}

function without(program: Program, index: number): Program {
  return { ...program, functions: program.functions.filter((_, i) => i !== index) };
}

function replaced(program: Program, index: number, fn: ProgramFunction): Program {
  return { ...program, functions: program.functions.map((old, i) => (i === index ? fn : old)) };
}

function* smallerBlocks(body: readonly Statement[]): Generator<readonly Statement[]> {
  // Halves first: most of a large program has nothing to do with the failure.
  for (let size = body.length >> 1; size > 1; size >>= 1)
    for (let at = 0; at + size <= body.length; at += size) yield [...body.slice(0, at), ...body.slice(at + size)];
  for (const [i, statement] of body.entries()) {
    const before = body.slice(0, i);
    const after = body.slice(i + 1);
    yield [...before, ...after];
    for (const inner of blocksOf(statement)) if (inner.length > 0) yield [...before, ...inner, ...after];
    for (const simpler of simplerStatements(statement)) yield [...before, simpler, ...after];
  }
}

function blocksOf(s: Statement): readonly (readonly Statement[])[] {
  switch (s.kind) {
    case 'if':
      return [s.onTrue, s.otherwise ?? []];
    case 'while':
    case 'for':
      return [s.body, s.otherwise ?? []];
    case 'with':
    case 'drain':
    case 'present':
      return [s.body];
    case 'try':
      return [s.body, s.handler ?? [], s.otherwise ?? [], s.last ?? []];
    default:
      return [];
  }
}

function* simplerStatements(s: Statement): Generator<Statement> {
  switch (s.kind) {
    case 'if':
      if (s.otherwise !== null) yield { ...s, otherwise: null };
      for (const onTrue of smallerBlocks(s.onTrue)) yield { ...s, onTrue };
      if (s.otherwise !== null) for (const otherwise of smallerBlocks(s.otherwise)) yield { ...s, otherwise };
      return;
    case 'while':
    case 'for':
      if (s.rounds > 1) yield { ...s, rounds: s.rounds - 1 };
      if (s.otherwise !== null) yield { ...s, otherwise: null };
      for (const body of smallerBlocks(s.body)) yield { ...s, body };
      return;
    case 'with':
    case 'drain':
    case 'present':
      for (const body of smallerBlocks(s.body)) yield { ...s, body };
      return;
    case 'try':
      if (s.otherwise !== null) yield { ...s, otherwise: null };
      if (s.last !== null && s.handler !== null) yield { ...s, last: null };
      for (const body of smallerBlocks(s.body)) yield { ...s, body };
      if (s.handler !== null) for (const handler of smallerBlocks(s.handler)) yield { ...s, handler };
      if (s.last !== null) for (const last of smallerBlocks(s.last)) yield { ...s, last };
      return;
    case 'var':
      if (s.value !== null) for (const value of simplerValues(s.value)) yield { ...s, value };
      return;
    case 'assign':
    case 'eat':
    case 'discard':
    case 'append':
    case 'insert':
    case 'put':
      for (const value of simplerValues(s.value)) yield { ...s, value };
      return;
    case 'return':
      if (s.value !== null) for (const value of simplerValues(s.value)) yield { ...s, value };
      return;
    case 'use':
      if (s.places.length > 1) for (const place of s.places) yield { ...s, places: [place] };
      return;
    default:
      return;
  }
}

function* simplerValues(e: Expression): Generator<Expression> {
  const plain: Expression = { kind: 'new', type: e.type, number: 9, parts: [] };
  const isPlain = e.kind === 'new' && e.parts.length === 0;
  const resource = FIELDS[e.type].length === 0;
  if (!isPlain && resource) yield plain;
  if (e.kind === 'either') {
    yield e.onTrue;
    yield e.otherwise;
  }
  if (e.kind === 'pass' || e.kind === 'through') {
    yield e.value;
    for (const value of simplerValues(e.value)) yield { ...e, value };
  }
  if (e.kind === 'new')
    for (const [i, part] of e.parts.entries())
      for (const simpler of simplerValues(part))
        yield { ...e, parts: e.parts.map((old, j) => (i === j ? simpler : old)) };
}

function mentions(body: readonly Statement[], name: string): boolean {
  return JSON.stringify(body).includes(`"name":"${name}"`);
}
