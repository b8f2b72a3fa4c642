/** What is decided about a module between optimization and code generation, because only then it is known what loops carry and where
 *  values come from. In: an optimized module, its text before that, the processor. Out: the module, changed. */
import { allowContraction } from './contraction.ts';
import { FloatRanges } from './float-ranges.ts';
import type { LlvmFunctions, Pointer } from './libllvm.ts';
import { addsFasterInHalves, narrowVectors } from './narrow-vectors.ts';
import { ValueTypes } from './value-types.ts';
import { functionsOf, walk } from './walk.ts';

const CONVERSION = / fpto[su]i /;
/** LLVM makes vectors by itself, but not of what a loop carries in order. */
const FLOAT_VECTOR = / x (?:float|double)>/;

export function finishModule(llvm: LlvmFunctions, module: Pointer, ir: string, cpu: string): void {
  const contracts = ir.includes(' afn ');
  const narrows = addsFasterInHalves(cpu) && FLOAT_VECTOR.test(ir);
  const types = new ValueTypes(llvm);
  const ranges = CONVERSION.test(ir) ? new FloatRanges(llvm, types) : null;
  if (!contracts && !narrows && ranges === null) return;
  for (const fn of functionsOf(llvm, module)) {
    const walked = walk(llvm, fn);
    if (walked.length === 0) continue;
    const nodes = ranges === null ? walked : ranges.fold(walked);
    if (contracts) allowContraction(llvm, nodes);
    if (narrows) narrowVectors(llvm, types, fn, nodes);
  }
}
