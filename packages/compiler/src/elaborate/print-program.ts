/** Text of a concrete program, for `--emit mir-concrete` and snapshots. */
import { namesOf, printInstance } from '../mir/print.ts';
import type { ConcreteProgram } from '../mir/mir.ts';
import type { Program } from '../sema/hir.ts';
import { printTerm } from '../terms/print-term.ts';

export function printConcreteProgram(concrete: ConcreteProgram, program: Program | null): string {
  const names = namesOf(program, concrete);
  const out: string[] = [];
  for (const global of concrete.globals) out.push(`global ${global.name}: ${printTerm(global.type)}\n`);
  if (concrete.entry !== null) out.push(`entry ${concrete.instances.get(concrete.entry).symbol}\n`);
  if (out.length > 0) out.push('\n');
  for (const instance of concrete.instances.values()) out.push(printInstance(instance, names), '\n');
  return out.join('');
}
