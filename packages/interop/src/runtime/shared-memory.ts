/** The memory that a WebAssembly module with threads imports.
 *  In: the module's bytes.  Out: the limits that it states, and a memory within them. */
import { platform, type WasmMemory } from './platform.ts';
import { type MemoryLimits, readImports } from './wasm-imports.ts';

export type { MemoryLimits } from './wasm-imports.ts';

/** Limits of the shared memory that the module imports; null: it has a memory of its own, and no threads. */
export function sharedMemoryOf(bytes: Uint8Array): MemoryLimits | null {
  for (const item of readImports(bytes)) if (item.kind === 'memory' && item.shared) return item.limits;
  return null;
}

/** A shared memory, with less room to grow where the system refuses to reserve all of it. */
export function makeSharedMemory(limits: MemoryLimits): WasmMemory {
  for (let { maximum } = limits; ; maximum >>>= 1) {
    try {
      return new platform.WebAssembly.Memory({ initial: limits.initial, maximum, shared: true });
    } catch (error) {
      if (maximum >>> 1 < limits.initial) throw error;
    }
  }
}
