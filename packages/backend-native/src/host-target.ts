/** Facts about this machine without loading LLVM.
 *  In: `/proc/cpuinfo` (Linux) or `sysctl` facts Node offers. Out: `TargetInfo` for the native backend. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import type { OperatingSystem, TargetInfo } from '@kiln/compiler/backend/backend.ts';
import {
  AARCH64_LINUX,
  DATA_LAYOUTS,
  hasVnniOf,
  simdByteWidthOf,
  X86_64_LINUX,
} from '@kiln/compiler/backend/target-info.ts';

interface HostFacts {
  readonly model: string;
  readonly flags: ReadonlySet<string>;
}

let facts: HostFacts | null = null;

function hostFacts(): HostFacts {
  if (facts !== null) return facts;
  let text = '';
  try {
    // The first processor's paragraph is enough, and the file is long on large machines.
    const descriptor = fs.openSync('/proc/cpuinfo', 'r');
    const buffer = Buffer.alloc(16384);
    let length = 0;
    for (;;) {
      const count = fs.readSync(descriptor, buffer, length, buffer.length - length, null);
      length += count;
      if (count === 0 || length === buffer.length) break;
    }
    fs.closeSync(descriptor);
    text = buffer.toString('latin1', 0, length).split('\n\n')[0] ?? '';
  } catch {
    text = '';
  }
  const field = (name: string): string => new RegExp(`^${name}\\s*: (.*)$`, 'm').exec(text)?.[1] ?? '';
  const identity = ['vendor_id', 'cpu family', 'model', 'model name', 'stepping', 'CPU part'].map(field).join('/');
  const flagText = field('flags') || field('Features');
  facts = { model: `${identity || (os.cpus()[0]?.model ?? '')};${flagText}`, flags: new Set(flagText.split(' ')) };
  return facts;
}

function operatingSystem(): OperatingSystem {
  switch (process.platform) {
    case 'darwin':
      return 'macos';
    case 'win32':
      return 'windows';
    default:
      return 'linux';
  }
}

/** FNV-1a, enough to tell CPUs apart in a cache key. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) {
    value = BigInt.asUintN(64, (value ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  }
  return value.toString(16).padStart(16, '0');
}

/** `cpu` is 'native' or an LLVM name; `features` is added to it. */
export function hostTarget(cpu: string, features: string): TargetInfo {
  const arch = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const triple = arch === 'aarch64' ? AARCH64_LINUX : X86_64_LINUX;
  let simdByteWidth = simdByteWidthOf(arch, cpu, features);
  let hasVnni = hasVnniOf(cpu, features);
  let fingerprint = `${arch}:${cpu}:${features}`;
  if (cpu === 'native') {
    const { flags, model } = hostFacts();
    if (arch === 'x86_64') {
      if (flags.has('avx512f') && !features.includes('-avx512f')) simdByteWidth = 64;
      else if (flags.has('avx')) simdByteWidth = 32;
      if (flags.has('avx512_vnni')) hasVnni = hasVnniOf(cpu, `+avx512vnni,${features}`);
    }
    fingerprint += `:${hash(model)}`;
  }
  return {
    backend: 'native',
    triple,
    dataLayout: DATA_LAYOUTS[triple] ?? '',
    simdByteWidth,
    hasVnni,
    cpu,
    features,
    pointerBytes: 8,
    arch,
    os: operatingSystem(),
    isWasm: false,
    fingerprint,
  };
}
