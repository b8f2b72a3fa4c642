/** `node bench/calls/run.mjs [--rounds N]`: nanoseconds of one call from JavaScript into Mojo, beside plain JavaScript, glue as wasm-bindgen
 *  writes it, and a native addon in C. Prints a table in Markdown. A peer that cannot be built is left out by name.
 *
 *  A figure is the median of the rounds, which interleave all peers; a round calls for about 20 ms of processor time. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openGlue } from './glue.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.dirname(path.dirname(HERE));
const at = process.argv.indexOf('--rounds');
const ROUNDS = at < 0 ? 15 : Number(process.argv[at + 1]);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kiln-calls-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

function build(backend) {
  const out = path.join(folder, backend);
  const words = ['build', '--emit', 'js', '--backend', backend, path.join(HERE, 'calls.mojo'), '-o', out];
  const made = spawnSync(path.join(ROOT, 'kiln'), words, { encoding: 'utf8' });
  if (made.status !== 0) return made.stderr.trim();
  // Where the folder's own package would be installed.
  if (!fs.existsSync(path.join(folder, 'node_modules')))
    fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  return null;
}

function buildAddon() {
  const includes = [path.join(path.dirname(process.execPath), '..', 'include', 'node'), '/usr/include/node'];
  const include = includes.find((name) => fs.existsSync(path.join(name, 'node_api.h')));
  if (include === undefined) return "Node's headers are not installed";
  const words = ['-O3', '-shared', '-fPIC', `-I${include}`, path.join(HERE, 'addon.c'), '-o', path.join(folder, 'addon.node')];
  const made = spawnSync('cc', words, { encoding: 'utf8' });
  return made.status === 0 ? null : `no C compiler (${made.error?.message ?? made.stderr.trim()})`;
}

const peers = [
  [
    'JavaScript',
    {
      add: (a, b) => (a + b) | 0,
      dot: (a, b) => {
        let sum = 0;
        for (let i = 0; i < a.length; i++) sum = Math.fround(sum + Math.fround(a[i] * b[i]));
        return sum;
      },
      greet: (name) => `hello, ${name}`,
      apply: (f, x) => f(x),
    },
  ],
];
const missing = [];
const offer = async (name, problem, open) => {
  if (problem === null) peers.push([name, await open()]);
  else missing.push(`${name}: ${problem}`);
};
const wasm = build('wasm');
await offer('Kiln, wasm', wasm, () => import(path.join(folder, 'wasm', 'index.js')));
await offer('glue by hand, wasm', wasm, () => openGlue(path.join(folder, 'wasm', 'calls.wasm')));
await offer('Kiln, native', build('native'), () => import(path.join(folder, 'native', 'index.js')));
await offer('addon in C (Node-API)', buildAddon(), () => createRequire(import.meta.url)(path.join(folder, 'addon.node')));

const short = [new Float32Array(16).fill(0.5), new Float32Array(16).fill(2)];
const long = [new Float32Array(1024).fill(0.5), new Float32Array(1024).fill(2)];
const twice = (x) => x * 2;
const rows = [
  ['add(1, 2)', 3, (m) => m.add(1, 2)],
  ['dot of 16 floats', 16, (m) => m.dot(short[0], short[1])],
  ['dot of 1024 floats', 1024, (m) => m.dot(long[0], long[1])],
  ["greet('world')", 'hello, world', (m) => m.greet('world')],
  ['apply(f, 2)', 4, (m) => m.apply(twice, 2)],
];

/** A loop of its own for each peer and row, so that V8 compiles each by itself. */
function timer(call, module) {
  const loop = new Function('call', 'module', 'n', 'for (let i = 0; i < n; i++) call(module);');
  const free = { short, long, twice };
  const f = new Function(...Object.keys(free), `return ${call.toString()}`)(...Object.values(free));
  let n = 1000;
  const run = () => {
    // Processor time: what else the machine does counts less.
    const started = process.cpuUsage();
    loop(f, module, n);
    const { user, system } = process.cpuUsage(started);
    return (user + system) * 1000;
  };
  for (let warm = 0; warm < 5; warm++) n = Math.max(1000, Math.round((n * 2e7) / Math.max(run(), 1)));
  return () => run() / n;
}

console.log(`| | ${peers.map(([name]) => name).join(' | ')} |`);
console.log(`|---|${peers.map(() => '---:').join('|')}|`);
for (const [title, expected, call] of rows) {
  const timers = peers.map(([name, module]) => {
    const got = call(module);
    if (got !== expected) throw new Error(`${name}: ${title} is ${got}`);
    return timer(call, module);
  });
  const times = timers.map(() => []);
  for (let round = 0; round < ROUNDS; round++) for (const [i, time] of timers.entries()) times[i].push(time());
  const medians = times.map((list) => list.sort((a, b) => a - b)[list.length >> 1]);
  console.log(`| ${title} | ${medians.map((ns) => (ns < 10 ? ns.toFixed(1) : ns.toFixed(0))).join(' | ')} |`);
}
for (const line of missing) console.log(`\nleft out: ${line}`);
process.exit(0);
