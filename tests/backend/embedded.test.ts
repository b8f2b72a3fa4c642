/** The embedded backend on hand-written IR, and the WASI host that runs its modules: output, arguments, files, traps. */
import assert from 'node:assert/strict';
import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { after, test } from 'node:test';
import { compileEmbedded, runProcessFlags, startEmbeddedCompiler } from '@kiln/backend-embedded/embedded-backend.ts';
import { libLlvmInstalled } from '@kiln/backend-native/libllvm.ts';
import { startNativeCompiler } from '@kiln/backend-native/native-backend.ts';
import { compileOptions, executableOptions, type CompileOptions } from '@kiln/compiler/backend/backend.ts';

const source = path.join(process.cwd(), 'packages/backend-embedded/src');
const typescript = ['--import', 'tsx'];
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'kiln-embedded-'));
const backend = startEmbeddedCompiler({
  compileScript: path.join(source, 'compile-process.ts'),
  execArgv: typescript,
  warm: true,
});
after(async () => {
  await backend.close();
  fs.rmSync(work, { recursive: true, force: true });
});

const target = backend.target('generic', '');
const options = (overrides: Partial<CompileOptions>): CompileOptions => ({
  ...compileOptions(target, 2, 'test'),
  ...overrides,
});

const HEADER = `target datalayout = "${target.dataLayout}"
target triple = "${target.triple}"
declare i32 @fd_write(i32, ptr, i32, ptr) "wasm-import-module"="wasi_snapshot_preview1" "wasm-import-name"="fd_write"
declare void @llvm.trap()
define void @say(ptr %text, i32 %length) {
  %vector = alloca [2 x i32]
  %written = alloca i32
  store ptr %text, ptr %vector
  %second = getelementptr i8, ptr %vector, i32 4
  store i32 %length, ptr %second
  %e = call i32 @fd_write(i32 1, ptr %vector, i32 1, ptr %written)
  ret void
}
@hello = private constant [6 x i8] c"hello\\0A"
`;

let modules = 0;

async function build(ir: string, level: 0 | 2 = 0): Promise<string> {
  const linked = await compileEmbedded(backend, HEADER + ir, level);
  assert.ok(linked.ok && linked.bytes !== null, JSON.stringify(linked));
  const file = path.join(work, `${modules++}.wasm`);
  fs.writeFileSync(file, linked.bytes);
  return file;
}

const runArguments = (file: string, args: readonly string[]): string[] => [
  ...runProcessFlags(),
  ...typescript,
  path.join(source, 'run-process.ts'),
  file,
  'program',
  ...args,
];

function run(file: string, args: readonly string[] = [], input = ''): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, runArguments(file, args), { encoding: 'utf8', input });
}

