/** Damaged programs through the checker: any bytes give diagnostics, never a crash, a hang or an internal error.
 *  A fixed seed, printed; KILN_FUZZ_COUNT (2000 before a release) and KILN_FUZZ_SEED choose others. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import { hostTarget } from '../../packages/backend-native/src/host-target.ts';
import { tuneEngine } from '../../packages/cli/src/engine.ts';
import { createNodeHost } from '../../packages/cli/src/node-host.ts';
import type { Host } from '../../packages/compiler/src/driver/host.ts';
import { defaultOptions, NO_LIMITS_GIVEN } from '../../packages/compiler/src/driver/options.ts';
import { compile } from '../../packages/compiler/src/driver/pipeline.ts';
import { renderText } from '../../packages/render/src/text.ts';
import { makeWorkplace, ROOT, type Workplace } from '../cli/kiln.ts';
import { Dice } from '../ownership/random.ts';

const COUNT = Number(process.env['KILN_FUZZ_COUNT'] ?? 250);
const SEED = Number(process.env['KILN_FUZZ_SEED'] ?? 20260101);
/** Of processor time: a busy machine is no hang. */
const LONGEST_MS = 2000;

/** The examples, the tests' own programs, and the seed programs where the checkout stands beside them. Those that need a package
 *  beside them are left out: without it every one of their mutants is the same few errors, and a search of the whole library. */
function listPrograms(): string[] {
  const found: string[] = [];
  for (const folder of ['examples', 'tests', '../shared/seed']) {
    const start = path.join(ROOT, folder);
    if (!fs.existsSync(start)) continue;
    for (const entry of fs.readdirSync(start, { recursive: true, withFileTypes: true })) {
      if (entry.isFile() && entry.name.endsWith('.mojo')) found.push(path.join(entry.parentPath, entry.name));
    }
  }
  return found.filter((file) => !/^from (kernels|\.)/m.test(fs.readFileSync(file, 'utf8'))).sort();
}

function makeRandom(seed: number): (below: number) => number {
  const dice = new Dice(seed);
  return (below) => dice.roll(below);
}

const SPICE = [
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ':',
  ',',
  '"',
  "'",
  '"""',
  '\n',
  '\n    ',
  '\t',
  '\\',
  '^',
  '=',
  '->',
  '@',
  '#',
  '`',
  '0x',
  '1e',
  '\u00e9',
  '\u{1f525}',
  '\0',
  ' fn ',
  ' def ',
  ' struct ',
  ' if ',
  ' for ',
  ' comptime ',
  ' self',
  ' Int',
  '**',
  '//',
  't"{',
  'T: ',
];

function mutate(text: string, random: (below: number) => number): Uint8Array {
  let out = text;
  const rounds = 1 + random(4);
  for (let i = 0; i < rounds; i++) {
    const at = random(out.length + 1);
    const length = random(12);
    const other = random(out.length + 1);
    switch (random(7)) {
      case 0:
        out = out.slice(0, at);
        break;
      case 1:
        out = out.slice(0, at) + out.slice(at + length);
        break;
      case 2:
        out = out.slice(0, at) + (SPICE[random(SPICE.length)] ?? '') + out.slice(at);
        break;
      case 3:
        out = out.slice(0, at) + out.slice(other, other + length * 4) + out.slice(at);
        break;
      case 4: {
        const lines = out.split('\n');
        lines.splice(random(lines.length), 1);
        out = lines.join('\n');
        break;
      }
      case 5: {
        const lines = out.split('\n');
        const line = random(lines.length);
        lines[line] = `${' '.repeat(random(9))}${(lines[line] ?? '').trimStart()}`;
        out = lines.join('\n');
        break;
      }
      default: {
        const words = out.split(/\b/);
        const word = random(words.length);
        words[word] = words[random(words.length)] ?? '';
        out = words.join('');
      }
    }
  }
  const bytes = new TextEncoder().encode(out);
  if (random(20) === 0 && bytes.length > 0) bytes[random(bytes.length)] = random(256);
  return bytes;
}

// As `kiln` itself runs.
tuneEngine();

let place: Workplace;
before(() => {
  place = makeWorkplace();
});
after(() => place.remove());

