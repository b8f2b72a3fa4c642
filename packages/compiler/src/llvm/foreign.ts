/** Calls of C functions, and imports of a wasm host.
 *  In: a symbol and operands as they are. Out: a call with C argument extension; the declaration is deduced from the first use.
 *  `POINTER_SYMBOL` calls the address that the first operand is; `llvm.…` is an intrinsic of LLVM. `module.name` on wasm is an import of that module. `__kiln_argc` and `__kiln_argv` are not functions: they read the
 *  program's arguments. */
import { present } from '../base/invariant.ts';
import type { AbiPiece } from '../layout/layout.ts';
import { POINTER_SYMBOL, type Operand, type Place } from '../mir/mir.ts';
import { extensionAttribute } from './abi.ts';
import type { BodyEmitter } from './emitter.ts';
import { globalName, piecesOf, registerType, typed, type Value, value } from './types.ts';

/** C functions with `...`, and how many fixed parameters they have: such calls need the variadic convention. */
const VARIADIC: ReadonlyMap<string, number> = new Map([
  ['printf', 1],
  ['fprintf', 2],
  ['dprintf', 2],
  ['sprintf', 2],
  ['snprintf', 3],
  ['scanf', 1],
  ['sscanf', 2],
  ['open', 2],
  ['openat', 3],
  ['fcntl', 2],
  ['ioctl', 2],
  ['syscall', 1],
  ['execl', 2],
  ['PyArg_ParseTuple', 2],
  ['Py_BuildValue', 1],
  ['PyObject_CallFunction', 2],
  ['PyErr_Format', 2],
]);

/** C functions that LLVM knows by name: only with their true types do calls keep their facts (fresh memory aliases nothing). */
const PROTOTYPES: ReadonlyMap<string, readonly [result: string, ...params: string[]]> = new Map([
  ['malloc', ['ptr', 'i64']],
  ['calloc', ['ptr', 'i64', 'i64']],
  ['realloc', ['ptr', 'ptr', 'i64']],
  ['aligned_alloc', ['ptr', 'i64', 'i64']],
  ['free', ['void', 'ptr']],
  ['memcpy', ['ptr', 'ptr', 'ptr', 'i64']],
  ['memmove', ['ptr', 'ptr', 'ptr', 'i64']],
  ['memset', ['ptr', 'ptr', 'i32', 'i64']],
  ['memcmp', ['i32', 'ptr', 'ptr', 'i64']],
  ['strlen', ['i64', 'ptr']],
]);

const NO_RETURN: ReadonlySet<string> = new Set(['exit', '_exit', '_Exit', 'abort', 'pthread_exit']);

/** One argument as C sees it. */
interface ForeignArgument {
  readonly pieces: readonly AbiPiece[];
  readonly values: readonly Value[];
  /** Of an aggregate that does not fit registers. */
  readonly address: string | null;
}

/** A variadic pack stands for its elements. */
function foreignArguments(e: BodyEmitter, operand: Operand): ForeignArgument[] {
  const type = e.operandType(operand);
  const layout = e.layout(type);
  if (e.module.layouts.declaration(type)?.builtin === 'pack') {
    if (layout.size === 0) return [];
    const base = e.readAddress(operand);
    return layout.fields.map((field) => {
      const pointer = e.w.loadPiece(
        { offset: 0, scalar: { kind: 'pointer', size: 8 }, lanes: 1 },
        { ...base, align: 8 },
        field.offset,
      );
      const element = present(field.type.kind === 'ref' ? field.type.pointee : null, 'pack element');
      const inner = e.layout(element);
      const pieces = piecesOf(inner);
      if (pieces === null) return { pieces: [], values: [], address: pointer.text };
      return { pieces, values: e.w.loadPieces(pieces, { pointer: pointer.text, align: inner.align }), address: null };
    });
  }
  const pieces = piecesOf(layout);
  if (pieces === null) return [{ pieces: [], values: [], address: e.ownedAddress(operand).pointer }];
  return [{ pieces, values: e.values(operand), address: null }];
}

