/** Expressions, patterns and signatures back to source text, in the spelling of the tree.
 *  In: nodes of a parsed tree, whose `ParenExpr`s already say where parentheses stand.  Out: text on one line, except
 *  that string literals keep their own line ends. */
import { unreachable } from '../base/invariant.ts';
import type {
  Argument,
  ArgumentList,
  CallArg,
  Capture,
  CaptureList,
  ComprehensionFor,
  ComprehensionIf,
  Effects,
  Expr,
  Where,
  FunctionDecl,
  Identifier,
  ListMarker,
  Parameter,
  ParameterList,
  Pattern,
  ResultType,
  TStringField,
  TStringText,
} from './ast.ts';
import { needsBackticks } from './token.ts';

export function printName(node: Identifier): string {
  return spellName(node.name, node.quoted);
}

/** Behind a dot and in a method's head, reserved words need no backticks. */
function printMemberName(node: Identifier): string {
  return node.quoted ? printName(node) : node.name;
}

function spellName(name: string, quoted: boolean): string {
  // `Self` and the contextual words are names too; only what the source quoted, or had to, gets backticks.
  return quoted || (name !== 'Self' && needsBackticks(name)) ? `\`${name}\`` : name;
}

function commaList(items: readonly Expr[]): string {
  return items.map(printExpression).join(', ');
}

/** The operand that an expression begins with, if it grows to the left without limit. */
function leftOperand(node: Expr): Expr | null {
  switch (node.kind) {
    case 'BinaryExpr':
    case 'LogicalExpr':
      return node.left;
    case 'CallExpr':
      return node.callee;
    case 'SubscriptExpr':
    case 'MemberExpr':
      return node.base;
    case 'TransferExpr':
      return node.operand;
    default:
      return null;
  }
}

/** Text of an expression. Left-nested chains are walked with a loop. */
export function printExpression(root: Expr): string {
  const spine: Expr[] = [];
  let inner = root;
  for (let left = leftOperand(inner); left !== null; left = leftOperand(inner)) {
    spine.push(inner);
    inner = left;
  }
  const parts: string[] = [printAtom(inner)];
  for (let i = spine.length - 1; i >= 0; i--) {
    const node = spine[i];
    if (node === undefined) continue;
    switch (node.kind) {
      case 'BinaryExpr':
      case 'LogicalExpr':
        parts.push(` ${node.op} ${printExpression(node.right)}`);
        break;
      case 'CallExpr':
        parts.push(`(${node.args.map(printCallArg).join(', ')})`);
        break;
      case 'SubscriptExpr':
        parts.push(`[${node.args.map(printCallArg).join(', ')}]`);
        break;
      case 'MemberExpr':
        parts.push(`.${printMemberName(node.name)}`);
        break;
      case 'TransferExpr':
        parts.push('^');
        break;
      default:
    }
  }
  return parts.join('');
}

