/** `comptime a, b = pair()` as declarations of one name each: a nameless whole, and an element of it for every name. */
import type { ComptimeDecl, Expr, Identifier } from './ast.ts';

/** The declarations that one statement stands for, in order. */
export function separateDeclarations(decl: ComptimeDecl): readonly ComptimeDecl[] {
  if (decl.others.length === 0) return [decl];
  const whole = `(names at ${decl.start})`;
  const names = [decl.name, ...decl.others];
  return [
    { ...decl, name: { ...decl.name, name: whole }, others: [] },
    ...names.flatMap((name, index) => (name.name === '_' ? [] : [elementDeclaration(name, index, whole)])),
  ];
}

/** `comptime name = whole[index]`. */
export function elementDeclaration(name: Identifier, index: number, whole: string): ComptimeDecl {
  const at = { id: name.id, start: name.start, end: name.end };
  const position: Expr = { kind: 'IntExpr', ...at, value: BigInt(index), text: `${index}` };
  return {
    kind: 'ComptimeDecl',
    ...at,
    keyword: 'comptime',
    decorators: [],
    name,
    others: [],
    parameters: null,
    type: null,
    where: [],
    value: {
      kind: 'SubscriptExpr',
      ...at,
      base: { kind: 'NameExpr', ...at, name: whole, quoted: false },
      open: at.start,
      args: [{ kind: 'CallArg', ...at, star: 'none', name: null, value: position }],
    },
    docstring: null,
  };
}
