/** `npm run bench -- llama [--rounds N] [--print]`: tokens per second of `examples/llama` on a checkpoint of 15 million random weights by position, and
 *  the time of attention by length, with Kiln and with each peer that is here. Writes docs/kernels-speed.md and docs/kernels-speed.svg.
 *
 *  All programs run in turn, round by round; within a run a program reports its best of a few. A figure is the median over the rounds. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.resolve(HERE, '..', '..');
const LLAMA = path.join(ROOT, 'examples', 'llama');
const POSITIONS = [15, 255, 511, 1023];
const LENGTHS = [512, 1024, 2048, 4096];
/** Relative difference up to which two checksums are the same result. */
const TOLERANCE = 2e-3;

const words = process.argv.slice(2);
const rounds = words.includes('--rounds') ? Number(words[words.indexOf('--rounds') + 1]) : 5;
const kiln = path.join(ROOT, 'kiln');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kiln-llama-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

function run(program, args, env = {}) {
  const result = spawnSync(program, args, { encoding: 'utf8', cwd: ROOT, env: { ...process.env, ...env } });
  return { ok: result.error === undefined && result.status === 0, out: result.stdout ?? '', error: result.stderr ?? '' };
}

function must(program, args) {
  const result = run(program, args);
  if (!result.ok) throw new Error(`${program} ${args.join(' ')}\n${result.error}`);
}

const float32 = path.join(folder, 'float32.bin');
const int8 = path.join(folder, 'int8.bin');
const include = ['-I', ROOT, '-I', LLAMA];
must(kiln, ['run', ...include, path.join(HERE, 'random_checkpoint.mojo'), float32, ...'288 768 6 6 6 32000 1024'.split(' ')]);
must(kiln, ['run', ...include, path.join(LLAMA, 'quantize.mojo'), float32, int8, '32']);

/** Builds a program; the path, or null if there is no such compiler or it fails. */
const notes = [];
function built(name, program, args, binary) {
  const result = run(program, args);
  if (result.ok) return binary;
  notes.push(`${name} is not here${result.error === '' ? '' : `: ${result.error.trim().split('\n')[0].replaceAll(ROOT, '.')}`}`);
  return null;
}

const series = [];
function add(group, name, command, env = {}) {
  if (command[0] !== null) series.push({ group, name, command, env, samples: new Map() });
}

const binary = (name) => path.join(folder, name);
const nativeBuild = (source, out) => built('Kiln', kiln, ['build', ...include, path.join(HERE, source), '-o', out], out);
const model = nativeBuild('kernel.mojo', binary('model'));
const flash = nativeBuild('attention.mojo', binary('attention'));
const gcc = ['-O3', '-march=native', '-ffast-math', '-fopenmp'];
const cc = run('clang', ['--version']).ok ? 'clang' : 'gcc';
const modelC = built('C', cc, [...gcc, path.join(HERE, 'kernel.c'), '-o', binary('model-c'), '-lm'], binary('model-c'));
const flashC = built('C', cc, [...gcc, path.join(HERE, 'attention.c'), '-o', binary('attention-c'), '-lm'], binary('attention-c'));
const mojo = process.env.MOJO ?? 'mojo';
const peerBuild = (source, out) => built('Mojo', mojo, ['build', ...include, path.join(HERE, source), '-o', out], out);
const modelMojo = peerBuild('kernel.mojo', binary('model-mojo'));
const flashMojo = peerBuild('attention.mojo', binary('attention-mojo'));
const python = process.env.PYTHON ?? 'python3';
/** Python, if it has these packages. */
function pythonWith(name, packages) {
  if (run(python, ['-c', `import ${packages}`]).ok) return python;
  notes.push(`${name} is not here`);
  return null;
}
const numpy = pythonWith('NumPy', 'numpy');
const torch = pythonWith('PyTorch', 'numpy, torch');
const llamaCpp = pythonWith('llama.cpp', 'numpy, gguf, llama_cpp');
const wasm = (source) => [kiln, 'run', '--backend', 'wasm', ...include, path.join(HERE, source)];

