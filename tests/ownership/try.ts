import * as fs from 'node:fs';
import { generateProgram } from './generate.ts';
import { printPrograms } from './print-program.ts';
import { lowerProgram } from './lower.ts';
import { judge } from './verdict.ts';
import { Machine } from './machine.ts';
const [from, to, out] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4] ?? '/tmp/x'];
let good = 0;
const kinds: Record<string, number> = {};
const programs = [];
const expected: string[] = [];
for (let seed = from; seed < to; seed++) {
  const program = generateProgram(seed);
  printPrograms([program]);
  const lowered = lowerProgram(program.functions);
  const faults = [...lowered.values()].flatMap((fn) => judge(fn));
  if (faults.length > 0) { for (const f of faults) kinds[f.kind] = (kinds[f.kind] ?? 0) + 1; continue; }
  const machine = new Machine(lowered, seed % 64);
  machine.run(program.functions.at(-1)?.name ?? '', []);
  programs.push(program);
  expected.push(`${seed}: ${machine.events.map((e) => `${e} `).join('')}`);
  good++;
}
fs.writeFileSync(`${out}.mojo`, printPrograms(programs));
fs.writeFileSync(`${out}.expected`, expected.map((l) => `${l}\n`).join(''));
console.log(good, kinds);
