/** CPUs that LLVM 22 can generate code for, by its names. LLVM itself only prints a warning at an unknown one and goes on. */

/** Those of x86-64; older ones cannot run what Kiln makes. */
const X86_64: readonly string[] = [
  ...['generic', 'native', 'x86-64', 'x86-64-v2', 'x86-64-v3', 'x86-64-v4'],
  ...['nocona', 'core2', 'penryn', 'nehalem', 'corei7', 'westmere', 'sandybridge', 'corei7-avx', 'ivybridge'],
  ...['core-avx-i', 'haswell', 'core-avx2', 'broadwell', 'skylake', 'skylake-avx512', 'skx', 'cascadelake'],
  ...['cooperlake', 'cannonlake', 'icelake-client', 'icelake-server', 'rocketlake', 'tigerlake', 'sapphirerapids'],
  ...['emeraldrapids', 'graniterapids', 'graniterapids-d', 'diamondrapids', 'alderlake', 'raptorlake', 'meteorlake'],
  ...['arrowlake', 'arrowlake-s', 'lunarlake', 'pantherlake', 'wildcatlake', 'novalake', 'gracemont', 'sierraforest'],
  ...['grandridge', 'clearwaterforest', 'bonnell', 'atom', 'silvermont', 'slm', 'goldmont', 'goldmont-plus', 'tremont'],
  ...['knl', 'knm', 'k8', 'athlon64', 'athlon-fx', 'opteron', 'k8-sse3', 'athlon64-sse3', 'opteron-sse3', 'amdfam10'],
  ...['barcelona', 'btver1', 'btver2', 'bdver1', 'bdver2', 'bdver3', 'bdver4', 'znver1', 'znver2', 'znver3'],
  ...['znver4', 'znver5'],
];

/** The names for this machine's architecture; null where any may be right. */
export function knownCpus(): readonly string[] | null {
  return process.arch === 'x64' ? X86_64 : null;
}
