/** `npm run sanitize [-- PART…]`: every run test of the language (or those whose name contains a part) and 100 random ownership programs
 *  under valgrind, at -O0 and -O3. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Executors, ROOT } from '../language/executors.ts';
import { listPrograms } from '../language/expectations.ts';
import { makeBatch } from '../ownership/batch.ts';
import { findingsOf, valgrindMissing } from './valgrind.ts';

/** Programs with threads, and programs that end in a trap on purpose. */
const LEFT_OUT = /parallel|trap/;

const missing = valgrindMissing();
if (missing !== null) {
  process.stderr.write(`kiln: ${missing}\n`);
  process.exit(3);
}
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kiln-sanitize-'));
const executors = new Executors({ checkHeap: false, cpu: 'x86-64-v2' });
let failures = 0;
try {
  const batch = path.join(folder, 'ownership.mojo');
  fs.writeFileSync(batch, makeBatch(1, 100).text);
  const parts = process.argv.slice(2);
  const files = [batch, ...listPrograms(path.join(ROOT, 'tests', 'language', 'run'))].filter((file) => {
    const name = path.basename(file);
    return !LEFT_OUT.test(name) && (parts.length === 0 || parts.some((part) => name.includes(part)));
  });
  for (const file of files)
    for (const level of [0, 3] as const) {
      const findings = await findingsOf(executors, file, level);
      process.stdout.write(`${path.basename(file)} -O${level}: ${findings === null ? 'clean' : findings}\n`);
      if (findings !== null) failures++;
    }
  process.stdout.write(`${files.length} programs at two levels, ${failures} with findings\n`);
} finally {
  await executors.close();
  fs.rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failures === 0 ? 0 : 1;
