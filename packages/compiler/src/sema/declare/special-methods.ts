/** Methods that operators and built-in functions call have a fixed number of operands, stand in types and belong to values.
 *  In: user functions with a special name.  Out: errors at their declarations. */
import type { FunctionEntity, Signature } from '../entities.ts';
import type { DeclareContext } from './context.ts';
import { inPlaceResult, specialOperands, specialOutside, specialStatic } from './errors.ts';

const IN_PLACE = 'add sub mul matmul truediv floordiv mod pow and or xor lshift rshift'.split(' ');
const BINARY = [
  ...IN_PLACE.filter((name) => name !== 'pow').flatMap((name) => [name, `r${name}`]),
  ...'rpow eq ne lt le gt ge contains'.split(' '),
];
const UNARY = 'neg pos invert bool'.split(' ');

/** The number of operands of special methods; `__pow__` may take a modulus. */
const OPERANDS: ReadonlyMap<string, number> = new Map([
  ...BINARY.map((name): [string, number] => [`__${name}__`, 2]),
  ...IN_PLACE.map((name): [string, number] => [`__i${name}__`, 2]),
  ...UNARY.map((name): [string, number] => [`__${name}__`, 1]),
  ['__deinit__', 1],
]);
const LIFECYCLE: ReadonlySet<string> = new Set(['__init__', '__deinit__', '__del__']);
const RESULTLESS: ReadonlySet<string> = new Set(IN_PLACE.map((name) => `__i${name}__`));

/** Functions at file scope with names that only methods have. */
export function checkOutsideOfTypes(cx: DeclareContext, fn: FunctionEntity): void {
  const { name } = fn.ref;
  if (!fn.module.isUser || fn.module.seesClassicNames || fn.decl === null) return;
  if (LIFECYCLE.has(name) || name === '__pow__' || OPERANDS.has(name))
    cx.sink.report(specialOutside({ span: fn.span, name }));
}

export function checkSpecialMethod(cx: DeclareContext, fn: FunctionEntity, signature: Signature): void {
  const { name } = fn.ref;
  if (!fn.module.isUser || fn.module.seesClassicNames || signature.hasError) return;
  const count = signature.args.length;
  const operands = OPERANDS.get(name);
  if (operands === undefined) {
    if (name !== '__pow__') return;
    const limit = count < 2 ? 'at least 2' : count > 3 ? 'at most 3' : null;
    if (limit !== null) cx.sink.report(specialOperands({ span: fn.span, name, count: limit, plural: true }));
    return;
  }
  if (fn.isStatic) cx.sink.report(specialStatic({ span: fn.span }));
  else if (count !== operands || signature.args.some((arg) => arg.variadic !== 'none'))
    cx.sink.report(specialOperands({ span: fn.span, name, count: String(operands), plural: operands > 1 }));
  else if (RESULTLESS.has(name) && signature.result !== cx.sema().known.none)
    cx.sink.report(inPlaceResult({ span: fn.span, name }));
}
