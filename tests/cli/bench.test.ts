/** `kiln bench`: a table of figures, rates where the file declares its work, JSON and a picture. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import { libLlvmInstalled } from '../../packages/backend-native/src/libllvm.ts';
import { makeWorkplace, type Workplace } from './kiln.ts';

let place: Workplace;
before(() => {
  place = makeWorkplace();
});
after(() => place.remove());

const SOURCE = `from std.benchmark import keep

comptime N = 256
comptime bench_sum_bytes = N * 8
comptime bench_scale_flops = N

def bench_sum():
    var total = 0
    for i in range(N):
        total += i
        keep(total)

def bench_scale():
    var values = List[Float32](length=N, fill=3)
    for i in range(len(values)):
        values[i] = values[i] * 3
    keep(values.unsafe_ptr())

def helper() -> Int:
    return 3
`;

test('kiln bench measures the benchmarks of a file', { skip: libLlvmInstalled() ? false : 'needs libLLVM 22' }, () => {
  const file = place.write('kernels.mojo', SOURCE);
  const json = path.join(place.folder, 'figures.json');
  const picture = path.join(place.folder, 'figures.svg');
  const result = place.kiln(['bench', '--json', json, '--chart', picture, file]);
  assert.equal(result.status, 0, result.stderr);
  assert.match(result.stdout, /^benchmark +median +fastest +slowest +rate$/m);
  assert.match(result.stdout, /^sum .*GB\/s$/m);
  assert.match(result.stdout, /^scale .*GFLOP\/s$/m);
  const { measurements } = JSON.parse(fs.readFileSync(json, 'utf8')) as {
    measurements: { name: string; minimum: number; median: number; maximum: number }[];
  };
  assert.deepEqual(
    measurements.map(({ name }) => name),
    ['sum', 'scale'],
  );
  for (const { minimum, median, maximum } of measurements)
    assert.ok(minimum > 0 && minimum <= median && median <= maximum);
  assert.match(fs.readFileSync(picture, 'utf8'), /^<svg [\s\S]*sum[\s\S]*<\/svg>\s*$/);
});

test('kiln bench says what a file lacks', () => {
  const result = place.kiln(['bench', place.write('none.mojo', 'def main():\n    pass\n')]);
  assert.equal(result.status, 2);
  assert.match(result.stderr, /^kiln: .*has no benchmark: a function 'bench_NAME\(\)' without arguments$/m);
});