export function emitForeignCall(e: BodyEmitter, symbol: string, operands: readonly Operand[], dest: Place): void {
  const { w } = e;
  const layout = e.layout(e.placeType(dest));
  const resultPieces = piecesOf(layout);
  if (symbol === '__kiln_argc' || symbol === '__kiln_argv') {
    const isCount = symbol === '__kiln_argc';
    const loaded = w.op(
      isCount ? 'i32' : 'ptr',
      isCount ? 'load i32, ptr @__kiln_argc, align 4' : 'load ptr, ptr @__kiln_argv, align 8',
    );
    const wanted = registerType(present(resultPieces?.[0], 'scalar result'));
    e.write(e.resolve(dest), [isCount ? extendInteger(e, loaded, wanted) : loaded]);
    return;
  }
  const types: string[] = [];
  const texts: string[] = [];
  const values: Value[] = [];
  let storage: string | null = null;
  if (resultPieces === null) {
    storage = w.storage(layout.size, layout.align).pointer;
    types.push('ptr');
    texts.push(`ptr ${storage}`);
  }
  const byAddress = symbol === POINTER_SYMBOL;
  const target = byAddress ? e.w.convert('inttoptr', e.single(present(operands[0], 'address')), 'ptr') : null;
  for (const argument of operands.slice(byAddress ? 1 : 0).flatMap((operand) => foreignArguments(e, operand))) {
    if (argument.address !== null) {
      types.push('ptr');
      texts.push(`ptr ${argument.address}`);
      values.push(value('ptr', argument.address));
      continue;
    }
    argument.pieces.forEach((piece, i) => {
      const v = present(argument.values[i], 'piece of an argument');
      types.push(v.type);
      values.push(v);
      texts.push(`${v.type} ${extensionAttribute(piece)}${v.text}`);
    });
  }
  const returned = (resultPieces ?? []).map(registerType);
  const returnType =
    returned.length === 0 ? 'void' : returned.length === 1 ? (returned[0] ?? 'void') : `{ ${returned.join(', ')} }`;
  const prototype = e.module.target.isWasm ? undefined : PROTOTYPES.get(symbol);
  if (prototype !== undefined && storage === null && prototype.length === values.length + 1) {
    const result = callPrototype(e, symbol, prototype, values);
    if (result !== null && returned.length === 1) e.write(e.resolve(dest), [convertScalar(e, result, returnType)]);
    return;
  }
  const fixed = e.module.target.isWasm ? null : (VARIADIC.get(symbol) ?? null);
  const extension = resultPieces?.length === 1 ? extensionAttribute(present(resultPieces[0], 'result piece')) : '';
  const reference = target?.text ?? foreignReference(e, symbol, returnType, types, fixed);
  const parameters = fixed === null ? types : [...types.slice(0, fixed), '...'];
  const noReturn = NO_RETURN.has(symbol) ? ' noreturn' : '';
  // The function type is spelled out: another use may have declared the symbol with different types.
  const text = isLlvmIntrinsic(symbol)
    ? `call ${returnType} ${reference}(${values.map(typed).join(', ')})`
    : `call ${extension}${returnType} (${parameters.join(', ')}) ${reference}(${texts.join(', ')}) nounwind${noReturn}`;
  if (returnType === 'void') w.effect(text);
  else {
    const result = w.op(returnType, text);
    const parts =
      returned.length === 1
        ? [result]
        : returned.map((type, i) => w.op(type, `extractvalue ${returnType} ${result.text}, ${i}`));
    e.write(e.resolve(dest), parts);
  }
  if (storage !== null) e.storeFrom(e.resolve(dest), { pointer: storage, align: layout.align });
}

function isLlvmIntrinsic(symbol: string): boolean {
  return symbol.startsWith('llvm.');
}

/** Intrinsics of one target are declared as they are used, so that LLVM recognizes the forms that it had in older versions; of
 *  the others LLVM finds the suffix by itself from the types of the call. */
function foreignReference(
  e: BodyEmitter,
  symbol: string,
  result: string,
  params: readonly string[],
  variadicAfter: number | null,
): string {
  if (!isLlvmIntrinsic(symbol)) return e.module.declareForeign(symbol, result, params, variadicAfter);
  if (/^llvm\.(x86|wasm)\./.test(symbol)) e.module.declareIntrinsic(result, symbol, params);
  return globalName(symbol);
}

function callPrototype(
  e: BodyEmitter,
  symbol: string,
  prototype: readonly [result: string, ...params: string[]],
  values: readonly Value[],
): Value | null {
  const [result, ...params] = prototype;
  const reference = e.module.declareForeign(symbol, result, params, null);
  const args = values.map((v, i) => convertScalar(e, v, params[i] ?? v.type));
  if (result !== 'void') return e.w.call(result, reference, args);
  e.w.callVoid(reference, args);
  return null;
}

/** Between integers and addresses, where the library passes an address as an `Int`. */
function convertScalar(e: BodyEmitter, v: Value, type: string): Value {
  if (v.type === type) return v;
  if (type === 'ptr') return e.w.convert('inttoptr', v, 'ptr');
  if (v.type === 'ptr') return e.w.convert('ptrtoint', v, type);
  return extendInteger(e, v, type);
}

function extendInteger(e: BodyEmitter, v: Value, wanted: string): Value {
  if (wanted === v.type) return v;
  const from = Number(v.type.slice(1));
  const to = Number(wanted.slice(1));
  return Number.isNaN(to) ? value(wanted, 'zeroinitializer') : e.w.convert(to > from ? 'sext' : 'trunc', v, wanted);
}