const positions = POSITIONS.map(String);
const lengths = LENGTHS.map(String);
for (const threads of ['1', '2']) {
  const s = threads === '1' ? 'one thread' : 'two threads';
  add(`tokens, ${s}`, 'Kiln int8', [model, int8, threads, '60', ...positions]);
  add(`tokens, ${s}`, 'Kiln', [model, float32, threads, '60', ...positions]);
  if (threads === '1') add(`tokens, ${s}`, 'Kiln wasm', [...wasm('kernel.mojo'), float32, '1', '15', ...positions]);
  add(`tokens, ${s}`, 'Mojo', [modelMojo, float32, threads, '60', ...positions]);
  add(`tokens, ${s}`, cc, [modelC, float32, threads, '60', ...positions], { OMP_WAIT_POLICY: 'passive' });
  for (const [name, format] of [['llama.cpp', []], ['llama.cpp int8', ['int8']]])
    add(`tokens, ${s}`, name, [llamaCpp, path.join(HERE, 'tokens_llama_cpp.py'), float32, threads, '30', ...positions, ...format]);
  add(`attention, ${s}`, 'Kiln', [flash, threads, '5', ...lengths]);
  if (threads === '1') add(`attention, ${s}`, 'Kiln wasm', [...wasm('attention.mojo'), '1', '3', ...lengths]);
  add(`attention, ${s}`, 'Mojo', [flashMojo, threads, '5', ...lengths]);
  add(`attention, ${s}`, cc, [flashC, threads, '3', ...lengths], { OMP_WAIT_POLICY: 'passive' });
  add(`attention, ${s}`, 'NumPy', [numpy, path.join(HERE, 'attention.py'), threads, '3', ...lengths], {
    OMP_NUM_THREADS: threads,
    OPENBLAS_NUM_THREADS: threads,
  });
  add(`attention, ${s}`, 'PyTorch', [torch, path.join(HERE, 'attention_torch.py'), threads, '5', ...lengths]);
}

/** group + variant → checksum of the first series that has it */
const checksums = new Map();
for (let round = 0; round < rounds; round++) {
  for (const one of series) {
    const [program, ...args] = one.command;
    const result = run(program, args, one.env);
    if (!result.ok) {
      if (round === 0) notes.push(`${one.group}: ${one.name} failed`);
      continue;
    }
    for (const line of result.out.trim().split('\n')) {
      const [variant, checksum, nanoseconds] = line.split(' ');
      const key = variant.replace('int8', 'float32');
      if (!checksums.has(variant)) checksums.set(variant, Number(checksum));
      const expected = checksums.get(variant);
      if (round === 0 && Math.abs(Number(checksum) - expected) > TOLERANCE * expected)
        notes.push(`${one.group}: ${one.name} has ${checksum}, not ${expected}`);
      if (!one.samples.has(key)) one.samples.set(key, []);
      one.samples.get(key).push(Number(nanoseconds));
    }
  }
  process.stderr.write(`round ${round + 1} of ${rounds}\n`);
}

