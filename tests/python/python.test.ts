/** `std.python` in native programs: objects, conversions, exceptions, iteration, keywords, reference counts, and how libpython is
 *  found. Skipped by name where there is no libpython. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { after, test } from 'node:test';
import { type KilnResult, makeWorkplace } from '../cli/kiln.ts';

const place = makeWorkplace();
after(() => place.remove());
let count = 0;

function program(lines: readonly string[]): string {
  const name = `program${count++}.mojo`;
  const body = lines.map((line) => `    ${line}\n`).join('');
  place.write(name, `from std.python import Python, PythonObject\n\ndef main() raises:\n${body}`);
  return name;
}

function run(lines: readonly string[], env: Readonly<Record<string, string>> = {}): KilnResult {
  return place.kiln(['run', '--backend', 'native', program(lines)], env);
}

function prints(lines: readonly string[], expected: readonly string[]): void {
  const result = run(lines);
  assert.deepEqual(
    { ...result, stdout: result.stdout.split('\n').slice(0, -1) },
    {
      status: 0,
      stdout: expected,
      stderr: '',
    },
  );
}

function skipReason(): string | false {
  if (process.platform !== 'linux') return 'the native backend runs on Linux';
  const probe = run(['print(PythonObject(1))']);
  if (probe.stdout.includes('Python was not found')) return 'there is no libpython on this machine';
  return probe.stderr.includes('libLLVM') ? 'there is no native backend' : false;
}
const needed = { skip: skipReason() };

test('values become objects and come back', needed, () => {
  prints(
    [
      'print(PythonObject(3), PythonObject(2.5), PythonObject("text"), PythonObject(True), PythonObject(None))',
      'print(PythonObject(UInt64.MAX), PythonObject(Int8(-5)), PythonObject(Float32(0.5)), PythonObject(String("é")))',
      'var display: PythonObject = [1, 2.5, "x", [None]]',
      'var mapping: PythonObject = {"a": 1, 2: {"b": []}}',
      'var unique: PythonObject = {1, 1}',
      'var nothing: PythonObject = {}',
      'print(display, mapping, unique, nothing)',
      'print(Int(py=PythonObject("42")) + 1, Float64(py=PythonObject(3)) / 2, Bool(py=display), String(py=display[0]) + "!")',
      'print(UInt8(py=PythonObject(200)), Float32(py=PythonObject(0.25)), Int(py=PythonObject(2.9)))',
      'print(repr(PythonObject("q")), String(PythonObject("q")), len(display))',
      'print(Python.list(1, "a"), Python.tuple(1), Python.tuple(), Python.dict(k="v"), Python.none())',
    ],
    [
      '3 2.5 text True None',
      '18446744073709551615 -5 0.5 é',
      "[1, 2.5, 'x', [None]] {'a': 1, 2: {'b': []}} {1} {}",
      '43 1.5 True 1!',
      '200 0.25 2',
      "PythonObject('q') q 4",
      "[1, 'a'] (1,) () {'k': 'v'} None",
    ],
  );
});

test('attributes, calls with keywords, subscripts', needed, () => {
  prints(
    [
      'var f = Python.evaluate("lambda *a, **k: (a, sorted(k.items()))")',
      'print(f(), f(1, "b", x=1, y=[2]))',
      'var o = Python.evaluate("type(\'T\', (), {})()")',
      'o.attr = 5',
      'o.attr += 2',
      'o.inner = Python.dict()',
      'o.inner["k"] = [1, 2, 3]',
      'o.inner["k"][0] *= 10',
      'print(o.attr, o.inner["k"], o.inner["k"][1:], o.inner["k"][::-1], o.inner["k"][-1])',
      'o.inner["k"][0:2] = ["x"]',
      'print(o.inner)',
      'var d: PythonObject = {}',
      'd[1, 2] = "pair"',
      'print(d, d[1, 2], Python.tuple(1, 2) in d, 3 in d)',
    ],
    [
      "((), []) ((1, 'b'), [('x', 1), ('y', [2])])",
      '7 [10, 2, 3] [2, 3] [3, 2, 10] 3',
      "{'k': ['x', 3]}",
      "{(1, 2): 'pair'} pair True False",
    ],
  );
});

test('operators, reflected and in place; comparison, identity, truth', needed, () => {
  prints(
    [
      'var n = PythonObject(12)',
      'print(n + 1, 1 + n, n - 1, 1 - n, n * 2, n / 8, 6 / n, n // 5, 25 // n, n % 5, 25 % n, n ** 2, 2 ** n)',
      'print(n & 10, n | 3, n ^ 5, n << 2, n >> 1, 1 << n, -n, ~n, +n)',
      'n += 1',
      'n **= 2',
      'n //= 2',
      'n <<= 1',
      'print(n, n == 168, n != 168, n < 1, n >= 1, n > 1)',
      'print(n is n, n is not n, PythonObject(None) is Python.none(), "b" in PythonObject("abc"))',
      'if n and not PythonObject(""):',
      '    print("true" if Python.list(0) else "false")',
    ],
    [
      '13 13 11 -11 24 1.5 0.5 2 2 2 1 144 4096',
      '8 15 9 48 6 4096 -12 -13 12',
      '168 True False False True True',
      'True False True True',
      'true',
    ],
  );
});

test('iteration; an exception of the iterator is an error', needed, () => {
  prints(
    [
      'for c in PythonObject("ab"):',
      '    print(c)',
      'for i in Python.evaluate("range(1000)"):',
      '    if i == 2:',
      '        break',
      '    print(i)',
      'try:',
      '    for x in Python.evaluate("(1 // (2 - i) for i in range(9))"):',
      '        print(x)',
      'except error:',
      '    print(error)',
    ],
    ['a', 'b', '0', '1', '0', '1', 'integer division or modulo by zero'],
  );
});

test("exceptions carry Python's text", needed, () => {
  const attempts: readonly (readonly [code: string, text: RegExp])[] = [
    ['_ = Python.import_module("no_such_module")', /^No module named 'no_such_module'$/],
    ['_ = PythonObject(1).nothing', /^'int' object has no attribute 'nothing'$/],
    ['_ = PythonObject(1) + "x"', /^unsupported operand type\(s\) for \+: 'int' and 'str'$/],
    ['_ = Int(py=PythonObject("x"))', /^invalid literal for int\(\) with base 10: 'x'$/],
    ['_ = Float64(py=PythonObject("x"))', /^must be real number, not str$/],
    ['_ = Int(py=PythonObject(1) << 70)', /too large/],
    ['_ = len(PythonObject(1))', /^object of type 'int' has no len\(\)$/],
    ['_ = PythonObject(1)()', /^'int' object is not callable$/],
    ['_ = Python.evaluate("{}[\'key\']")', /key/],
    ['_ = Python.evaluate("1 +")', /invalid syntax/],
    ['Python.list()[0] = 1', /^list assignment index out of range$/],
  ];
  const lines = attempts.flatMap(([code]) => [
    'try:',
    `    ${code}`,
    '    print("no error")',
    'except e:',
    '    print(e)',
  ]);
  const result = run(lines);
  const found = result.stdout.split('\n');
  for (const [index, [code, text]] of attempts.entries()) assert.match(found[index] ?? '', text, code);
  const uncaught = run(['_ = PythonObject(1) // 0']);
  assert.equal(uncaught.status, 1);
  assert.match(
    uncaught.stderr,
    /^Unhandled exception caught during execution: integer division or modulo by zero\nstack, innermost call first:\n {2}Python's ZeroDivisionError\n {2}at main \(/m,
  );
});

test('an uncaught exception shows the calls of Python and of Mojo', needed, () => {
  const fails = ['def inner(x):', '    raise KeyError(x)', 'def outer(x):', '    return inner(x)'].join('\\n');
  const result = run([
    `var outer = Python.evaluate("${fails}\\n", file=True, name="shelf").outer`,
    'try:',
    '    _ = outer(1)',
    'except e:',
    '    print("caught", e)',
    '_ = outer(2)',
  ]);
  assert.equal(result.stdout, 'caught 1\n', result.stderr);
  assert.match(
    result.stderr,
    /execution: 2\nstack, innermost call first:\n {2}Python's KeyError\n {2}at inner \(.*:2\)\n {2}at outer \(.*:4\)\n {2}at main \(/,
  );
});

test('reference counts are right after every kind of use', needed, () => {
  prints(
    [
      'var sys = Python.import_module("sys")',
      'var o = Python.list(1, 2, 3)',
      'var before = Int(py=sys.getrefcount(o))',
      'var copy = o',
      'print(Int(py=sys.getrefcount(o)) - before)',
      '_ = copy^',
      'print(Int(py=sys.getrefcount(o)) - before)',
      'var f = Python.evaluate("lambda *a, **k: a")',
      'for i in range(100):',
      '    var d: PythonObject = {"o": o}',
      '    d["again"] = [o, Python.tuple(o, o)]',
      '    _ = f(o, o, key=o)',
      '    f.held = o',
      '    f.held = None',
      '    _ = o[0] + o[1:][0] * len(o)',
      '    _ = o == o',
      '    _ = 1 in o',
      '    for x in o:',
      '        _ = x',
      '    try:',
      '        _ = o[100]',
      '    except:',
      '        pass',
      '    var list: List[PythonObject] = [o, o]',
      '    list.append(o)',
      '    _ = Python.list(list)',
      '    _ = String(o)',
      'print(Int(py=sys.getrefcount(o)) - before)',
      'var none = PythonObject(None)',
      'var weak = Python.import_module("weakref").__getattr__("ref")(f)',
      '_ = f^',
      'print(weak() is none)',
    ],
    ['1', '0', '0', 'True'],
  );
});

test('modules: of the library, made from text, beside the program', needed, () => {
  place.write('neighbour.py', 'def double(x):\n    return 2 * x\n');
  prints(
    [
      'print(Python.import_module("os.path").join("a", "b"))',
      'var made = Python.evaluate("def sq(x):\\n    return x * x\\n", file=True, name="made")',
      'print(made.sq(4), Python.import_module("made").sq(5))',
      'print(Python.import_module("neighbour").double(21))',
      'Python.add_to_path("/no/such/folder")',
      'print(Python.import_module("sys").path[-1])',
    ],
    ['a/b', '16 25', '42', '/no/such/folder'],
  );
});

test('output of both appears in the order of the program', needed, () => {
  prints(
    [
      'var b = Python.import_module("builtins")',
      'print("1")',
      'b.print("2", end="")',
      'print("3")',
      'b.print("4")',
      'print("5")',
    ],
    ['1', '23', '4', '5'],
  );
});

test('KILN_PYTHON decides; the active environment comes before PATH', needed, () => {
  const wrong = run(['_ = Python.import_module("sys")'], { KILN_PYTHON: '/no/libpython3.so' });
  assert.match(wrong.stderr, /KILN_PYTHON is '\/no\/libpython3\.so', which is not a Python library that can be opened/);
  const where = run(['print(Python.import_module("sys").base_prefix, Python.import_module("sys").version_info[1])']);
  const [prefix = '', minor = ''] = where.stdout.trim().split(' ');
  const environment = path.join(place.folder, 'environment');
  fs.mkdirSync(path.join(environment, 'bin'), { recursive: true });
  fs.symlinkSync(path.join(prefix, 'bin', `python3.${minor}`), path.join(environment, 'bin', 'python3'));
  fs.writeFileSync(path.join(environment, 'pyvenv.cfg'), `home = ${path.join(prefix, 'bin')}\n`);
  const packages = path.join(environment, 'lib', `python3.${minor}`, 'site-packages');
  fs.mkdirSync(packages, { recursive: true });
  fs.writeFileSync(path.join(packages, 'only_here.py'), 'VALUE = 7\n');
  const inside = run(['print(Python.import_module("only_here").VALUE)'], { VIRTUAL_ENV: environment });
  assert.equal(inside.stdout, '7\n', inside.stderr);
});

test('a million calls leave nothing behind', needed, () => {
  prints(
    [
      'var gc = Python.import_module("sys")',
      'var add = Python.import_module("operator").add',
      'var total = 0',
      'var before = Int(py=gc.getallocatedblocks())',
      'for i in range(1000000):',
      '    total += Int(py=add(i, 1))',
      'print(total, Int(py=gc.getallocatedblocks()) - before < 100)',
    ],
    ['500000500000 True'],
  );
});

test('elsewhere Python is said to be missing', () => {
  const lines = ['print(Python.import_module("sys").version)'];
  const wasm = place.kiln(['build', '--emit', 'llvm', '--backend', 'wasm', program(lines)]);
  assert.match(wasm.stderr, /Python is not available on this target/);
  assert.equal(wasm.status, 1);
  const interpreted = place.kiln(['run', '--backend', 'interp', program(lines)]);
  assert.match(interpreted.stderr, /Python is not available in the interpreter/);
});

test('modules and types are made of Mojo functions', needed, () => {
  place.write(
    'builder.mojo',
    `from std.python import ConvertibleToPython, Python, PythonObject
from std.python.bindings import PythonModuleBuilder

def add(a: PythonObject, b: PythonObject) raises -> PythonObject:
    return a + b

def report(a: PythonObject) raises:
    print("got", a)

def fail(a: PythonObject) raises -> PythonObject:
    raise Error("no ", a)

def count(py_self: PythonObject, args: PythonObject) raises -> PythonObject:
    return PythonObject(len(args))

@fieldwise_init
struct Noisy(Movable, Writable, Defaultable):
    var name: String
    var uses: Int

    def __init__(out self):
        self = Self("nobody", 0)

    def __deinit__(deinit self):
        print("gone:", self.name, self.uses)

    @staticmethod
    def use(py_self: PythonObject, times: PythonObject) raises -> PythonObject:
        var me = py_self.downcast_value_ptr[Self]()
        me[].uses += Int(py=times)
        return PythonObject(me[].uses)

    @staticmethod
    def named(name: PythonObject) raises -> PythonObject:
        return PythonObject(alloc=Noisy(String(py=name), 1))

@fieldwise_init
struct Celsius(ImplicitlyCopyable, ConvertibleToPython):
    var degrees: Float64

    def to_python_object(var self) raises -> PythonObject:
        return PythonObject(self.degrees)

def try_code(module: PythonObject, code: String) raises:
    try:
        print(code, "=>", Python.evaluate("lambda m: " + code)(module))
    except e:
        print(code, "!!", e)

def main() raises:
    var builder = PythonModuleBuilder("demo")
    builder.def_function[add]("add", docstring="Adds.")
    builder.def_function[report]("report")
    builder.def_function[fail]("fail")
    builder.def_py_function[count]("count")
    ref noisy = builder.add_type[Noisy]("Noisy")
    _ = noisy.def_init_defaultable[Noisy]().def_method[Noisy.use]("use").def_staticmethod[Noisy.named]("named")
    var demo = builder.finalize()
    for code in [
        "m.add(1, 2)", "m.add('a', 'b')", "m.add(1)", "m.add(1, 2, 3)", "m.report([])", "m.fail(7)", "m.count(1, 2, 3)",
        "m.add.__doc__", "m", "m.Noisy", "m.Noisy()", "m.Noisy().use(3)", "m.Noisy.named('x').use(2)", "m.Noisy(1)",
    ]:
        try_code(demo, code)
    var object = demo.Noisy.named("kept")
    print(object.use(10), object.downcast_value_ptr[Noisy]()[].name)
    try:
        _ = demo.downcast_value_ptr[Noisy]()
    except e:
        print(e)
    try:
        _ = PythonObject(alloc=Celsius(1))
    except e:
        print(e)
    var list = Python.list()
    list.append(Celsius(21.5))
    print(list, Python().as_string_slice(PythonObject("text")))
    var made = Python.create_module("made")
    Python.add_object(made, "answer", 42)
    print(made, made.answer)
    _ = object^
`,
  );
  const result = place.kiln(['run', '--backend', 'native', 'builder.mojo']);
  assert.equal(result.stderr, '');
  assert.deepEqual(result.stdout.split('\n').slice(0, -1), [
    'm.add(1, 2) => 3',
    "m.add('a', 'b') => ab",
    'm.add(1) !! TypeError: <mojo function>() missing 1 required positional argument',
    'm.add(1, 2, 3) !! TypeError: <mojo function>() takes 2 positional arguments but 3 were given',
    'got []',
    'm.report([]) => None',
    'm.fail(7) !! no 7',
    'm.count(1, 2, 3) => 3',
    'm.add.__doc__ => Adds.',
    "m => <module 'demo'>",
    "m.Noisy => <class 'Noisy'>",
    "m.Noisy() => Noisy(name='nobody', uses=Int(0))",
    'gone: nobody 0',
    'gone: nobody 3',
    'm.Noisy().use(3) => 3',
    'gone: x 3',
    "m.Noisy.named('x').use(2) => 3",
    'm.Noisy(1) !! unexpected arguments passed to default initializer function of wrapped Mojo type',
    '11 kept',
    "TypeError: expected Mojo 'builder.Noisy' type value, got 'module'",
    'No Python type object registered for Mojo type with name: builder.Celsius',
    '[21.5] text',
    "<module 'made'> 42",
    'gone: kept 11',
  ]);
});
