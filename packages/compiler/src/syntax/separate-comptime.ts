/** `comptime a, (b, _) = value` as declarations of one name each: a nameless whole, and an element of it for every name.
 *  Elements that are tuples themselves are nameless wholes in turn. */
import type { ComptimeDecl, Expr, Identifier, Pattern, TuplePattern } from './ast.ts';

/** The declarations that one statement stands for, in order. */
export function separateDeclarations(decl: ComptimeDecl): readonly ComptimeDecl[] {
  const { pattern } = decl;
  if (pattern === null) return [decl];
  const whole = `(names at ${decl.start})`;
  return [
    { ...decl, name: { ...decl.name, name: whole }, pattern: null },
    ...(elementDeclarations(pattern, whole) ?? []),
  ];
}

/** `comptime name = whole[index]` for each name of the pattern; null for patterns that are no names, `_` or tuples of them. */
export function elementDeclarations(pattern: TuplePattern, whole: string): ComptimeDecl[] | null {
  const declarations: ComptimeDecl[] = [];
  for (const [index, element] of pattern.elements.entries()) {
    if (element.kind === 'WildcardPattern') continue;
    if (element.kind === 'NamePattern') declarations.push(elementDeclaration(element.name, index, whole));
    else if (element.kind === 'TuplePattern') {
      const { id, start, end } = element;
      const part = `(names at ${start})`;
      const inner = elementDeclarations(element, part);
      if (inner === null) return null;
      const name: Identifier = { kind: 'Identifier', id, start, end, name: part, quoted: false };
      declarations.push(elementDeclaration(name, index, whole), ...inner);
    } else return null;
  }
  return declarations;
}

/** The first name of a pattern of names. */
export function firstName(pattern: Pattern): Identifier | null {
  if (pattern.kind === 'NamePattern') return pattern.name;
  if (pattern.kind !== 'TuplePattern') return null;
  for (const element of pattern.elements) {
    const name = firstName(element);
    if (name !== null) return name;
  }
  return null;
}

/** `comptime name = whole[index]`. */
function elementDeclaration(name: Identifier, index: number, whole: string): ComptimeDecl {
  const at = { id: name.id, start: name.start, end: name.end };
  const position: Expr = { kind: 'IntExpr', ...at, value: BigInt(index), text: `${index}` };
  return {
    kind: 'ComptimeDecl',
    ...at,
    keyword: 'comptime',
    decorators: [],
    name,
    pattern: null,
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