test('embedded compiler', async (t) => {
  await t.test('hello, with status', async () => {
    const file = await build(`define i32 @main(i32 %argc, ptr %argv) {
  call void @say(ptr @hello, i32 6)
  ret i32 %argc
}`);
    const result = run(file, ['a', 'b']);
    assert.deepEqual([result.stdout, result.stderr, result.status], ['hello\n', '', 3]);
  });

  await t.test('argv has 8-byte slots and a null behind the last', async () => {
    const file = await build(`define i32 @main(i32 %argc, ptr %argv) {
  %slot = getelementptr i64, ptr %argv, i32 1
  %address = load i64, ptr %slot
  %text = inttoptr i64 %address to ptr
  call void @say(ptr %text, i32 3)
  %end = getelementptr i64, ptr %argv, i32 2
  %null = load i64, ptr %end
  %status = trunc i64 %null to i32
  ret i32 %status
}`);
    const result = run(file, ['xyz']);
    assert.deepEqual([result.stdout, result.status], ['xyz', 0]);
  });

  await t.test('vectorizes and uses bulk memory', async () => {
    const ir = `${HEADER}
define void @scale(ptr noalias %to, ptr noalias %from, i32 %n) {
entry:
  %any = icmp sgt i32 %n, 0
  br i1 %any, label %body, label %exit
body:
  %i = phi i32 [ 0, %entry ], [ %next, %body ]
  %p = getelementptr float, ptr %from, i32 %i
  %q = getelementptr float, ptr %to, i32 %i
  %x = load float, ptr %p
  %y = fmul float %x, 2.0
  store float %y, ptr %q
  %next = add nuw nsw i32 %i, 1
  %more = icmp slt i32 %next, %n
  br i1 %more, label %body, label %exit
exit:
  ret void
}
declare void @llvm.memset.p0.i32(ptr, i8, i32, i1)
define void @clear(ptr %p, i32 %n) {
  call void @llvm.memset.p0.i32(ptr %p, i8 0, i32 %n, i1 false)
  ret void
}`;
    const asm = await backend.compile(ir, options({ emit: 'asm' }));
    assert.ok(asm.ok, JSON.stringify(asm));
    const text = new TextDecoder().decode(asm.bytes);
    assert.match(text, /f32x4\.(mul|add)/);
    assert.match(text, /memory\.fill/);
    const optimized = await backend.compile(ir, options({ emit: 'llvm-opt', remarks: true }));
    assert.ok(optimized.ok);
    assert.match(new TextDecoder().decode(optimized.bytes), /<4 x float>/);
    assert.ok(optimized.remarks.some((remark) => /vectorized loop/.test(remark.message)));
  });

  await t.test('reports bad IR with its line', async () => {
    const result = await backend.compile('define i32 @f() {\n  ret i32 %x\n}', options({}));
    assert.ok(!result.ok);
    assert.deepEqual([result.failure.kind, result.failure.irPosition?.line], ['internal', 2]);
  });

  await t.test('names undefined symbols and a missing main', async () => {
    const missing = await compileEmbedded(
      backend,
      `${HEADER}declare void @no_such_function()
define i32 @main(i32 %a, ptr %b) {
  call void @no_such_function()
  ret i32 0
}`,
      0,
    );
    assert.ok(!missing.ok);
    assert.deepEqual([missing.failure.kind, missing.failure.symbols], ['undefined-symbols', ['no_such_function']]);
    const noMain = await compileEmbedded(backend, `${HEADER}define void @f() {\n ret void\n}`, 0);
    assert.ok(!noMain.ok && /no main function/.test(noMain.failure.message), JSON.stringify(noMain));
  });

  await t.test('a module without entry exports what was asked for', async () => {
    const compiled = await backend.compile(
      `${HEADER}define i64 @triple(i64 %x) {\n %y = mul i64 %x, 3\n ret i64 %y\n}`,
      options({}),
    );
    assert.ok(compiled.ok);
    const file = path.join(work, 'triple.wasm');
    const linkOptions = { ...executableOptions(file), kind: 'shared' as const, exports: ['triple'] };
    const linked = await backend.link([compiled.bytes], linkOptions);
    assert.ok(linked.ok && linked.bytes === null, JSON.stringify(linked));
    const { wasmApi } = await import('@kiln/backend-embedded/webassembly.ts');
    const instance = new wasmApi.Instance(new wasmApi.Module(fs.readFileSync(file)), {});
    assert.equal((instance.exports['triple'] as (x: bigint) => bigint)(14n), 42n);
  });

  await t.test(
    'its lld links native programs where the system has none',
    {
      skip: libLlvmInstalled() ? false : 'libLLVM 22 is not installed',
    },
    async () => {
      const native = startNativeCompiler({ workerScript: null, execArgv: null, fallbackLinker: backend.runLinker });
      const compiled = await native.compile(
        'declare i64 @write(i32, ptr, i64)\n@t = private constant [3 x i8] c"hi\\0A"\ndefine i32 @main(i32 %a, ptr %b) {\n %n = call i64 @write(i32 1, ptr @t, i64 3)\n ret i32 5\n}',
        compileOptions(native.target('native', ''), 0, 'x'),
      );
      assert.ok(compiled.ok);
      const file = path.join(work, 'linked-by-wasm');
      process.env['KILN_LINKER'] = 'embedded';
      try {
        const linked = await native.link([compiled.bytes], executableOptions(file));
        assert.ok(linked.ok, JSON.stringify(linked));
      } finally {
        delete process.env['KILN_LINKER'];
      }
      const result = spawnSync(file, [], { encoding: 'utf8' });
      assert.deepEqual([result.stdout, result.status], ['hi\n', 5]);
    },
  );
});

