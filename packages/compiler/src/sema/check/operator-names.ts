/** Which methods operators stand for. */
import type { ArithmeticOp, CompareOp } from '../../syntax/ast.ts';

/** Between underscores, and with `r` or `i` in front. */
export const METHODS: Readonly<Record<ArithmeticOp, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'truediv',
  '//': 'floordiv',
  '%': 'mod',
  '**': 'pow',
  '@': 'matmul',
  '<<': 'lshift',
  '>>': 'rshift',
  '&': 'and',
  '|': 'or',
  '^': 'xor',
};

/** Of the left side, and what older programs asked of the right one. */
export const COMPARISONS: Partial<Record<CompareOp, readonly [string, string]>> = {
  '<': ['__lt__', '__gt__'],
  '<=': ['__le__', '__ge__'],
  '>': ['__gt__', '__lt__'],
  '>=': ['__ge__', '__le__'],
  '==': ['__eq__', '__eq__'],
  '!=': ['__ne__', '__ne__'],
};
