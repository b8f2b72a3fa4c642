/** Cuts an optimized module into pieces whose machine code is generated side by side, one thread each.
 *  In: a module after optimization. Out: its bitcode, for the other threads; or the module with one piece left to emit.
 *  Every piece holds the whole module: what belongs to another one is `available_externally`, which code generation
 *  skips. Hidden visibility keeps calls between pieces direct and out of the dynamic symbol table. */
import type { LibLlvm, LlvmFunctions, OutPointer, Pointer } from './libllvm.ts';
import { functionsOf, isSome } from './walk.ts';

/** One of `of` pieces, counted from 0. */
export interface Piece {
  readonly index: number;
  readonly of: number;
}

/** LLVMLinkage. */
const EXTERNAL = 0;
const AVAILABLE_EXTERNALLY = 1;
const INTERNAL = 8;
const PRIVATE = 9;
/** LLVMVisibility. */
const HIDDEN = 1;

/** IR text of so many characters for every piece: below it a second thread costs more than it saves. */
const TEXT_PER_PIECE = 1_000_000;

/** How many pieces to make of IR text of a length, with so many processors. */
export function piecesFor(textLength: number, processors: number): number {
  return Math.max(1, Math.min(processors, 8, Math.floor(textLength / TEXT_PER_PIECE)));
}

/** Lets the pieces refer to each other's symbols, and returns the module as bitcode in memory that threads share. */
export function shareModule(library: LibLlvm, module: Pointer): Uint8Array {
  const llvm = library.functions;
  let unnamed = 0;
  for (const symbol of symbolsOf(llvm, module)) {
    const linkage = llvm.GetLinkage(symbol);
    if (linkage !== INTERNAL && linkage !== PRIVATE) continue;
    if (library.readString(llvm.GetValueName(symbol)) === '') {
      const name = `.piece.${unnamed++}`;
      llvm.SetValueName2(symbol, name, name.length);
    }
    llvm.SetLinkage(symbol, EXTERNAL);
    llvm.SetVisibility(symbol, HIDDEN);
  }
  const buffer = llvm.WriteBitcodeToMemoryBuffer(module);
  const length = llvm.GetBufferSize(buffer);
  const shared = new Uint8Array(new SharedArrayBuffer(length));
  shared.set(library.copyBytes(llvm.GetBufferStart(buffer), length));
  llvm.DisposeMemoryBuffer(buffer);
  return shared;
}

/** Reads what `shareModule` wrote. The caller disposes of the module. */
export function readSharedModule(library: LibLlvm, context: Pointer, bitcode: Uint8Array): Pointer | null {
  const llvm = library.functions;
  const buffer = llvm.CreateMemoryBufferWithMemoryRangeCopy(bitcode, bitcode.length, 'piece');
  const module: OutPointer = [null];
  const failed = llvm.ParseBitcodeInContext2(context, buffer, module) !== 0;
  llvm.DisposeMemoryBuffer(buffer);
  return failed ? null : module[0];
}

/** Leaves one piece of a shared module to emit: a run of functions of about the same size in each, and all variables in the first. */
export function keepPiece(llvm: LlvmFunctions, module: Pointer, piece: Piece): void {
  const functions = [...functionsOf(llvm, module)].map((fn) => ({ fn, size: llvm.CountBasicBlocks(fn) }));
  const total = functions.reduce((sum, { size }) => sum + size, 0);
  let before = 0;
  for (const { fn, size } of functions) {
    const owner = Math.min(piece.of - 1, Math.floor((before * piece.of) / Math.max(total, 1)));
    before += size;
    if (size > 0 && owner !== piece.index) llvm.SetLinkage(fn, AVAILABLE_EXTERNALLY);
  }
  if (piece.index === 0) return;
  for (const variable of variablesOf(llvm, module)) {
    if (llvm.IsDeclaration(variable) === 0) llvm.SetLinkage(variable, AVAILABLE_EXTERNALLY);
  }
}

function* symbolsOf(llvm: LlvmFunctions, module: Pointer): Generator<Pointer> {
  yield* functionsOf(llvm, module);
  yield* variablesOf(llvm, module);
}

function* variablesOf(llvm: LlvmFunctions, module: Pointer): Generator<Pointer> {
  for (let it = llvm.GetFirstGlobal(module); isSome(it); it = llvm.GetNextGlobal(it)) yield it;
}
