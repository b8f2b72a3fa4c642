/** The native backend on hand-written IR: objects, assembly, optimized IR, executables, shared libraries, JIT, failures. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { after, test } from 'node:test';
import { JitSession } from '@kiln/backend-native/jit.ts';
import { libLlvmInstalled, loadLibLlvm } from '@kiln/backend-native/libllvm.ts';
import { LlvmCompiler } from '@kiln/backend-native/llvm-compile.ts';
import { startNativeCompiler } from '@kiln/backend-native/native-backend.ts';
import { compileOptions, executableOptions, type CompileOptions } from '@kiln/compiler/backend/backend.ts';

const skip = libLlvmInstalled() ? false : 'libLLVM 22 is not installed';
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'kiln-native-'));
const workerScript = path.join(process.cwd(), 'packages/backend-native/src/native-worker.ts');
const backend = startNativeCompiler({
  workerScript: skip === false ? workerScript : null,
  execArgv: null,
  fallbackLinker: null,
});
after(async () => {
  await backend.close();
  fs.rmSync(work, { recursive: true, force: true });
});

const target = backend.target('native', '');
const options = (overrides: Partial<CompileOptions>): CompileOptions => ({
  ...compileOptions(target, 3, 'test'),
  ...overrides,
});

const HELLO = `
@text = private constant [6 x i8] c"hello\\0A"
declare i64 @write(i32, ptr, i64)
define i32 @main(i32 %argc, ptr %argv) {
  %n = call i64 @write(i32 1, ptr @text, i64 6)
  ret i32 %argc
}`;

const SCALE = `
define void @scale(ptr noalias %to, ptr noalias %from, i64 %n) {
entry:
  %any = icmp sgt i64 %n, 0
  br i1 %any, label %body, label %exit
body:
  %i = phi i64 [ 0, %entry ], [ %next, %body ]
  %p = getelementptr float, ptr %from, i64 %i
  %q = getelementptr float, ptr %to, i64 %i
  %x = load float, ptr %p
  %y = fmul float %x, 2.0
  store float %y, ptr %q
  %next = add nuw nsw i64 %i, 1
  %more = icmp slt i64 %next, %n
  br i1 %more, label %body, label %exit
exit:
  ret void
}`;

async function compileText(ir: string, overrides: Partial<CompileOptions>): Promise<string> {
  const result = await backend.compile(ir, options(overrides));
  assert.ok(result.ok, JSON.stringify(result));
  return new TextDecoder().decode(result.bytes);
}

async function buildExecutable(ir: string, name: string, level: 0 | 3 = 0): Promise<string> {
  const compiled = await backend.compile(ir, options({ optLevel: level }));
  assert.ok(compiled.ok, JSON.stringify(compiled));
  const file = path.join(work, name);
  const linked = await backend.link([compiled.bytes], executableOptions(file));
  assert.ok(linked.ok, JSON.stringify(linked));
  return file;
}

test('native backend', { skip }, async (t) => {
  await t.test('builds a program that needs only libc', async () => {
    const file = await buildExecutable(HELLO, 'hello', 3);
    const run = spawnSync(file, ['a', 'b'], { encoding: 'utf8' });
    assert.deepEqual([run.stdout, run.status], ['hello\n', 3]);
    assert.ok(fs.statSync(file).size < 10_000);
    assert.deepEqual(
      fs.readdirSync(work).filter((name) => name.startsWith('.kiln')),
      [],
    );
  });

  await t.test('calls the mathematics library, with an aligned stack', async () => {
    const ir = `
declare double @exp(double)
declare i32 @printf(ptr, ...)
@format = private constant [6 x i8] c"%.3f\\0A\\00"
define i32 @main(i32 %argc, ptr %argv) {
  %x = uitofp i32 %argc to double
  %y = call double @exp(double %x)
  %n = call i32 (ptr, ...) @printf(ptr @format, double %y)
  ret i32 0
}`;
    const run = spawnSync(await buildExecutable(ir, 'math'), [], { encoding: 'utf8' });
    assert.equal(run.stdout, '2.718\n');
  });

  await t.test('a trap ends in SIGILL', async () => {
    const ir = `
declare void @llvm.trap()
define i32 @main(i32 %argc, ptr %argv) {
  call void @llvm.trap()
  unreachable
}`;
    assert.equal(spawnSync(await buildExecutable(ir, 'trap')).signal, 'SIGILL');
  });

  await t.test('vectorizes for the CPU asked for', async () => {
    const wide = await compileText(SCALE, { cpu: 'x86-64-v3', emit: 'llvm-opt' });
    assert.match(wide, /<(8|16) x float>/);
    const narrow = await compileText(SCALE, { cpu: 'x86-64', emit: 'llvm-opt' });
    assert.match(narrow, /<4 x float>/);
    assert.doesNotMatch(narrow, /<8 x float>/);
    assert.match(await compileText(SCALE, { cpu: 'x86-64-v3', emit: 'asm' }), /ymm/);
    assert.doesNotMatch(await compileText(SCALE, { optLevel: 0, emit: 'llvm-opt' }), /x float>/);
  });

  await t.test('contracts only where the IR says so', async () => {
    const ir = (flag: string): string => `
define float @f(float %a, float %b, float %c) {
  %p = fmul ${flag} float %a, %b
  %s = fadd ${flag} float %p, %c
  ret float %s
}`;
    assert.doesNotMatch(await compileText(ir(''), { cpu: 'x86-64-v3', emit: 'asm' }), /fmadd/);
    assert.match(await compileText(ir('contract'), { cpu: 'x86-64-v3', emit: 'asm' }), /fmadd/);
  });

  await t.test('remarks come only when asked for', async () => {
    const without = await backend.compile(SCALE, options({}));
    assert.deepEqual(without.ok && without.remarks, []);
    const remarks = await backend.compile(SCALE, options({ remarks: true }));
    assert.ok(remarks.ok && remarks.remarks.some((remark) => /vectorized loop/.test(remark.message)));
    const again = await backend.compile(SCALE, options({}));
    assert.deepEqual(again.ok && again.remarks, []);
  });

  await t.test('reports bad IR with its line', async () => {
    const syntax = await backend.compile('define i32 @f() {\n  ret i32 %x\n}', options({}));
    assert.ok(!syntax.ok);
    assert.deepEqual([syntax.failure.kind, syntax.failure.irPosition?.line], ['internal', 2]);
    const broken = await backend.compile(
      'define i32 @f(i1 %c) {\n br i1 %c, label %a, label %b\na:\n %x = add i32 1, 2\n br label %b\nb:\n ret i32 %x\n}',
      options({}),
    );
    assert.ok(!broken.ok);
    assert.match(broken.failure.message, /does not dominate/);
    assert.match(await compileText(HELLO, { emit: 'asm' }), /main/);
  });

  await t.test('a code generation error is a failure, not an exit', async () => {
    const ir = 'define void @f() {\n call void asm sideeffect "bogus_instruction", ""()\n ret void\n}';
    const result = await backend.compile(ir, options({}));
    assert.ok(!result.ok);
    assert.match(result.failure.message, /bogus_instruction|invalid instruction/);
  });

  await t.test('names undefined symbols and a missing main', async () => {
    const compiled = await backend.compile(
      'declare void @no_such_function()\ndefine i32 @main(i32 %a, ptr %b) {\n call void @no_such_function()\n ret i32 0\n}',
      options({}),
    );
    assert.ok(compiled.ok);
    const linked = await backend.link([compiled.bytes], executableOptions(null));
    assert.ok(!linked.ok);
    assert.deepEqual([linked.failure.kind, linked.failure.symbols], ['undefined-symbols', ['no_such_function']]);
    const empty = await backend.compile('define void @f() {\n ret void\n}', options({}));
    assert.ok(empty.ok);
    const noMain = await backend.link([empty.bytes], executableOptions(null));
    assert.ok(!noMain.ok && /no main function/.test(noMain.failure.message));
  });

  await t.test('an unwritable output is an environment failure', async () => {
    const compiled = await backend.compile(HELLO, options({}));
    assert.ok(compiled.ok);
    const linked = await backend.link([compiled.bytes], executableOptions(path.join(work, 'absent', 'out')));
    assert.ok(!linked.ok && linked.failure.kind === 'environment');
  });

  await t.test('shared libraries', async () => {
    const compiled = await backend.compile(
      'define i64 @triple(i64 %x) {\n %y = mul i64 %x, 3\n ret i64 %y\n}',
      options({}),
    );
    assert.ok(compiled.ok);
    const file = path.join(work, 'libtriple.so');
    const linked = await backend.link([compiled.bytes], { ...executableOptions(file), kind: 'shared' });
    assert.ok(linked.ok, JSON.stringify(linked));
    const koffi = (await import('koffi')).default;
    assert.equal(koffi.load(file).func('int64_t triple(int64_t)')(14), 42);
  });

  await t.test('JIT', async () => {
    const session = await JitSession.open();
    assert.ok(session instanceof JitSession);
    const module = session.jitModule(
      `${SCALE}\ndeclare i32 @abs(i32)\ndefine i32 @distance(i32 %x) {\n %y = call i32 @abs(i32 %x)\n ret i32 %y\n}`,
      2,
    );
    assert.ok(module.ok, JSON.stringify(module));
    const scale = module.lookup('scale');
    assert.equal(typeof scale, 'bigint');
    const { koffi } = session;
    const from = Float32Array.from({ length: 100 }, (_, i) => i);
    const to = new Float32Array(100);
    koffi.call(scale, koffi.proto('void ScaleProto(void *, void *, int64_t)'), to, from, 100);
    assert.equal(to[99], 198);
    assert.equal(koffi.call(module.lookup('distance'), koffi.proto('int DistanceProto(int)'), -5), 5);
    const missing = module.lookup('absent');
    assert.ok(typeof missing !== 'bigint' && missing.kind === 'undefined-symbols');
    module.dispose();
    assert.notEqual(typeof module.lookup('scale'), 'bigint');
  });

  await t.test('our target facts are what LLVM computes', async () => {
    const library = await loadLibLlvm();
    assert.ok(library.ok);
    assert.equal(target.dataLayout, new LlvmCompiler(library).hostDataLayout());
    assert.match(await backend.describe(), /^LLVM 22/);
    assert.equal(backend.target('x86-64-v4', '').simdByteWidth, target.arch === 'x86_64' ? 64 : 16);
  });
});

test('a missing library is one sentence that says what to do', () => {
  const script = `
import { startNativeCompiler } from '@kiln/backend-native/native-backend.ts';
import { compileOptions } from '@kiln/compiler/backend/backend.ts';
const backend = startNativeCompiler({ workerScript: null, execArgv: null, fallbackLinker: null });
const result = await backend.compile('', compileOptions(backend.target('native', ''), 0, 'x'));
console.log(JSON.stringify(result));`;
  const run = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: { ...process.env, KILN_LLVM: path.join(work, 'absent') },
    cwd: path.join(process.cwd(), 'packages/backend-native'),
  });
  assert.match(run.stdout, /"kind":"environment"/, run.stderr);
  assert.match(run.stdout, /KILN_LLVM=.* holds no usable libLLVM 22/);
});
