/** Target facts that need no LLVM: triples, data layouts, vector widths.
 *  In: architecture and CPU name. Out: the static parts of `TargetInfo`. The data layouts repeat what LLVM 22 computes
 *  for the triple; a backend test compares them. */
import type { TargetInfo } from './backend.ts';

export const X86_64_LINUX = 'x86_64-unknown-linux-gnu';
export const AARCH64_LINUX = 'aarch64-unknown-linux-gnu';
export const WASM32 = 'wasm32-unknown-unknown';

export const DATA_LAYOUTS: Readonly<Record<string, string>> = {
  [X86_64_LINUX]: 'e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128',
  [AARCH64_LINUX]: 'e-m:e-p270:32:32-p271:32:32-p272:64:64-i8:8:32-i16:16:32-i64:64-i128:128-n32:64-S128-Fn32',
  [WASM32]: 'e-m:e-p:32:32-p10:8:8-p20:8:8-i64:64-i128:128-n32:64-S128-ni:1:10:20',
};

/** Every function of a wasm module carries these: a function without them would be compiled without vectors. */
export const WASM_FEATURES = '+simd128,+bulk-memory,+mutable-globals,+sign-ext,+nontrapping-fptoint';

/** As `WASM_FEATURES`, for modules with shared memory. */
export const WASM_THREAD_FEATURES = `${WASM_FEATURES},+atomics`;

/** `threads`: whether a program may start threads. It gets shared memory only if it contains code that does (`llvm/threads.ts`). */
export function wasmTarget({ threads }: { readonly threads: boolean } = { threads: true }): TargetInfo {
  const features = threads ? WASM_THREAD_FEATURES : WASM_FEATURES;
  return {
    backend: 'embedded',
    triple: WASM32,
    dataLayout: DATA_LAYOUTS[WASM32] ?? '',
    simdByteWidth: 16,
    hasVnni: false,
    cpu: 'generic',
    features,
    pointerBytes: 4,
    arch: 'wasm32',
    os: 'wasi',
    isWasm: true,
    fingerprint: `wasm32:${features}`,
  };
}

const AVX512_CPUS =
  /^(x86-64-v4|skylake-avx512|skx|cascadelake|cooperlake|cannonlake|icelake-.*|rocketlake|tigerlake|sapphirerapids|emeraldrapids|graniterapids.*|diamondrapids|knl|knm|znver[4-9])$/;
const AVX_CPUS =
  /^(x86-64-v3|haswell|core-avx2|broadwell|skylake|alderlake|raptorlake|meteorlake|arrowlake.*|lunarlake|pantherlake|gracemont|sierraforest|grandridge|clearwaterforest|znver[1-3]|bdver4|sandybridge|ivybridge|core-avx-i|corei7-avx)$/;

const VNNI_CPUS =
  /^(cascadelake|cooperlake|icelake-.*|rocketlake|tigerlake|sapphirerapids|emeraldrapids|graniterapids.*|diamondrapids|znver[4-9])$/;

/** Whether a named CPU with LLVM features on top has AVX512-VNNI. */
export function hasVnniOf(cpu: string, features: string): boolean {
  const changed = features.split(',');
  if (changed.includes('-avx512vnni') || changed.includes('-avx512f')) return false;
  return VNNI_CPUS.test(cpu) || changed.includes('+avx512vnni');
}

/** Vector register width of a named CPU with LLVM features on top. */
export function simdByteWidthOf(arch: string, cpu: string, features: string): number {
  if (arch !== 'x86_64') return 16;
  const has = (name: string): boolean => features.split(',').includes(`+${name}`);
  const lacks = (name: string): boolean => features.split(',').includes(`-${name}`);
  if ((AVX512_CPUS.test(cpu) && !lacks('avx512f')) || has('avx512f')) return 64;
  if (((AVX512_CPUS.test(cpu) || AVX_CPUS.test(cpu)) && !lacks('avx')) || has('avx') || has('avx2')) return 32;
  return 16;
}
