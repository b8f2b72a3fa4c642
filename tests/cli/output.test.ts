/** When text reaches standard output: gathered on files and pipes, in order with all else that can be seen, complete however the program ends. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import { BUNDLE, makeWorkplace, type Workplace } from './kiln.ts';

const LINES = 3000;

const ENDS = `from std.os import abort
from std.sys import argv, exit
from std.ffi import external_call

def deep(n: Int) -> Int:
    var rest = [n, n + 1, n + 2]
    return deep(n + 1) + rest[n % 3]

def main() raises:
    var kind = String(argv()[1])
    for i in range(${LINES}):
        print("line", i)
    if kind == "abort":
        abort("given up")
    elif kind == "bounds":
        var list = List[Int]()
        print(list[Int(atol("3"))])
    elif kind == "exit":
        exit(7)
    elif kind == "uncaught":
        raise Error("not caught")
    elif kind == "overflow":
        print(deep(1))
    elif kind == "segv":
        print(external_call["strlen", Int](8))
    elif kind == "c exit":
        external_call["exit", NoneType](Int32(8))
    elif kind == "c abort":
        external_call["abort", NoneType]()
`;

const ORDER = `from std.ffi import external_call
from std.subprocess import run
from std.sys import stderr
from std.io import RawFileDescriptor

def text(n: Int):
    for i in range(20):
        print(n, i)

def main() raises:
    text(0)
    print("to stderr", file=stderr)
    text(1)
    print(run("echo from a child >&2; echo read"))
    text(2)
    var c = String("from C\\n")
    _ = external_call["write", Int](Int32(1), c.unsafe_ptr(), c.byte_length())
    _ = c^
    text(3)
    with open("/dev/stdout", "a") as file:
        file.write("by another name\\n")
    var out = RawFileDescriptor(1)
    out.write("a descriptor is a writer: ", 1, " ", 2.5, "\\n")
    out.write_bytes("bytes\\n".as_bytes())
    text(4)
    print("x" * 200000)
    print("end", flush=True)
`;

const THREADS = `from std.algorithm import parallelize

@fieldwise_init
struct Wide(Writable):
    var n: Int
    def write_to(self, mut writer: Some[Writer]):
        writer.write("<")
        for i in range(400):
            writer.write(self.n, ",")
        writer.write(">")

def main():
    def work(i: Int) {}:
        for _ in range(50):
            print("short", i)
            print(Wide(i))
    parallelize(work, 64)
`;

const ASKS = `def main() raises:
    for i in range(100):
        print("before", i)
    var answer = input("name? ")
    print("hello", answer)
    for i in range(100):
        print("waiting", i)
    print("now", flush=True)
    var last = input()
    print("bye", last)
`;

let place: Workplace;
const program = (name: string): string => path.join(place.folder, name);
before(() => {
  place = makeWorkplace();
  for (const [name, text] of Object.entries({ ends: ENDS, order: ORDER, threads: THREADS, asks: ASKS })) {
    place.write(`${name}.mojo`, text);
    const { status, stderr } = place.kiln(['build', '--backend', 'native', `${name}.mojo`, '-o', name]);
    assert.equal(status, 0, stderr);
  }
});
after(() => place.remove());

test('what was printed is there, however the program ends', () => {
  const before = Array.from({ length: LINES }, (_, i) => `line ${i}\n`).join('');
  const ends: readonly (readonly [string, number | string, RegExp])[] = [
    ['return', 0, /^$/],
    ['abort', 'SIGILL', /^ABORT: .*given up\n$/],
    ['bounds', 'SIGILL', /^At: .*index 3 is out of bounds.*\n$/],
    ['exit', 7, /^$/],
    ['uncaught', 1, /^$/],
    ['overflow', 'SIGILL', /^$/],
    ['segv', 'SIGSEGV', /^$/],
    ['c exit', 8, /^$/],
    ['c abort', 'SIGABRT', /^$/],
  ];
  for (const [kind, end, last] of ends) {
    const { status, signal, stdout, stderr } = spawnSync(program('ends'), [kind], { encoding: 'utf8' });
    assert.equal(status ?? signal, end, `${kind}: ${stderr}`);
    assert.ok(stdout.startsWith(before), `${kind}: ${stdout.length} bytes`);
    assert.match(stdout.slice(before.length), last, kind);
  }
});

function orderedText(): string {
  const text = (n: number): string => Array.from({ length: 20 }, (_, i) => `${n} ${i}\n`).join('');
  return [
    text(0),
    'to stderr\n',
    text(1),
    'from a child\nread\n',
    text(2),
    'from C\n',
    text(3),
    'by another name\na descriptor is a writer: 1 2.5\nbytes\n',
    text(4),
    `${'x'.repeat(200000)}\nend\n`,
  ].join('');
}

test('the order of the source is the order of the file: other descriptors, children, C functions', () => {
  const file = program('order.txt');
  const descriptor = fs.openSync(file, 'a');
  const { status } = spawnSync(program('order'), { stdio: ['ignore', descriptor, descriptor] });
  fs.closeSync(descriptor);
  assert.equal(status, 0);
  assert.equal(fs.readFileSync(file, 'utf8'), orderedText());
});

test('lines of threads come whole, and all of them', () => {
  const { status, stdout } = spawnSync(program('threads'), { encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.equal(status, 0);
  const seen = new Map<string, number>();
  for (const line of stdout.trimEnd().split('\n')) seen.set(line, (seen.get(line) ?? 0) + 1);
  assert.equal(seen.size, 128);
  for (let i = 0; i < 64; i++) {
    assert.equal(seen.get(`short ${i}`), 50);
    assert.equal(seen.get(`<${`${i},`.repeat(400)}>`), 50);
  }
});

test('a program ends quietly when nobody reads it any more, on every backend', () => {
  place.write('endless.mojo', 'def main():\n    while True:\n        print("line")\n');
  for (const backend of ['native', 'wasm', 'interp']) {
    const words = [
      '-c',
      '{ "$0" "$@"; echo $? >&2; } | head -n 1',
      process.execPath,
      BUNDLE,
      'run',
      '--backend',
      backend,
    ];
    const { stdout, stderr } = spawnSync('bash', [...words, 'endless.mojo'], { cwd: place.folder, encoding: 'utf8' });
    assert.equal(stdout, 'line\n', backend);
    assert.equal(stderr, '141\n', backend);
  }
});

test('a question, and what is flushed, is seen before the answer', async () => {
  const child = spawn(program('asks'), { stdio: ['pipe', 'pipe', 'inherit'] });
  let stdout = '';
  let wake = (): void => {};
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    wake();
  });
  const until = async (end: string): Promise<void> => {
    while (!stdout.endsWith(end)) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  await until('before 99\nname? ');
  child.stdin.write('Ada\n');
  await until('waiting 99\nnow\n');
  child.stdin.end('Lovelace\n');
  const status = await new Promise((resolve) => child.on('close', resolve));
  assert.equal(status, 0);
  assert.match(stdout, /name\? hello Ada\nwaiting 0\n[\s\S]*\nnow\nbye Lovelace\n$/);
});

test('on a terminal every print is seen at once', {
  skip: spawnSync('python3', ['-c', 'import pty']).status !== 0,
}, () => {
  place.write(
    'slow.mojo',
    'def main():\n    for i in range(40):\n        print(i, end=" ")\n    print()\n    while True:\n        pass\n',
  );
  const built = place.kiln(['build', '--backend', 'native', 'slow.mojo', '-o', 'slow']);
  assert.equal(built.status, 0, built.stderr);
  // The program never ends and never asks: what the other end of the terminal sees was not kept back.
  const script = `import os, pty, signal, sys
child, terminal = pty.fork()
if child == 0:
    os.execv(sys.argv[1], sys.argv[1:2])
text = b""
while b"39 " not in text:
    text += os.read(terminal, 1000)
os.kill(child, signal.SIGKILL)
print(text.split().index(b"39"))
`;
  const { stdout, stderr } = spawnSync('python3', ['-c', script, program('slow')], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  assert.equal(stdout.trim(), '39', stderr);
});
