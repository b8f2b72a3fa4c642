/** Hello world stays small: what is compiled decides how long its first run takes. Counts, not times. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeWorkplace, type Workplace } from '../cli/kiln.ts';

const MOST_INSTANCES = 32;
const MOST_IR_LINES = 800;

let place: Workplace;
before(() => {
  place = makeWorkplace();
  place.write('hello.mojo', 'def main():\n    print("hi")\n');
});
after(() => place.remove());

const emit = (stage: string): string => {
  const result = place.kiln(['build', '--emit', stage, 'hello.mojo']);
  assert.equal(result.status, 0, result.stderr);
  return result.stdout;
};
const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

test('instances of hello', () => {
  const instances = count(emit('mir-concrete'), /^fn .*; concrete$/gm);
  assert.ok(instances <= MOST_INSTANCES, `${instances} instances`);
});

test('IR lines of hello', () => {
  const lines = emit('llvm').split('\n').length;
  assert.ok(lines <= MOST_IR_LINES, `${lines} lines`);
});
