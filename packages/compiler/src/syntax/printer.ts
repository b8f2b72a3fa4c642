/** A tree back to source text, in the spelling the tree records.
 *  In: a module.  Out: text that parses to the same tree, ids and offsets aside (a tree with error nodes has none).
 *  Comments are kept: whole-line ones before the next statement, trailing ones at the end of a simple statement's line. */
import { unreachable } from '../base/invariant.ts';
import type {
  AssignTarget,
  Block,
  Comment,
  Conformance,
  Decorator,
  Expr,
  Identifier,
  ImportName,
  Module,
  Stmt,
  StringExpr,
} from './ast.ts';
import {
  printCallArg,
  printExpression,
  printFunctionHead,
  printName,
  printParameters,
  printPattern,
  printWhere,
} from './print-expression.ts';

const INDENT = '    ';

class Printer {
  private readonly lines: string[] = [];
  private readonly comments: readonly Comment[];
  private nextComment = 0;
  private level = 0;

  constructor(module: Module) {
    this.comments = module.comments;
  }

  print(module: Module): string {
    if (module.docstring !== null) {
      this.commentsBefore(module.docstring.start);
      this.docstring(module.docstring);
    }
    this.statements(module.items, true);
    this.commentsBefore(Number.POSITIVE_INFINITY);
    this.lines.push('');
    return this.lines.join('\n');
  }

  private line(text: string): void {
    this.lines.push(`${INDENT.repeat(this.level)}${text}`);
  }

  private commentsBefore(offset: number): void {
    for (;;) {
      const comment = this.comments[this.nextComment];
      if (comment === undefined || comment.start >= offset) return;
      this.line(comment.text);
      this.nextComment++;
    }
  }

  /** A comment on the line where the statement just printed ended. */
  private trailingComment(end: number): void {
    const comment = this.comments[this.nextComment];
    if (comment === undefined || comment.ownLine || comment.start < end || comment.lineStart > end) return;
    const last = this.lines.length - 1;
    const line = this.lines[last];
    // A string over several lines may hold anything; behind one a comment is still at the end of its last line.
    if (line !== undefined) this.lines[last] = `${line}  ${comment.text}`;
    this.nextComment++;
  }

  private statements(list: readonly Stmt[], topLevel: boolean): void {
    list.forEach((statement, index) => {
      const isType = statement.kind === 'StructDecl' || statement.kind === 'TraitDecl';
      const isLarge = isType || statement.kind === 'FunctionDecl' || statement.kind === 'ExtensionDecl';
      if (index > 0 && (isLarge || isLargeBefore(list[index - 1]))) {
        this.lines.push('');
        if (topLevel) this.lines.push('');
      }
      this.commentsBefore(statement.start);
      this.statement(statement);
    });
  }

  private docstring(node: StringExpr): void {
    this.line(printExpression(node));
    this.trailingComment(node.end);
  }

  /** `header:` and its body, on one line where the body is `...` alone. */
  private compound(header: string, docstring: StringExpr | null, body: Block): void {
    const only = body.statements.length === 1 ? body.statements[0] : undefined;
    if (docstring === null && only?.kind === 'EllipsisStmt') {
      this.line(`${header}: ...`);
      this.trailingComment(only.end);
      return;
    }
    this.line(`${header}:`);
    this.level++;
    if (docstring !== null) {
      this.commentsBefore(docstring.start);
      this.docstring(docstring);
    }
    this.statements(body.statements, false);
    this.level--;
  }

  private simple(text: string, end: number): void {
    this.line(text);
    this.trailingComment(end);
  }

  private decorators(list: readonly Decorator[]): void {
    for (const { name, args, end } of list) {
      this.simple(`@${printExpression(name)}${args === null ? '' : `(${args.map(printCallArg).join(', ')})`}`, end);
    }
  }

