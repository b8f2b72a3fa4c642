/** Compiles std/runtime/trap_handler.mojo and output_block.mojo to the assembly that the native backend links into every executable.
 *  In: those files, a machine with LLVM 22 for x86-64.  Out: packages/backend-native/src/trap-handler-asm.ts. Run it after a change of the former. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const SOURCE = path.join(ROOT, 'std', 'runtime', 'trap_handler.mojo');
const OUTPUT_BLOCK = path.join(ROOT, 'std', 'runtime', 'output_block.mojo');
const OUTPUT = path.join(ROOT, 'packages', 'backend-native', 'src', 'trap-handler-asm.ts');

const run = spawnSync(
  path.join(ROOT, 'kiln'),
  ['build', '--emit', 'asm', '-O1', '--target-cpu', 'x86-64', '--backend', 'native', '-o', '-', SOURCE],
  { encoding: 'utf8' },
);
if (run.status !== 0) {
  process.stderr.write(run.stderr);
  process.exit(run.status ?? 1);
}

/** Debug information of its own would only be dead weight; its labels are given names that no program has. */
const lines = [];
for (const line of run.stdout.split('\n')) {
  const code = line.replace(/\s*#.*$/, '').trim();
  if (/^\.section\s+"?\.debug|^\.section\s+"?\.note/.test(code)) break;
  if (code === '' || /^\.(loc|file|ident|addrsig|type|size|p2align)\b|^\.cfi_/.test(code)) continue;
  if (/^\.L(tmp|func_begin|func_end|cfi)\w*:$/.test(code)) continue;
  lines.push(
    code
      .replace(/_K(?:trap_handler|std\.runtime\.output_block)\.([\w.]*)_[0-9a-f]{16}/g, '.Lktrap.$1')
      .replace(/\.L(BB|\.c|\.str)/g, '.Lktrap$1')
      .replace(/\t+/g, ' '),
  );
}
const hash = createHash('sha256').update(fs.readFileSync(SOURCE)).update(fs.readFileSync(OUTPUT_BLOCK)).digest('hex').slice(0, 16);
const text = `/** Generated from std/runtime/trap_handler.mojo and output_block.mojo by scripts/trap-handler.mjs; do not edit. x86-64, Linux. */
export const TRAP_HANDLER_SOURCE_HASH = '${hash}';

export const TRAP_HANDLER_ASM = String.raw\`
${lines.join('\n')}
\`;
`;
fs.writeFileSync(OUTPUT, text);