test(`${COUNT} mutants in process, seed ${SEED}`, () => {
  const programs = listPrograms().map((file) => fs.readFileSync(file, 'utf8'));
  assert.ok(programs.length > 0);
  const random = makeRandom(SEED);
  const node = createNodeHost(path.join(ROOT, 'std'));
  // The limit of steps makes an endless loop at compile time an error well within the time allowed.
  const options = {
    ...defaultOptions(hostTarget('generic', '')),
    requireMain: false,
    limits: { ...NO_LIMITS_GIVEN, steps: 1_000_000 },
  };
  for (let i = 0; i < COUNT; i++) {
    const program = programs[random(programs.length)] ?? '';
    const bytes = mutate(program, random);
    const keep = (why: string): string => {
      const file = path.join(ROOT, '.kiln', `mutant-${SEED}-${i}.mojo`);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, bytes);
      return `${why}; the program is in ${path.relative(ROOT, file)}`;
    };
    const request = { path: 'mutant.mojo', displayPath: 'mutant.mojo', options, stopAt: null, checkOnly: true };
    // Processor time: the clock of a busy machine says nothing. It counts the garbage of the mutants before, too, hence the
    // second try.
    const timed = (source: typeof bytes): { outcome: ReturnType<typeof compile>; text: string; elapsed: number } => {
      const host: Host = { ...node, readFile: (file) => (file === 'mutant.mojo' ? source : node.readFile(file)) };
      const started = process.cpuUsage();
      const outcome = compile(request, host);
      const text = renderText(outcome.diagnostics, outcome.sources, {
        color: false,
        width: 100,
        fallbackPath: 'mutant.mojo',
      });
      const used = process.cpuUsage(started);
      return { outcome, text, elapsed: (used.user + used.system) / 1000 };
    };
    let { outcome, text, elapsed } = timed(bytes);
    if (elapsed >= LONGEST_MS) ({ outcome, text, elapsed } = timed(bytes));
    // A large program takes its time unchanged, too.
    const longest = elapsed < LONGEST_MS ? LONGEST_MS : LONGEST_MS + 2 * timed(Buffer.from(program)).elapsed;
    if (outcome.internalFailure !== null)
      assert.fail(keep(`${outcome.internalFailure.pass}: ${outcome.internalFailure.stack}`));
    if (elapsed >= longest) assert.fail(keep(`took ${elapsed.toFixed(0)} ms of processor time`));
    assert.equal(text === '', outcome.diagnostics.length === 0);
  }
});

/** Where a name is used, not declared; conditions are left out, since what they would have promised is then missing. */
const USES = /(?<=[:([,=>]\s?|return |in )\b[A-Za-z_]\w*\b(?!\s*[:=]|\w*")/g;
const NO_USE =
  /^(self|Self|def|var|if|else|not|read|mut|ref|out|deinit|lambda|comptime|True|False|None|raises|and|or|in|is|as|for|while|return|pass|raise|try|with|match|case|struct|trait|t|r|b)$/;
const NO_LINE = /#|"|import|where|conforms_to|comptime|\bfor\b[^i]*$/;

test('an unknown name is one message', () => {
  const programs = listPrograms().filter((file) => file.includes(`${path.sep}language${path.sep}run${path.sep}`));
  const random = makeRandom(SEED + 2);
  const node = createNodeHost(path.join(ROOT, 'std'));
  const options = { ...defaultOptions(hostTarget('generic', '')), dialectNotes: false };
  const others: string[] = [];
  for (let i = 0; i < 40; i++) {
    const file = programs[random(programs.length)] ?? '';
    const text = fs.readFileSync(file, 'utf8');
    const uses = [...text.matchAll(USES)].filter(({ 0: name, index }) => {
      const line = text.slice(text.lastIndexOf('\n', index) + 1, index);
      return !NO_USE.test(name) && !NO_LINE.test(line);
    });
    const use = uses[random(uses.length)];
    if (use === undefined) continue;
    const changed = `${text.slice(0, use.index)}Unknown77${text.slice(use.index + use[0].length)}`;
    const host: Host = {
      ...node,
      readFile: (name) => (name === 'm.mojo' ? Buffer.from(changed) : node.readFile(name)),
    };
    const request = { path: 'm.mojo', displayPath: 'm.mojo', options, stopAt: null, checkOnly: true };
    const errors = compile(request, host).diagnostics.filter((entry) => entry.severity === 'error');
    const said = errors.map((entry) => entry.message).join('\n');
    if (errors.length !== 1 || !said.includes('Unknown77'))
      others.push(`'${use[0]}' at offset ${use.index} of ${path.relative(ROOT, file)}:\n${said}`);
  }
  // What is right may depend on the name in ways that nobody sees; more than one in twenty would be a habit.
  assert.ok(others.length * 20 <= 40, others.join('\n\n'));
});

test('50 mutants through the command line', () => {
  const programs = listPrograms().map((file) => fs.readFileSync(file, 'utf8'));
  const random = makeRandom(SEED + 1);
  for (let i = 0; i < 50; i++) {
    place.write('m.mojo', mutate(programs[random(programs.length)] ?? '', random));
    const result = place.kiln(['check', 'm.mojo']);
    assert.ok(result.status === 0 || result.status === 1, `status ${result.status}: ${result.stderr}`);
    assert.equal(result.stdout, '');
    assert.equal(result.status === 1, /: error\[M\d{4}\]: /.test(result.stderr), result.stderr);
  }
});
