/** `npm run bench [WORKLOAD…] [--rounds N] [--json FILE] [--print]`: builds every workload with Kiln and with each peer that is here,
 *  runs them in turn, checks that their results agree, and writes docs/benchmarks.md and docs/benchmarks.svg.
 *
 *  A program prints a line for each variant: its name, a checksum, and the best of its own rounds in nanoseconds, so that start-up does not
 *  count. A figure is the median over the harness's rounds, which interleave all programs: whatever disturbs the machine disturbs all. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.dirname(HERE);
/** Relative difference up to which two checksums are the same result in another order of floating-point operations. */
const TOLERANCE = 1e-3;

const words = process.argv.slice(2);
const wanted = [];
let rounds = 7;
let json = null;
let printOnly = false;
for (let i = 0; i < words.length; i++) {
  if (words[i] === '--rounds') rounds = Number(words[++i]);
  else if (words[i] === '--json') json = words[++i];
  else if (words[i] === '--print') printOnly = true;
  else wanted.push(words[i]);
}

// A workload with a script of its own, such as `llama`, is that script's.
const own = wanted.map((name) => path.join(HERE, name, 'run.mjs')).find((script) => fs.existsSync(script));
if (own !== undefined) process.exit(spawnSync(process.execPath, [own, ...words], { stdio: 'inherit' }).status ?? 1);

function answers(program, args = ['--version']) {
  const result = spawnSync(program, args, { encoding: 'utf8' });
  return result.error === undefined && result.status === 0 ? result.stdout.split('\n')[0].trim() : null;
}

function firstOf(programs, args) {
  for (const program of programs) {
    const version = answers(program, args);
    if (version !== null) return { program, version };
  }
  return null;
}

const missing = [];
function peer(name, found, make) {
  if (found === null) {
    missing.push(name);
    return [];
  }
  return [{ name, version: found.version, ...make(found.program) }];
}

const kiln = path.join(ROOT, 'kiln');
const compiled = (source, command) => ({ source, build: command, run: (binary) => [binary, []] });
const clang = firstOf(['clang-22', 'clang', 'clang-21', 'clang-20']);
const python = firstOf([process.env.PYTHON ?? 'python3'], ['-c', 'import numpy; print("NumPy", numpy.__version__)']);
const peers = [
  { name: 'Kiln', version: answers(kiln) ?? '', ...compiled('kernel.mojo', (src, out) => [kiln, ['build', '-o', out, src]]) },
  {
    name: 'Kiln fast',
    version: '--fp-mode fast',
    ...compiled('kernel.mojo', (src, out) => [kiln, ['build', '--fp-mode', 'fast', '-o', out, src]]),
  },
  ...peer('Mojo', firstOf([process.env.MOJO ?? 'mojo']), (mojo) =>
    compiled('kernel.mojo', (src, out) => [mojo, ['build', src, '-o', out]]),
  ),
  ...peer('clang', clang, (cc) =>
    compiled('kernel.c', (src, out) => [cc, ['-O3', '-march=native', src, '-o', out, '-lm']]),
  ),
  ...peer('clang fast', clang, (cc) =>
    compiled('kernel.c', (src, out) => [cc, ['-O3', '-march=native', '-ffast-math', src, '-o', out, '-lm']]),
  ),
  ...peer('Rust', firstOf(['rustc']), (rustc) =>
    compiled('kernel.rs', (src, out) => [rustc, ['-C', 'opt-level=3', '-C', 'target-cpu=native', src, '-o', out]]),
  ),
  ...peer('NumPy', python, (program) => ({ source: 'kernel.py', build: null, run: (_, src) => [program, [src]] })),
];

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kiln-bench-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

const workloads = fs
  .readdirSync(HERE, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !fs.existsSync(path.join(HERE, entry.name, 'run.mjs')))
  .filter((entry) => wanted.length === 0 || wanted.includes(entry.name))
  .map((entry) => entry.name)
  .sort();

const notes = [];
const programs = [];
for (const workload of workloads) {
  for (const entry of peers) {
    const source = path.join(HERE, workload, entry.source);
    if (!fs.existsSync(source)) continue;
    const binary = path.join(folder, `${workload}-${entry.name.replace(' ', '-')}`);
    if (entry.build !== null) {
      const [program, args] = entry.build(source, binary);
      const result = spawnSync(program, args, { encoding: 'utf8' });
      if (result.status !== 0 || !fs.existsSync(binary)) {
        notes.push(`${workload}: ${entry.name} did not build: ${(result.stderr ?? '').trim().split('\n')[0]}`);
        continue;
      }
    }
    const [program, args] = entry.run(binary, source);
    programs.push({ workload, name: entry.name, program, args });
  }
}

