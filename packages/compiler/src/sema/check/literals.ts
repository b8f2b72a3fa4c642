/** Exact arithmetic on literals: unbounded integers and rationals, folded before any run-time type is chosen; and rounding of
 *  an exact value to a scalar type. */
import type { Span } from '../../base/span.ts';
import { dtypeInfo, wrapToDType } from '../../terms/dtypes.ts';
import { scalarDType } from '../../terms/store.ts';
import type { DTypeName, FloatTerm, Term } from '../../terms/term.ts';
import type { ArithmeticOp, CompareOp } from '../../syntax/ast.ts';
import type { HirExpr } from '../hir.ts';
import type { Sema } from '../sema.ts';
import { intLiteralExpr, literalExpr, literalValue, roleOf } from './type-facts.ts';

interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
  readonly special: FloatTerm['special'];
}

/** Larger results would only exhaust memory. */
const MAX_LITERAL_BITS = 1 << 16;

function finite(numerator: bigint, denominator: bigint): Rational {
  return { numerator, denominator, special: 'finite' };
}

function special(which: FloatTerm['special']): Rational {
  return { numerator: 0n, denominator: 1n, special: which };
}

function asRational(term: Term): Rational | null {
  if (term.kind === 'int') return finite(term.value, 1n);
  return term.kind === 'float' ? term : null;
}

function floatExpr(sema: Sema, value: Rational, span: Span): HirExpr {
  const primitive = sema.store.primitive('float-literal-value');
  const term =
    value.special === 'finite'
      ? sema.store.float(value.numerator, value.denominator, primitive)
      : sema.store.specialFloat(value.special, primitive);
  return literalExpr(sema, sema.known.floatLiteral(term), span);
}

export function floatLiteralExpr(sema: Sema, mantissa: bigint, exponent: number, span: Span): HirExpr {
  const value =
    exponent >= 0 ? finite(mantissa * 10n ** BigInt(exponent), 1n) : finite(mantissa, 10n ** BigInt(-exponent));
  return floatExpr(sema, value, span);
}

export function stringLiteralExpr(sema: Sema, value: string, span: Span): HirExpr {
  return literalExpr(sema, sema.known.stringLiteral(sema.store.string(value)), span);
}

export function boolExpr(sema: Sema, value: boolean, span: Span): HirExpr {
  return { kind: 'constant', term: sema.store.bool(value), type: sema.known.bool, span };
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

function bitLength(value: bigint): number {
  return (value < 0n ? -value : value).toString(2).length;
}

/** `left op right` of two literals, or null where they do not fold (then they become run-time values). */
export function foldLiterals(sema: Sema, op: ArithmeticOp, left: HirExpr, right: HirExpr, span: Span): HirExpr | null {
  const a = literalValue(sema, left.type);
  const b = literalValue(sema, right.type);
  if (a === null || b === null) return null;
  if (a.kind === 'string' && b.kind === 'string')
    return op === '+' ? stringLiteralExpr(sema, a.value + b.value, span) : null;
  if (op === '+' && isText(sema, left) && isText(sema, right)) {
    // A parameter is among them: the text is known to each instance.
    const text = sema.store.operation('text.concat', [a, b], sema.store.primitive('string-literal-value'));
    return literalExpr(sema, sema.known.stringLiteral(text), span);
  }
  if (a.kind === 'int' && b.kind === 'int') {
    const folded = foldIntegers(op, a.value, b.value);
    if (folded !== null) return intLiteralExpr(sema, folded, span);
    if (op !== '/' && op !== '**') return null;
  }
  const x = asRational(a);
  const y = asRational(b);
  if (x === null || y === null) return null;
  const folded = foldRationals(op, x, y);
  return folded === null ? null : floatExpr(sema, folded, span);
}

function isText(sema: Sema, expr: HirExpr): boolean {
  return roleOf(sema, expr.type) === 'string-literal';
}

function foldIntegers(op: ArithmeticOp, a: bigint, b: bigint): bigint | null {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '//':
      return b === 0n ? 0n : floorDivide(a, b);
    case '%':
      return b === 0n ? 0n : a - b * floorDivide(a, b);
    case '**':
      // As for Int variables a negative exponent gives 0, but for the numbers that have an inverse.
      if (b < 0n) return a === 1n || (a === -1n && b % 2n === 0n) ? 1n : a === -1n ? -1n : 0n;
      return bitLength(a) * Number(b) > MAX_LITERAL_BITS ? null : a ** b;
    case '<<':
      if (b < 0n) return 0n;
      return Number(b) > MAX_LITERAL_BITS ? null : a << b;
    case '>>':
      return b < 0n ? 0n : a >> b;
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    default:
      return null;
  }
}

function foldRationals(op: ArithmeticOp, x: Rational, y: Rational): Rational | null {
  if (op === '/' && x.special === 'finite' && y.special === '-0') return special('nan');
  if (x.special !== 'finite' || y.special !== 'finite') return null;
  switch (op) {
    case '+':
      return finite(x.numerator * y.denominator + y.numerator * x.denominator, x.denominator * y.denominator);
    case '-':
      return finite(x.numerator * y.denominator - y.numerator * x.denominator, x.denominator * y.denominator);
    case '*':
      // A negative number times zero.
      if (x.numerator * y.numerator === 0n && (x.numerator < 0n || y.numerator < 0n)) return special('-0');
      return finite(x.numerator * y.numerator, x.denominator * y.denominator);
    case '/':
      if (y.numerator === 0n) return special('nan');
      return finite(x.numerator * y.denominator, x.denominator * y.numerator);
    case '//':
    case '%': {
      if (y.numerator === 0n) return special('nan');
      const quotient = floorDivide(
        x.numerator * y.denominator * (y.numerator < 0n ? -1n : 1n),
        x.denominator * (y.numerator < 0n ? -y.numerator : y.numerator),
      );
      if (op === '//') return finite(quotient, 1n);
      return finite(
        x.numerator * y.denominator - quotient * y.numerator * x.denominator,
        x.denominator * y.denominator,
      );
    }
    case '**': {
      if (y.denominator !== 1n) return null;
      const exponent = y.numerator < 0n ? -y.numerator : y.numerator;
      if (bitLength(x.numerator) * Number(exponent) > MAX_LITERAL_BITS) return null;
      const top = x.numerator ** exponent;
      const bottom = x.denominator ** exponent;
      if (y.numerator >= 0n) return finite(top, bottom);
      return top === 0n ? special('inf') : finite(bottom, top);
    }
    default:
      return null;
  }
}