function printAtom(node: Expr): string {
  switch (node.kind) {
    case 'NameExpr':
      return spellName(node.name, node.quoted);
    case 'UnderscoreExpr':
      return '_';
    case 'IntExpr':
    case 'FloatExpr':
      return node.text;
    case 'StringExpr':
      return node.texts.join(' ');
    case 'TStringExpr':
      return printTString(node.segments);
    case 'BoolExpr':
      return node.value ? 'True' : 'False';
    case 'NoneExpr':
      return 'None';
    case 'EllipsisExpr':
      return '...';
    case 'ParenExpr':
      return `(${printExpression(node.value)})`;
    case 'TupleExpr': {
      const comma = node.elements.length === 1 ? ',' : '';
      const text = `${commaList(node.elements)}${comma}`;
      return node.parenthesized ? `(${text})` : text;
    }
    case 'ListExpr':
      return `[${commaList(node.elements)}]`;
    case 'SetExpr':
      return `{${commaList(node.elements)}}`;
    case 'DictExpr':
      return `{${node.entries.map((e) => `${printExpression(e.key)}: ${printExpression(e.value)}`).join(', ')}}`;
    case 'BraceExpr':
      return `{${node.args.map(printCallArg).join(', ')}}`;
    case 'StructLiteralExpr': {
      const fields = node.fields.map((f) => `${printName(f.name)}: ${printExpression(f.value)}`).join(', ');
      return `${printExpression(node.type)} {${fields}}`;
    }
    case 'ComprehensionExpr': {
      const head = node.key === null ? '' : `${printExpression(node.key)}: `;
      const body = `${head}${printExpression(node.element)}${node.clauses.map(printClause).join('')}`;
      return node.form === 'list' ? `[${body}]` : `{${body}}`;
    }
    case 'UnaryExpr':
      return `${node.op}${node.op === 'not' ? ' ' : ''}${printExpression(node.operand)}`;
    case 'CompareExpr': {
      const links = node.links.map((link) => ` ${link.op} ${printExpression(link.right)}`);
      return `${printExpression(node.first)}${links.join('')}`;
    }
    case 'TernaryExpr': {
      const onTrue = printExpression(node.onTrue);
      return `${onTrue} if ${printExpression(node.condition)} else ${printExpression(node.onFalse)}`;
    }
    case 'WalrusExpr':
      return `${node.declares ? 'var ' : ''}${printName(node.name)} := ${printExpression(node.value)}`;
    case 'LambdaExpr': {
      const args = node.args === null ? '' : printArguments(node.args);
      if (node.form === 'fn') return `fn${args}${printEffects(node.effects)} => ${printExpression(node.body)}`;
      const parameters = node.parameters === null ? '' : printParameters(node.parameters);
      const space = node.args === null ? '' : ' ';
      const tail = `${printEffects(node.effects)}${printCaptures(node.captures)}${printResult(node.result)}`;
      return `lambda${parameters}${space}${args}${tail}: ${printExpression(node.body)}`;
    }
    case 'FunctionTypeExpr': {
      const parameters = node.parameters === null ? '' : printParameters(node.parameters);
      const head = `${node.isAsync ? 'async ' : ''}${node.keyword}${parameters}${printArguments(node.args)}`;
      return `${head}${printEffects(node.effects)}${printCaptures(node.captures)}${printResult(node.result)}`;
    }
    case 'AwaitExpr':
      return `await ${printExpression(node.operand)}`;
    case 'SliceExpr': {
      const part = (e: Expr | null): string => (e === null ? '' : printExpression(e));
      return `${part(node.lower)}:${part(node.upper)}${node.step === null ? '' : `:${part(node.step)}`}`;
    }
    case 'ImplicitMemberExpr':
      return `.${printMemberName(node.name)}`;
    case 'StarExpr':
      return `*${printExpression(node.value)}`;
    case 'ComptimeExpr':
      return `comptime (${printExpression(node.value)})`;
    case 'ErrorExpr':
      return '<error>';
    case 'BinaryExpr':
    case 'LogicalExpr':
    case 'CallExpr':
    case 'SubscriptExpr':
    case 'MemberExpr':
    case 'TransferExpr':
      // Never the innermost of a spine; kept so that the switch covers every kind.
      return printExpression(node);
    default:
      return unreachable(node);
  }
}

function printClause(clause: ComprehensionFor | ComprehensionIf): string {
  if (clause.kind === 'ComprehensionIf') return ` if ${printExpression(clause.condition)}`;
  const binding = clause.binding === null ? '' : `${clause.binding} `;
  return ` for ${binding}${printPattern(clause.target)} in ${printExpression(clause.iterable)}`;
}

export function printCallArg(arg: CallArg): string {
  const star = arg.star === 'none' ? '' : arg.star === 'positional' ? '*' : '**';
  const name = arg.name === null ? '' : `${printName(arg.name)}=`;
  return `${star}${name}${printExpression(arg.value)}`;
}

/** Two neighbouring texts came from two literals, and are printed as two. */
function printTString(segments: readonly (TStringText | TStringField)[]): string {
  const parts: string[] = [];
  let current = '';
  let afterText = false;
  for (const segment of segments) {
    if (segment.kind === 'TStringField') {
      current += `{ ${printExpression(segment.value)} }`;
      afterText = false;
    } else {
      if (afterText) {
        parts.push(`t"${current}"`);
        current = '';
      }
      current += escapeText(segment.value).replaceAll('{', '{{').replaceAll('}', '}}');
      afterText = true;
    }
  }
  parts.push(`t"${current}"`);
  return parts.join(' ');
}

const ESCAPES: ReadonlyMap<number, string> = new Map([
  [92, '\\\\'],
  [34, '\\"'],
  [10, '\\n'],
  [13, '\\r'],
  [9, '\\t'],
]);

/** Contents of a double-quoted literal. */
export function escapeText(value: string): string {
  let out = '';
  for (let i = 0; i < value.length; i++) {
    const c = value.charCodeAt(i);
    const escaped = ESCAPES.get(c);
    if (escaped !== undefined) out += escaped;
    else if (c < 32 || c === 127) out += `\\x${c.toString(16).padStart(2, '0')}`;
    else out += value.charAt(i);
  }
  return out;
}

// ---------------------------------------------------------------------------------------------- patterns