test('WASI host', async (t) => {
  await t.test('a trap keeps the output and gives 132', async () => {
    const file = await build(`define i32 @main(i32 %argc, ptr %argv) {
  call void @say(ptr @hello, i32 6)
  call void @llvm.trap()
  unreachable
}`);
    const result = run(file);
    assert.deepEqual([result.stdout, result.stderr, result.status], ['hello\n', '', 132]);
  });

  await t.test('an access outside memory is told', async () => {
    const file = await build(`define i32 @main(i32 %argc, ptr %argv) {
  %x = load i32, ptr inttoptr (i32 -16 to ptr)
  ret i32 %x
}`);
    const result = run(file);
    assert.deepEqual([result.stderr, result.status], ['kiln: trap: memory access out of bounds\n', 132]);
  });

  await t.test('endless recursion gives 132 and one line', async () => {
    const file = await build(`define i32 @down(i32 %n) {
  %m = add i32 %n, 1
  %r = call i32 @down(i32 %m)
  %s = add i32 %r, %n
  ret i32 %s
}
define i32 @main(i32 %argc, ptr %argv) {
  call void @say(ptr @hello, i32 6)
  %r = call i32 @down(i32 %argc)
  ret i32 %r
}`);
    const result = run(file);
    assert.deepEqual(
      [result.stdout, result.stderr, result.status],
      ['hello\n', 'kiln: stack overflow: the calls nest deeper than the stack allows\n', 132],
    );
  });

  await t.test('recursion 50000 deep with frames in memory works', async () => {
    const file = await build(`declare void @llvm.donothing()
define i32 @down(i32 %n) {
  %slot = alloca [16 x i32]
  store volatile i32 %n, ptr %slot
  %end = icmp eq i32 %n, 0
  br i1 %end, label %stop, label %go
stop:
  ret i32 0
go:
  %m = sub i32 %n, 1
  %r = call i32 @down(i32 %m)
  %x = load volatile i32, ptr %slot
  %y = and i32 %x, 0
  %z = add i32 %r, %y
  ret i32 %z
}
define i32 @main(i32 %argc, ptr %argv) {
  %r = call i32 @down(i32 50000)
  ret i32 %r
}`);
    const result = run(file);
    assert.deepEqual([result.stderr, result.status], ['', 0]);
  });

  await t.test('a large output arrives whole through a pipe', async () => {
    const file = await build(
      `define i32 @main(i32 %argc, ptr %argv) {
entry:
  br label %loop
loop:
  %i = phi i32 [ 0, %entry ], [ %next, %loop ]
  call void @say(ptr @hello, i32 6)
  %next = add i32 %i, 1
  %more = icmp ult i32 %next, 300000
  br i1 %more, label %loop, label %exit
exit:
  ret i32 0
}`,
      2,
    );
    const child = spawn(process.execPath, runArguments(file, []), { stdio: ['ignore', 'pipe', 'inherit'] });
    let length = 0;
    // A slow reader: the pipe is full most of the time.
    for await (const chunk of child.stdout) {
      length += (chunk as Buffer).length;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    assert.equal(length, 1_800_000);
    const cut = spawnSync('sh', ['-c', '"$0" "$@" | head -c 6; exit 0', process.execPath, ...runArguments(file, [])], {
      encoding: 'utf8',
    });
    assert.deepEqual([cut.stdout, cut.stderr], ['hello\n', '']);
  });

  await t.test('the C library: mathematics, files, input, i128', async () => {
    fs.writeFileSync(path.join(work, 'data.txt'), '');
    const name = path.join(work, 'data.txt');
    const text = (label: string, value: string): string =>
      `@${label} = private constant [${Buffer.byteLength(value) + 1} x i8] c"${value.replaceAll('\n', '\\0A')}\\00"\n`;
    const file =
      await build(`${text('name', name)}${text('mode', 'w+')}${text('format', '%.3f %d\n')}${text('line', 'kept\n')}
@buffer = internal global [16 x i8] zeroinitializer
declare double @exp(double)
declare i32 @printf(ptr, ...)
declare i32 @fflush(ptr)
declare ptr @fopen(ptr, ptr)
declare i32 @fputs(ptr, ptr)
declare i32 @fclose(ptr)
declare void @rewind(ptr)
declare ptr @fgets(ptr, i32, ptr)
declare i32 @getchar()
define i32 @main(i32 %argc, ptr %argv) {
  %x = uitofp i32 %argc to double
  %y = call double @exp(double %x)
  %c = call i32 @getchar()
  %n = call i32 (ptr, ...) @printf(ptr @format, double %y, i32 %c)
  %f = call ptr @fopen(ptr @name, ptr @mode)
  %e0 = call i32 @fputs(ptr @line, ptr %f)
  call void @rewind(ptr %f)
  %back = call ptr @fgets(ptr @buffer, i32 16, ptr %f)
  %e1 = call i32 (ptr, ...) @printf(ptr %back)
  %e2 = call i32 @fclose(ptr %f)
  %e3 = call i32 @fflush(ptr null)
  %wide = sext i32 %argc to i128
  %big = mul i128 %wide, 36893488147419103232
  %high = lshr i128 %big, 64
  %status = trunc i128 %high to i32
  ret i32 %status
}`);
    const result = run(file, [], 'A');
    assert.deepEqual([result.stdout, result.stderr, result.status], ['2.718 65\nkept\n', '', 2]);
    assert.equal(fs.readFileSync(name, 'utf8'), 'kept\n');
  });

  await t.test('sleeping takes its time', async () => {
    const file = await build(`declare i32 @usleep(i32)
define i32 @main(i32 %argc, ptr %argv) {
  %e = call i32 @usleep(i32 150000)
  ret i32 %e
}`);
    const before = performance.now();
    const result = run(file);
    assert.equal(result.status, 0, result.stderr);
    assert.ok(performance.now() - before > 150);
  });

  await t.test('a module that is missing is an environment failure', () => {
    const result = run(path.join(work, 'absent.wasm'));
    assert.equal(result.status, 3);
    assert.match(result.stderr, /^kiln: cannot read /);
  });
});