export function foldUnary(sema: Sema, op: '+' | '-' | '~', operand: HirExpr, span: Span): HirExpr | null {
  const value = literalValue(sema, operand.type);
  if (value === null) return null;
  if (value.kind === 'int') {
    if (op === '~') return intLiteralExpr(sema, ~value.value, span);
    return intLiteralExpr(sema, op === '-' ? -value.value : value.value, span);
  }
  if (value.kind !== 'float' || op === '~') return null;
  if (op === '+') return { ...operand, span };
  if (value.special === 'inf') return floatExpr(sema, special('-inf'), span);
  if (value.special === '-inf') return floatExpr(sema, special('inf'), span);
  if (value.special === '-0') return floatExpr(sema, finite(0n, 1n), span);
  if (value.special === 'nan') return { ...operand, span };
  if (value.numerator === 0n) return floatExpr(sema, special('-0'), span);
  return floatExpr(sema, finite(-value.numerator, value.denominator), span);
}

export function foldComparison(sema: Sema, op: CompareOp, left: HirExpr, right: HirExpr, span: Span): HirExpr | null {
  const a = literalValue(sema, left.type);
  const b = literalValue(sema, right.type);
  if (a === null || b === null) return null;
  let order: number | null = null;
  if (a.kind === 'string' && b.kind === 'string') {
    if (op === '==' || op === '!=') order = a.value === b.value ? 0 : 1;
    else return null;
  } else {
    const x = asRational(a);
    const y = asRational(b);
    if (x === null || y === null || x.special !== 'finite' || y.special !== 'finite') return null;
    const difference = x.numerator * y.denominator - y.numerator * x.denominator;
    order = difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
  switch (op) {
    case '==':
      return boolExpr(sema, order === 0, span);
    case '!=':
      return boolExpr(sema, order !== 0, span);
    case '<':
      return boolExpr(sema, order < 0, span);
    case '<=':
      return boolExpr(sema, order <= 0, span);
    case '>':
      return boolExpr(sema, order > 0, span);
    case '>=':
      return boolExpr(sema, order >= 0, span);
    default:
      return null;
  }
}

/** Significand bits (hidden one included), least and greatest exponent of a normal number. */
const FLOAT_FORMATS: Partial<Record<DTypeName, readonly [number, number, number]>> = {
  float64: [53, -1022, 1023],
  float32: [24, -126, 127],
  float16: [11, -14, 15],
  bfloat16: [8, -126, 127],
  float8_e5m2: [3, -14, 15],
  float8_e4m3fn: [4, -6, 8],
};

/** The value of a literal as a constant of a scalar type, or null where the type does not take it. */
export function literalAsScalar(sema: Sema, literal: Term, type: Term): Term | null {
  const store = sema.store;
  if (type === sema.known.simdLength && literal.kind === 'int') return store.int(literal.value, type);
  const name = scalarDType(type);
  if (name === null) return null;
  const info = dtypeInfo(name);
  if (info.kind === 'float') {
    const value = asRational(literal);
    return value === null ? null : roundToFloat(sema, value, name, type);
  }
  if (literal.kind !== 'int' || info.kind === 'bool' || info.kind === 'none') return null;
  return store.int(wrapToDType(literal.value, info), type);
}

/** Round to nearest, ties to even. */
function roundToFloat(sema: Sema, value: Rational, name: DTypeName, type: Term): Term | null {
  const store = sema.store;
  if (value.special !== 'finite') return store.specialFloat(value.special, type);
  const format = FLOAT_FORMATS[name];
  if (format === undefined) return null;
  const [precision, minimum, maximum] = format;
  if (value.numerator === 0n) return store.float(0n, 1n, type);
  const negative = value.numerator < 0n;
  const top = negative ? -value.numerator : value.numerator;
  const bottom = value.denominator;
  // exponent = floor(log2(top / bottom))
  let exponent = bitLength(top) - bitLength(bottom);
  if (exponent >= 0 ? top < bottom << BigInt(exponent) : top << BigInt(-exponent) < bottom) exponent--;
  const scale = Math.max(exponent, minimum) - (precision - 1);
  const scaledTop = scale < 0 ? top << BigInt(-scale) : top;
  const scaledBottom = scale > 0 ? bottom << BigInt(scale) : bottom;
  let mantissa = scaledTop / scaledBottom;
  const twice = (scaledTop % scaledBottom) * 2n;
  if (twice > scaledBottom || (twice === scaledBottom && (mantissa & 1n) === 1n)) mantissa += 1n;
  if (mantissa === 0n) return negative ? store.specialFloat('-0', type) : store.float(0n, 1n, type);
  if (bitLength(mantissa) - 1 + scale > maximum) return store.specialFloat(negative ? '-inf' : 'inf', type);
  const signed = negative ? -mantissa : mantissa;
  return scale >= 0 ? store.float(signed << BigInt(scale), 1n, type) : store.float(signed, 1n << BigInt(-scale), type);
}
