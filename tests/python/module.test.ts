/** `kiln build --emit python-module`: Python imports the module and calls every kind of export. The NumPy half is skipped by name where
 *  NumPy is absent. Also `std.python.PythonBuffer`, the other direction. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import { libLlvmInstalled } from '@kiln/backend-native/libllvm.ts';
import { makeWorkplace, ROOT, type Workplace } from '../cli/kiln.ts';

const HERE = path.join(ROOT, 'tests', 'python');
const KERNELS = path.join(ROOT, 'tests', 'interop', 'kernels.mojo');

let place: Workplace;
before(() => {
  place = makeWorkplace();
});
after(() => place.remove());

function python(words: readonly string[]): ReturnType<typeof spawnSync> {
  return spawnSync('python3', [...words], {
    encoding: 'utf8',
    cwd: place.folder,
    timeout: 120_000,
    env: { ...process.env, PYTHONPATH: place.folder },
  });
}

const skip =
  process.platform !== 'linux' || !libLlvmInstalled()
    ? 'needs the native backend'
    : spawnSync('python3', ['--version']).error !== undefined
      ? 'there is no python3'
      : false;
const hasNumpy = skip === false && spawnSync('python3', ['-c', 'import numpy']).status === 0;

function buildKernels(): void {
  if (fs.existsSync(path.join(place.folder, 'kernels.so'))) return;
  const result = place.kiln(['build', '--emit', 'python-module', KERNELS]);
  assert.equal(result.status, 0, result.stderr);
}

test('a module in Python', { skip }, () => {
  buildKernels();
  const result = python([path.join(HERE, 'module_app.py')]);
  const expected = fs.readFileSync(path.join(HERE, 'module_app.txt'), 'utf8');
  assert.equal(result.stdout, expected, String(result.stderr));
  assert.equal(result.status, 0);
});

test('NumPy arrays in a module', { skip: hasNumpy ? false : 'NumPy is not installed' }, () => {
  buildKernels();
  const result = python([path.join(HERE, 'numpy_app.py')]);
  assert.equal(result.stdout, fs.readFileSync(path.join(HERE, 'numpy_app.txt'), 'utf8'), String(result.stderr));
});

const hasDask = hasNumpy && spawnSync('python3', ['-c', 'import dask.distributed']).status === 0;

test('the example with Dask', { skip: hasDask ? false : 'Dask is not installed' }, () => {
  const folder = path.join(ROOT, 'examples', 'python');
  const built = place.kiln(['build', '--emit', 'python-module', path.join(folder, 'options.mojo'), '-o', 'options.so']);
  assert.equal(built.status, 0, built.stderr);
  const result = python([path.join(folder, 'dask_options.py'), path.join(place.folder, 'options.so'), '4', '50000']);
  const lines = ['4 partitions of 50000 options in 2 worker processes', 'mean price: 14.45', 'as in Python: True', ''];
  assert.deepEqual(String(result.stdout).split('\n'), lines, String(result.stderr));
});

test('what Python cannot import is said', { skip }, () => {
  const named = place.write('not-a-name.mojo', 'def f() -> Int:\n    return 1\n');
  const result = place.kiln(['build', '--emit', 'python-module', named]);
  assert.equal(result.status, 2);
  assert.match(result.stderr, /Python cannot import a module called 'not-a-name'; rename the file/);
  const skipped = place.kiln(['build', '-v', '--emit', 'python-module', KERNELS]);
  assert.match(
    skipped.stderr,
    /'Counter' is not exported: structs that stay on the Mojo side are not supported in Python yet/,
  );
});

test('arrays of Python in Mojo, in place', { skip }, (context) => {
  const program = place.write(
    'buffers.mojo',
    [
      'from std.python import Python, PythonBuffer, PythonObject, array_from_list',
      '',
      'def main() raises:',
      '    var array = Python.import_module("array")',
      '    var values = array.array("f", Python.list(1, 2, 3))',
      '    var buffer = PythonBuffer[DType.float32, writable=True](values)',
      '    print(len(buffer), buffer.rank(), buffer.shape(), buffer.strides(), buffer.is_contiguous())',
      '    print(Int(buffer.unsafe_ptr()) == Int(py=values.buffer_info()[0]))',
      '    for ref value in buffer.mut_span():',
      '        value *= 2',
      '    values[0] = 10',
      '    print(values, buffer.span()[0])',
      '    try:',
      '        _ = PythonBuffer[DType.float64](values)',
      '    except error:',
      '        print(error)',
      '    try:',
      '        _ = PythonBuffer[DType.uint8, writable=True](PythonObject("x").encode())',
      '    except error:',
      '        print(error)',
      '    try:',
      '        _ = PythonBuffer[DType.uint8](PythonObject(1))',
      '    except error:',
      '        print(error)',
      '    var rows = Python.evaluate("memoryview(bytearray(range(6))).cast(\'B\', (2, 3))")',
      '    var matrix = PythonBuffer[DType.uint8](rows)',
      '    print(matrix.rank(), matrix.shape(), matrix.strides(), matrix.span()[5])',
      '    var list: List[Int32] = [1, 2, 3]',
      '    var given = array_from_list(list^)',
      '    given[1] = 50',
      '    print(given.tolist(), given.format)',
      '    print(array_from_list(List[Float64]()).tolist())',
      '',
    ].join('\n'),
  );
  const result = place.kiln(['run', '--backend', 'native', program]);
  if (`${result.stdout}${result.stderr}`.includes('Python was not found')) {
    context.skip('there is no libpython');
    return;
  }
  assert.deepEqual(
    result.stdout.trimEnd().split('\n'),
    [
      '3 1 [3] [1] True',
      'True',
      "array('f', [10.0, 4.0, 6.0]) 10.0",
      "the array's elements have the format 'f'; expected an array of float64",
      'Object is not writable.',
      "a bytes-like object is required, not 'int'",
      '2 [2, 3] [3, 1] 5',
      '[1, 50, 3] i',
      '[]',
    ],
    result.stderr,
  );
});