/** `workload variant` → peer → { checksum, samples } */
const results = new Map();
for (let round = 0; round < rounds; round++) {
  for (const { workload, name, program, args } of programs) {
    const result = spawnSync(program, args, { encoding: 'utf8' });
    if (result.status !== 0) {
      if (round === 0) notes.push(`${workload}: ${name} ended with status ${result.status}`);
      continue;
    }
    for (const line of result.stdout.trim().split('\n')) {
      const [variant, checksum, nanoseconds] = line.split(' ');
      const key = `${workload} ${variant}`;
      if (!results.has(key)) results.set(key, new Map());
      const row = results.get(key);
      if (!row.has(name)) row.set(name, { checksum: Number(checksum), samples: [] });
      row.get(name).samples.push(Number(nanoseconds));
    }
  }
  process.stderr.write(`round ${round + 1} of ${rounds}\n`);
}

function median(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const names = peers.map((entry) => entry.name).filter((name) => [...results.values()].some((row) => row.has(name)));
let disagreements = 0;
const table = [...results].map(([key, row]) => {
  const reference = row.get('Kiln')?.checksum;
  const cells = names.map((name) => {
    const cell = row.get(name);
    if (cell === undefined) return null;
    const differs = Math.abs(cell.checksum - reference) > TOLERANCE * Math.max(1, Math.abs(reference));
    if (differs) {
      disagreements++;
      notes.push(`${key}: ${name} has ${cell.checksum}, Kiln ${reference}`);
    }
    return { milliseconds: median(cell.samples) / 1e6, differs };
  });
  const best = Math.min(...cells.filter((cell) => cell !== null).map((cell) => cell.milliseconds));
  return { key, cells, best };
});

function digits(number) {
  return number >= 100 ? number.toFixed(0) : number >= 10 ? number.toFixed(1) : number.toPrecision(3);
}

const cpu = os.cpus()[0]?.model.trim() ?? 'unknown processor';
const markdown = `# Benchmarks

Written by \`npm run bench\` (${new Date().toISOString().slice(0, 10)}; ${cpu}, ${os.cpus().length} processors). Milliseconds, median of ${rounds} interleaved
runs, and the ratio to the best of the row. Kiln and clang run with their default floating point (sums keep their order) and, as
"fast", with reassociation. The programs are in \`bench/\`; what a row computes stands at the head of its \`kernel.mojo\`.

| workload | ${names.join(' | ')} |
|---|${names.map(() => '---').join('|')}|
${table
  .map(
    ({ key, cells, best }) =>
      `| ${key} | ${cells
        .map((cell) =>
          cell === null ? '' : `${digits(cell.milliseconds)} (${(cell.milliseconds / best).toFixed(2)})${cell.differs ? ' !' : ''}`,
        )
        .join(' | ')} |`,
  )
  .join('\n')}

![The same as a chart](benchmarks.svg)

Peers: ${peers.map((entry) => `${entry.name} (${entry.version})`).join(', ')}.${missing.length === 0 ? '' : ` Not here: ${missing.join(', ')}.`}
${notes.length === 0 ? '' : `\n${notes.map((note) => `- ${note}`).join('\n')}\n`}`;

const COLORS = ['#d9480f', '#f08c00', '#868e96', '#1971c2', '#74c0fc', '#2f9e44', '#9c36b5'];

/** Bars by workload on a logarithmic scale of the ratio to the best, up to 100. */
function chart() {
  const barHeight = 11;
  const left = 150;
  const width = 460;
  let y = 40;
  const parts = [];
  for (const { key, cells, best } of table) {
    const shown = cells.map((cell, i) => ({ cell, i })).filter(({ cell }) => cell !== null);
    parts.push(`<text x="${left - 8}" y="${y + (shown.length * barHeight) / 2 + 4}" text-anchor="end">${key}</text>`);
    for (const { cell, i } of shown) {
      const ratio = cell.milliseconds / best;
      const length = 4 + (Math.log10(Math.min(ratio, 100)) / 2) * (width - 4);
      parts.push(
        `<rect x="${left}" y="${y}" width="${length.toFixed(1)}" height="${barHeight - 2}" fill="${COLORS[i % COLORS.length]}"/>`,
        `<text x="${(left + length + 4).toFixed(1)}" y="${y + 8}" font-size="9">${ratio.toFixed(2)}</text>`,
      );
      y += barHeight;
    }
    y += 8;
  }
  const legend = names.map(
    (name, i) =>
      `<rect x="${10 + i * 88}" y="10" width="10" height="10" fill="${COLORS[i % COLORS.length]}"/><text x="${24 + i * 88}" y="19">${name}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + width + 50}" height="${y + 20}" font-family="sans-serif" font-size="11">
<rect width="100%" height="100%" fill="white"/>
${legend.join('\n')}
${parts.join('\n')}
<text x="${left}" y="${y + 12}" font-size="9">time over the best of the row (logarithmic; shorter is better)</text>
</svg>
`;
}

process.stdout.write(markdown);
if (!printOnly) {
  fs.writeFileSync(path.join(ROOT, 'docs', 'benchmarks.md'), markdown);
  fs.writeFileSync(path.join(ROOT, 'docs', 'benchmarks.svg'), chart());
}
if (json !== null) {
  const data = [...results].map(([key, row]) => ({ key, peers: Object.fromEntries(row) }));
  fs.writeFileSync(json, `${JSON.stringify({ cpu, rounds, results: data, missing, notes }, null, 1)}\n`);
}
process.exitCode = disagreements > 0 ? 1 : 0;