export function printPattern(node: Pattern): string {
  switch (node.kind) {
    case 'NamePattern':
      return `${node.binding === null ? '' : `${node.binding} `}${printName(node.name)}`;
    case 'WildcardPattern':
      return '_';
    case 'TuplePattern': {
      const text = `${node.elements.map(printPattern).join(', ')}${node.elements.length === 1 ? ',' : ''}`;
      return node.parenthesized ? `(${text})` : text;
    }
    case 'LiteralPattern':
      return printExpression(node.value);
    case 'ValuePattern':
      return `== ${printExpression(node.value)}`;
    case 'OrPattern':
      return node.alternatives.map(printInnerPattern).join(' | ');
    case 'AsPattern': {
      const inner = printPattern(node.pattern);
      return `${node.pattern.kind === 'TuplePattern' ? printInnerPattern(node.pattern) : inner} as ${printName(node.name)}`;
    }
    case 'SequencePattern':
      return `[${node.elements.map(printPattern).join(', ')}]`;
    case 'StarPattern':
      return `*${node.name === null ? '_' : printName(node.name)}`;
    case 'StructPattern': {
      const fields = node.fields.map((f) => `${printName(f.name)}=${printPattern(f.pattern)}`).join(', ');
      return `${printExpression(node.type)}(${fields})`;
    }
    case 'ErrorPattern':
      return '<error>';
    default:
      return unreachable(node);
  }
}

/** Alternatives that are themselves compound stood in parentheses, which have no node. */
function printInnerPattern(node: Pattern): string {
  const text = printPattern(node);
  const compound = node.kind === 'OrPattern' || node.kind === 'AsPattern';
  return compound || (node.kind === 'TuplePattern' && !node.parenthesized) ? `(${text})` : text;
}

// ---------------------------------------------------------------------------------------------- signatures

export function printParameters(list: ParameterList): string {
  return `[${list.items.map(printParameter).join(', ')}]`;
}

function printParameter(item: Parameter | ListMarker): string {
  if (item.kind === 'ListMarker') return item.marker;
  const type = item.type === null ? '' : `: ${printExpression(item.type)}`;
  const value = item.default === null ? '' : ` = ${printExpression(item.default)}`;
  return `${item.variadic ? '*' : ''}${printName(item.name)}${type}${value}`;
}

function printArguments(list: ArgumentList): string {
  return `(${list.items.map(printArgument).join(', ')})`;
}

function printArgument(item: Argument | ListMarker): string {
  if (item.kind === 'ListMarker') return item.marker;
  if (item.functionForm && item.name !== null && item.type?.kind === 'FunctionTypeExpr') {
    return `fn ${printName(item.name)}${printExpression(item.type).slice('fn'.length)}`;
  }
  const origins = item.origins === null ? '' : `[${commaList(item.origins)}]`;
  const convention = item.conventionSpelling === null ? '' : `${item.conventionSpelling}${origins} `;
  const star = item.variadic === 'none' ? '' : item.variadic === 'positional' ? '*' : '**';
  const type = item.type === null ? '' : `${item.packType ? '*' : ''}${printExpression(item.type)}`;
  const name = item.name === null ? '' : printName(item.name);
  const separator = name !== '' && type !== '' ? ': ' : '';
  const value = item.default === null ? '' : ` = ${printExpression(item.default)}`;
  return `${convention}${star}${name}${separator}${type}${value}`;
}

function printEffects(effects: Effects): string {
  let text = '';
  if (effects.raises)
    text += effects.raisesType === null ? ' raises' : ` raises ${printExpression(effects.raisesType)}`;
  if (effects.thin) text += ' thin';
  if (effects.abi !== null) text += ` abi(${printExpression(effects.abi)})`;
  if (effects.escaping) text += ' escaping';
  if (effects.capturing) {
    text += ' capturing';
    if (effects.capturingOrigins !== null) text += ` [${commaList(effects.capturingOrigins)}]`;
  }
  if (effects.unified) text += ' unified';
  return text;
}

function printCaptures(list: CaptureList | null): string {
  return list === null ? '' : ` {${list.items.map(printCapture).join(', ')}}`;
}

function printCapture(item: Capture): string {
  const words = [item.convention ?? '', item.name === null ? '' : printName(item.name)].filter((w) => w !== '');
  return `${words.join(' ')}${item.transfer ? '^' : ''}`;
}

function printResult(result: ResultType | null): string {
  if (result === null) return '';
  const origins = result.origins === null ? '' : `[${commaList(result.origins)}]`;
  const name = result.name === null ? '' : ` as ${printName(result.name)}`;
  return ` -> ${result.isRef ? `ref${origins} ` : ''}${printExpression(result.type)}${name}`;
}

export function printWhere(clauses: readonly Where[]): string {
  const printed = clauses.map(({ condition, message }) => {
    const text = printExpression(condition);
    return message === null ? ` where ${text}` : ` where (${text}, ${printExpression(message)})`;
  });
  return printed.join('');
}

/** A function's declaration up to its `:`, without decorators. */
export function printFunctionHead(node: FunctionDecl): string {
  const parameters = node.parameters === null ? '' : printParameters(node.parameters);
  const head = `${node.isAsync ? 'async ' : ''}${node.keyword} ${printMemberName(node.name)}${parameters}`;
  const effects = `${printEffects(node.effects)}${printCaptures(node.captures)}`;
  return `${head}${printArguments(node.args)}${effects}${printResult(node.result)}${printWhere(node.where)}`;
}