  private statement(node: Stmt): void {
    switch (node.kind) {
      case 'ImportStmt': {
        const modules = node.modules.map((m) => `${path(m.path)}${alias(m.alias)}`).join(', ');
        this.simple(`import ${modules}`, node.end);
        return;
      }
      case 'FromImportStmt': {
        const from = `${'.'.repeat(node.level)}${path(node.path)}`;
        const names = node.star ? '*' : node.names.map(importName).join(', ');
        this.simple(`from ${from} import ${names}`, node.end);
        return;
      }
      case 'FunctionDecl': {
        this.decorators(node.decorators);
        this.compound(printFunctionHead(node), node.docstring, node.body);
        return;
      }
      case 'StructDecl':
      case 'TraitDecl': {
        this.decorators(node.decorators);
        const keyword = node.kind === 'StructDecl' ? 'struct' : 'trait';
        const parameters = node.parameters === null ? '' : printParameters(node.parameters);
        const head = `${keyword} ${printName(node.name)}${parameters}${conformances(node.conformances)}`;
        this.compound(`${head}${printWhere(node.where)}`, node.docstring, node.body);
        return;
      }
      case 'ExtensionDecl': {
        this.decorators(node.decorators);
        const head = `__extension ${printExpression(node.target)}${conformances(node.conformances)}`;
        this.compound(`${head}${printWhere(node.where)}`, node.docstring, node.body);
        return;
      }
      case 'ComptimeDecl': {
        this.decorators(node.decorators);
        const parameters = node.parameters === null ? '' : printParameters(node.parameters);
        const names = node.pattern === null ? printName(node.name) : printPattern(node.pattern);
        const head = `${node.keyword} ${names}${parameters}${annotation(node.type)}${printWhere(node.where)}`;
        this.simple(`${head}${initializer(node.value)}`, node.value?.end ?? node.name.end);
        if (node.docstring !== null) this.docstring(node.docstring);
        return;
      }
      case 'FieldDecl': {
        this.decorators(node.decorators);
        const text = `${node.binding} ${printName(node.name)}${annotation(node.type)}${initializer(node.value)}`;
        this.simple(text, (node.value ?? node.type ?? node.name).end);
        if (node.docstring !== null) this.docstring(node.docstring);
        return;
      }
      case 'VarDecl': {
        const text = `${node.binding} ${printPattern(node.pattern)}${annotation(node.type)}`;
        this.simple(`${text}${initializer(node.value)}`, node.end);
        return;
      }
      case 'AssignStmt': {
        const targets = node.targets.map((target) => `${assignTarget(target)} = `).join('');
        this.simple(`${targets}${printExpression(node.value)}`, node.end);
        return;
      }
      case 'AugAssignStmt':
        this.simple(`${printExpression(node.target)} ${node.op}= ${printExpression(node.value)}`, node.end);
        return;
      case 'AnnotatedAssignStmt': {
        const text = `${printExpression(node.target)}${annotation(node.type)}${initializer(node.value)}`;
        this.simple(text, node.end);
        return;
      }
      case 'ExprStmt':
        this.simple(printExpression(node.value), node.end);
        return;
      case 'PassStmt':
        this.simple('pass', node.end);
        return;
      case 'BreakStmt':
        this.simple('break', node.end);
        return;
      case 'ContinueStmt':
        this.simple('continue', node.end);
        return;
      case 'EllipsisStmt':
        this.simple('...', node.end);
        return;
      case 'ReturnStmt':
        this.simple(`return${operand(node.value)}`, node.end);
        return;
      case 'RaiseStmt':
        this.simple(`raise${operand(node.value)}`, node.end);
        return;
      case 'AssertStmt': {
        const message = node.message === null ? '' : `, ${printExpression(node.message)}`;
        const keyword = node.comptime ? 'comptime assert' : 'assert';
        this.simple(`${keyword} ${printExpression(node.condition)}${message}`, node.end);
        return;
      }
      case 'IfStmt': {
        const prefix = this.comptimePrefix(node.comptime);
        node.arms.forEach((arm, index) => {
          this.compound(`${index === 0 ? `${prefix}if` : 'elif'} ${printExpression(arm.condition)}`, null, arm.body);
        });
        this.optionalBlock('else', node.orElse);
        return;
      }
      case 'WhileStmt': {
        if (node.unroll !== null)
          this.line(`@unroll${node.unroll.factor === null ? '' : `(${printExpression(node.unroll.factor)})`}`);
        this.compound(`while ${printExpression(node.condition)}`, null, node.body);
        this.optionalBlock('else', node.orElse);
        return;
      }
      case 'ForStmt': {
        const prefix = this.comptimePrefix(node.comptime);
        if (node.unroll !== null)
          this.line(`@unroll${node.unroll.factor === null ? '' : `(${printExpression(node.unroll.factor)})`}`);
        const binding = node.binding === null ? '' : `${node.binding} `;
        const head = `${prefix}for ${binding}${printPattern(node.target)} in ${printExpression(node.iterable)}`;
        this.compound(head, null, node.body);
        this.optionalBlock('else', node.orElse);
        return;
      }
      case 'TryStmt': {
        this.compound('try', null, node.body);
        if (node.handler !== null) {
          const name = node.handler.name === null ? '' : ` ${printName(node.handler.name)}`;
          this.compound(`except${name}`, null, node.handler.body);
        }
        this.optionalBlock('else', node.orElse);
        this.optionalBlock('finally', node.finallyBody);
        return;
      }
      case 'WithStmt': {
        const items = node.items.map((item) => {
          const binding = item.binding === null ? '' : `${item.binding} `;
          const target = item.target === null ? '' : ` as ${binding}${printPattern(item.target)}`;
          return `${printExpression(item.context)}${target}`;
        });
        this.compound(`with ${items.join(', ')}`, null, node.body);
        return;
      }
      case 'MatchStmt':
        this.line(`match ${printExpression(node.subject)}:`);
        this.level++;
        for (const arm of node.cases) {
          this.commentsBefore(arm.start);
          const guard = arm.guard === null ? '' : ` if ${printExpression(arm.guard)}`;
          this.compound(`case ${printPattern(arm.pattern)}${guard}`, null, arm.body);
        }
        this.level--;
        return;
      case 'ErrorStmt':
        this.simple('<error>', node.end);
        return;
      default:
        unreachable(node);
    }
  }

