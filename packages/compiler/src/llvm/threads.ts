/** Whether a program for wasm starts threads, which decides about shared memory.
 *  In: the concrete program and its target.  Out: the target as the module is compiled for it: without atomic instructions where
 *  nobody could watch. LLVM makes plain memory accesses of atomic ones then. */
import type { TargetInfo } from '../backend/backend.ts';
import type { Body, ConcreteProgram } from '../mir/mir.ts';

/** The host's function that starts a thread (`std/algorithm/_pool.mojo`). */
const THREAD_START = 'kiln.spawn';
const ATOMICS = ',+atomics';

export function effectiveTarget(program: ConcreteProgram, target: TargetInfo): TargetInfo {
  if (!target.isWasm || !hasSharedMemory(target) || startsThreads(program)) return target;
  return { ...target, features: target.features.replace(ATOMICS, '') };
}

/** Of a target for wasm. */
export function hasSharedMemory(target: TargetInfo): boolean {
  return target.features.includes(ATOMICS);
}

function startsThreads(program: ConcreteProgram): boolean {
  return program.instances.values().some(({ body }) => body !== null && callsForeign(body, THREAD_START));
}

function callsForeign(body: Body, symbol: string): boolean {
  for (const { statements, terminator } of body.blocks.values()) {
    if (terminator.kind === 'tryCall' && terminator.callee.kind === 'foreign' && terminator.callee.symbol === symbol)
      return true;
    for (const statement of statements)
      if (statement.kind === 'call' && statement.callee.kind === 'foreign' && statement.callee.symbol === symbol)
        return true;
  }
  return false;
}
