/** `kiln bench FILE`: measures the functions `bench_NAME()` of a file.
 *  In: a file.  Out: a table on standard output, with rates where `comptime bench_NAME_flops` or `bench_NAME_bytes` says how much work a
 *  call is; JSON and a chart where asked for. A program that imports the file and calls `std.benchmark` is compiled and run. */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { planBackend } from './backends.ts';
import type { CommandLine } from './command-line.ts';
import { CommandFailure, EXIT_DIAGNOSTICS, EXIT_ENVIRONMENT, EXIT_USAGE } from './exit-status.ts';
import { writeOutput } from './output.ts';
import { linkTo, startProduction } from './produce.ts';
import { type Session, theFile } from './session.ts';

interface Measurement {
  readonly name: string;
  readonly samples: number;
  readonly calls: number;
  /** Nanoseconds of one call. */
  readonly median: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Of one call; 0 where the file does not say. */
  readonly flops: number;
  readonly bytes: number;
}

export async function benchCommand(session: Session): Promise<number> {
  const { line } = session;
  const file = theFile(line);
  const source = fs.readFileSync(file, 'utf8');
  const names = [...source.matchAll(/^(?:def|fn) bench_(\w+)\(\)/gm)].map((match) => match[1] ?? '');
  if (names.length === 0)
    throw new CommandFailure(EXIT_USAGE, `'${file}' has no benchmark: a function 'bench_NAME()' without arguments`);
  const module = path.basename(file).replace(/\.(mojo|🔥)$/u, '');
  if (!/^[A-Za-z_]\w*$/.test(module))
    throw new CommandFailure(EXIT_USAGE, `'${file}' cannot be imported: its name is no identifier`);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kiln-bench-'));
  try {
    const program = path.join(folder, 'kiln_bench_main.mojo');
    fs.writeFileSync(program, driverSource(module, names, source));
    const binary = path.join(folder, 'program');
    if (!(await build(session, file, program, binary))) return EXIT_DIAGNOSTICS;
    const result = spawnSync(binary, [], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      maxBuffer: 1 << 28,
    });
    if (result.status !== 0)
      throw new CommandFailure(
        EXIT_ENVIRONMENT,
        `the benchmarks ended with ${result.signal ?? `status ${result.status}`}`,
      );
    const measurements = result.stdout.split('\n').flatMap(parseLine);
    writeOutput('-', table(measurements));
    const json = line.values.get('json');
    if (json !== undefined) writeOutput(json, `${JSON.stringify({ file, measurements }, null, 1)}\n`);
    const picture = line.values.get('chart');
    if (picture !== undefined) writeOutput(picture, chart(measurements));
    return 0;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The work that a benchmark declares is a compile-time value of the file. */
function driverSource(module: string, names: readonly string[], source: string): string {
  const declared = (name: string, unit: string): string | null =>
    new RegExp(`^(?:comptime|alias) bench_${name}_${unit}\\b`, 'm').test(source) ? `bench_${name}_${unit}` : null;
  const imports = names.flatMap((name) =>
    [`bench_${name}`, declared(name, 'flops'), declared(name, 'bytes')].filter((item) => item !== null),
  );
  const calls = names.map((name) => {
    const [flops, bytes] = [declared(name, 'flops') ?? '0', declared(name, 'bytes') ?? '0'];
    return `    _measure("${name}", bench_${name}, Int(${flops}), Int(${bytes}))\n`;
  });
  return `from std.benchmark._tool import _measure\nfrom ${module} import ${imports.join(', ')}\n\ndef main():\n${calls.join('')}`;
}

async function build(session: Session, file: string, program: string, binary: string): Promise<boolean> {
  const { line } = session;
  const own = path.dirname(path.resolve(file));
  const lists = new Map(line.lists);
  lists.set('include', [own, ...(line.lists.get('include') ?? [])]);
  const inner: CommandLine = { ...line, lists };
  const plan = planBackend('native', null);
  const production = startProduction(
    { ...session, line: inner },
    { file: program, plan, stopAt: null, requireMain: true },
  );
  try {
    return production.outcome.errorCount === 0 && (await linkTo(production, 'executable', binary));
  } finally {
    await production.backend?.close();
  }
}

function parseLine(line: string): Measurement[] {
  const match = /^(\w+) (\d+) (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)$/.exec(line.trim());
  if (match === null) return [];
  const number = (i: number): number => Number(match[i]);
  return [
    {
      name: match[1] ?? '',
      samples: number(2),
      calls: number(3),
      median: number(4) / 1000,
      minimum: number(5) / 1000,
      maximum: number(6) / 1000,
      flops: number(7),
      bytes: number(8),
    },
  ];
}

function time(nanoseconds: number): string {
  const [value, unit] =
    nanoseconds < 1e3
      ? [nanoseconds, 'ns']
      : nanoseconds < 1e6
        ? [nanoseconds / 1e3, 'us']
        : nanoseconds < 1e9
          ? [nanoseconds / 1e6, 'ms']
          : [nanoseconds / 1e9, 's'];
  return `${value.toPrecision(value >= 100 ? 4 : 3)} ${unit}`;
}

/** Work in a nanosecond is G in a second. */
function rates(m: Measurement): string {
  const parts: string[] = [];
  if (m.flops > 0) parts.push(`${(m.flops / m.median).toPrecision(3)} GFLOP/s`);
  if (m.bytes > 0) parts.push(`${(m.bytes / m.median).toPrecision(3)} GB/s`);
  return parts.join(', ');
}

function table(measurements: readonly Measurement[]): string {
  const rows = [
    ['benchmark', 'median', 'fastest', 'slowest', 'rate'],
    ...measurements.map((m) => [m.name, time(m.median), time(m.minimum), time(m.maximum), rates(m)]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** A bar from the fastest to the slowest sample around the median of each benchmark; one scale for all. */
function chart(measurements: readonly Measurement[]): string {
  const [left, width, step] = [140, 480, 26];
  const longest = Math.max(...measurements.map((m) => m.maximum), 1);
  const x = (nanoseconds: number): string => (left + (nanoseconds / longest) * width).toFixed(1);
  const rows = measurements.map((m, i) => {
    const y = 14 + i * step;
    return [
      `<text x="${left - 8}" y="${y + 11}" text-anchor="end">${m.name}</text>`,
      `<rect x="${left}" y="${y}" width="${((m.median / longest) * width).toFixed(1)}" height="14" fill="#d9480f"/>`,
      `<line x1="${x(m.minimum)}" y1="${y + 7}" x2="${x(m.maximum)}" y2="${y + 7}" stroke="#212529"/>`,
      `<text x="${x(m.maximum)}" dx="6" y="${y + 11}">${time(m.median)}${m.flops + m.bytes > 0 ? ` (${rates(m)})` : ''}</text>`,
    ].join('\n');
  });
  const height = 20 + measurements.length * step;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + width + 190}" height="${height}" font-family="sans-serif" font-size="11">
<rect width="100%" height="100%" fill="white"/>
${rows.join('\n')}
</svg>
`;
}