  /** `@parameter` has a line of its own. */
  private comptimePrefix(spelling: 'comptime' | '@parameter' | null): string {
    if (spelling === '@parameter') this.line('@parameter');
    return spelling === 'comptime' ? 'comptime ' : '';
  }

  private optionalBlock(header: string, body: Block | null): void {
    if (body !== null) this.compound(header, null, body);
  }
}

function isLargeBefore(statement: Stmt | undefined): boolean {
  if (statement === undefined) return false;
  const { kind } = statement;
  return kind === 'StructDecl' || kind === 'TraitDecl' || kind === 'FunctionDecl' || kind === 'ExtensionDecl';
}

function path(names: readonly Identifier[]): string {
  return names.map(printName).join('.');
}

function alias(name: Identifier | null): string {
  return name === null ? '' : ` as ${printName(name)}`;
}

function importName(node: ImportName): string {
  return `${printName(node.name)}${alias(node.alias)}`;
}

function annotation(type: Expr | null): string {
  return type === null ? '' : `: ${printExpression(type)}`;
}

function initializer(value: Expr | null): string {
  return value === null ? '' : ` = ${printExpression(value)}`;
}

function operand(value: Expr | null): string {
  return value === null ? '' : ` ${printExpression(value)}`;
}

function conformances(list: readonly Conformance[]): string {
  if (list.length === 0) return '';
  return `(${list.map((entry) => `${printExpression(entry.type)}${printWhere(entry.where)}`).join(', ')})`;
}

function assignTarget(target: AssignTarget): string {
  if (target.kind !== 'DeclTarget') return printExpression(target);
  return `${target.binding} ${printPattern(target.pattern)}${annotation(target.type)}`;
}

/** Source text of a module. */
export function printModule(module: Module): string {
  return new Printer(module).print(module);
}
