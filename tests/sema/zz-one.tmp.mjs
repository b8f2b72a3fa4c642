import { check } from '/work/main/tests/sema/harness.ts';
import { readFileSync } from 'node:fs';
for (const f of process.argv.slice(2)) {
  try {
    const t0 = Date.now();
    const r = check(readFileSync(f, 'utf8'));
    console.log(f, r.texts.length ? '\n  ' + r.texts.slice(0, 40).join('\n  ') : 'ok', Date.now() - t0 + 'ms');
  } catch (e) {
    console.log(f, 'CRASH', e.stack.split('\n').slice(0, 12).join('\n'));
  }
}
