/** Settings of V8 for a compiler that runs for a second: set before the compiler's code is loaded. */
import * as v8 from 'node:v8';

/** How much a function runs before V8 optimizes it, in bytes of bytecode. The default is 132 kB: compiling a program then
 *  costs up to twice the processor time, most of it for machine code that is used a few times or thrown away again. Loops
 *  that run for long, such as those of the interpreter, still get optimized. */
const INTERRUPT_BUDGET = 1_500_000;

export function tuneEngine(): void {
  v8.setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGET}`);
}