function median(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Tokens per second, or milliseconds of attention. */
function figure(one, size) {
  const samples = one.samples.get(one.group.startsWith('tokens') ? `float32-${size}` : `attention-${size}`);
  if (samples === undefined) return null;
  return one.group.startsWith('tokens') ? 1e9 / median(samples) : median(samples) / 1e6;
}

const digits = (value) => (value === null ? '' : value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toPrecision(3));
const groups = [...new Set(series.map((one) => one.group))];
const cpu = os.cpus()[0]?.model.trim() ?? 'unknown processor';
const tables = groups.map((group) => {
  const sizes = group.startsWith('tokens') ? POSITIONS : LENGTHS;
  const rows = series.filter((one) => one.group === group);
  return `## ${group[0].toUpperCase()}${group.slice(1)}

${group.startsWith('tokens') ? 'Tokens per second, by the position of the token.' : 'Milliseconds, causal, one head of 64 elements, by length.'}

| | ${sizes.join(' | ')} |
|---|${sizes.map(() => '---').join('|')}|
${rows.map((one) => `| ${one.name} | ${sizes.map((size) => digits(figure(one, size))).join(' | ')} |`).join('\n')}
`;
});
const markdown = `# Speed of the kernels

Written by \`npm run bench -- llama\` (${new Date().toISOString().slice(0, 10)}; ${cpu}, ${os.cpus().length} processors; load ${os.loadavg()[1].toFixed(1)} when it ended). Median of ${rounds} interleaved
rounds, each the best of several. The model has 15 million random weights (dim 288, 6 layers, 6 heads, 32000 tokens); the C programs are those of \`bench/llama\`, compiled with
\`${cc} -O3 -march=native -ffast-math -fopenmp\`. "Kiln" and "Mojo" are the same source.

![The same as a chart](kernels-speed.svg)

${tables.join('\n')}${notes.length === 0 ? '' : `\n${[...new Set(notes)].map((note) => `- ${note}`).join('\n')}\n`}`;

const COLORS = { 'Kiln int8': '#e8590c', Kiln: '#d9480f', 'Kiln wasm': '#f08c00', Mojo: '#868e96', NumPy: '#9c36b5', PyTorch: '#c2255c', 'llama.cpp': '#2f9e44', 'llama.cpp int8': '#2b8a3e' };
const colorOf = (name) => COLORS[name] ?? '#1971c2';

/** One panel for each group: lines by size, both axes logarithmic. */
function chart() {
  const width = 330;
  const height = 210;
  const parts = groups.map((group, index) => {
    const sizes = group.startsWith('tokens') ? POSITIONS : LENGTHS;
    const rows = series.filter((one) => one.group === group);
    const values = rows.flatMap((one) => sizes.map((size) => figure(one, size))).filter((value) => value !== null);
    const low = 10 ** Math.floor(Math.log10(Math.min(...values)));
    const high = 10 ** Math.ceil(Math.log10(Math.max(...values)));
    const left = 50 + (index % 2) * (width + 130);
    const top = 40 + Math.floor(index / 2) * (height + 70);
    const x = (size) => left + (Math.log(size / sizes[0]) / Math.log(sizes.at(-1) / sizes[0])) * width;
    const y = (value) => top + height - (Math.log(value / low) / Math.log(high / low)) * height;
    const out = [`<text x="${left}" y="${top - 12}" font-weight="bold">${group}: ${group.startsWith('tokens') ? 'per second' : 'milliseconds'}</text>`];
    for (let mark = low; mark <= high * 1.01; mark *= 10) {
      out.push(
        `<line x1="${left}" y1="${y(mark).toFixed(1)}" x2="${left + width}" y2="${y(mark).toFixed(1)}" stroke="#dee2e6"/>`,
        `<text x="${left - 6}" y="${(y(mark) + 4).toFixed(1)}" text-anchor="end">${mark >= 1 ? mark : Number(mark.toPrecision(1))}</text>`,
      );
    }
    for (const size of sizes)
      out.push(`<text x="${x(size).toFixed(1)}" y="${top + height + 16}" text-anchor="middle">${size}</text>`);
    let lastLabel = Number.NEGATIVE_INFINITY;
    const labels = rows
      .map((one) => ({ one, at: y(figure(one, sizes.at(-1)) ?? low) }))
      .sort((a, b) => a.at - b.at);
    for (const { one, at } of labels) {
      const points = sizes.map((size) => [x(size), figure(one, size)]).filter(([, value]) => value !== null);
      const place = Math.max(at, lastLabel + 13);
      lastLabel = place;
      out.push(
        `<polyline fill="none" stroke="${colorOf(one.name)}" stroke-width="2" points="${points.map(([px, value]) => `${px.toFixed(1)},${y(value).toFixed(1)}`).join(' ')}"/>`,
        ...points.map(([px, value]) => `<circle cx="${px.toFixed(1)}" cy="${y(value).toFixed(1)}" r="3" fill="${colorOf(one.name)}"/>`),
        `<text x="${left + width + 8}" y="${(place + 4).toFixed(1)}" fill="${colorOf(one.name)}">${one.name}</text>`,
      );
    }
    return out.join('\n');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="${60 + Math.ceil(groups.length / 2) * (height + 70)}" font-family="sans-serif" font-size="11">
<rect width="100%" height="100%" fill="white"/>
${parts.join('\n')}
</svg>
`;
}

process.stdout.write(markdown);
if (!words.includes('--print')) {
  fs.writeFileSync(path.join(ROOT, 'docs', 'kernels-speed.md'), markdown);
  fs.writeFileSync(path.join(ROOT, 'docs', 'kernels-speed.svg'), chart());
}
