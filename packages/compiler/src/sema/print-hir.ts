/** Text form of HIR, for `--emit hir`: one statement a line, expressions as nested calls, places as paths.
 *  In: a function and its body.  Out: text that ends in a newline. Deterministic. */
import { unreachable } from '../base/invariant.ts';
import { printTerm } from '../terms/print-term.ts';
import type { HirArg, HirBody, HirCallee, HirExpr, HirFunction, HirLocalId, HirStatement, Program } from './hir.ts';

export function printHir(fn: HirFunction, body: HirBody, program: Program): string {
  return new HirPrinter(body, program).print(fn);
}

class HirPrinter {
  private readonly lines: string[] = [];
  private readonly body: HirBody;
  private readonly program: Program;

  constructor(body: HirBody, program: Program) {
    this.body = body;
    this.program = program;
  }

  print(fn: HirFunction): string {
    const params = fn.params.map((param) => `${param.name}: ${printTerm(param.type)}`).join(', ');
    const args = fn.args.map((arg) => `${arg.convention} ${arg.name}: ${printTerm(arg.type)}`).join(', ');
    const raises = fn.raises === null ? '' : ` raises ${printTerm(fn.raises)}`;
    this.lines.push(
      `def ${fn.ref.path}${params === '' ? '' : `[${params}]`}(${args})${raises} -> ${printTerm(fn.result)}:`,
    );
    this.block(this.body.statements, 1);
    return `${this.lines.join('\n')}\n`;
  }

  private line(depth: number, text: string): void {
    this.lines.push(`${'  '.repeat(depth)}${text}`);
  }

  private block(statements: readonly HirStatement[], depth: number): void {
    if (statements.length === 0) this.line(depth, 'pass');
    for (const statement of statements) this.statement(statement, depth);
  }

  private local(id: HirLocalId): string {
    const local = this.body.locals[id];
    return local === undefined ? `%${id}` : `%${id}${local.name === '' ? '' : `:${local.name}`}`;
  }

  private statement(s: HirStatement, depth: number): void {
    switch (s.kind) {
      case 'let': {
        const type = this.body.locals[s.local]?.type;
        const init = s.init === null ? '' : ` = ${this.expr(s.init)}`;
        this.line(depth, `let ${this.local(s.local)}: ${type === undefined ? '?' : printTerm(type)}${init}`);
        return;
      }
      case 'assign':
        this.line(depth, `${this.expr(s.place)} = ${this.expr(s.value)}`);
        return;
      case 'expr':
        this.line(depth, this.expr(s.expr));
        return;
      case 'use':
        this.line(depth, `use ${this.expr(s.place)}`);
        return;
      case 'if':
        this.line(depth, `if ${this.expr(s.condition)}:`);
        this.arms(s.onTrue, s.onFalse, depth);
        return;
      case 'loop':
        this.line(depth, `loop @${s.label}:`);
        this.block(s.body, depth + 1);
        if (s.step.length > 0) {
          this.line(depth, 'step:');
          this.block(s.step, depth + 1);
        }
        return;
      case 'block':
        this.line(depth, `block${s.label === null ? '' : ` @${s.label}`}:`);
        this.block(s.body, depth + 1);
        return;
      case 'break':
        this.line(depth, `break @${s.label}`);
        return;
      case 'continue':
        this.line(depth, `continue @${s.label}`);
        return;
      case 'return':
        this.line(depth, s.value === null ? 'return' : `return ${this.expr(s.value)}`);
        return;
      case 'raise':
        this.line(depth, `raise ${this.expr(s.value)}`);
        return;
      case 'try':
        this.line(depth, 'try:');
        this.block(s.body, depth + 1);
        if (s.handler !== null) {
          this.line(depth, `except${s.errorLocal === null ? '' : ` ${this.local(s.errorLocal)}`}:`);
          this.block(s.handler, depth + 1);
        }
        if (s.orElse.length > 0) {
          this.line(depth, 'else:');
          this.block(s.orElse, depth + 1);
        }
        if (s.final.length > 0) {
          this.line(depth, 'finally:');
          this.block(s.final, depth + 1);
        }
        return;
      case 'comptimeIf':
        this.line(depth, `comptime if ${printTerm(s.condition)}:`);
        this.arms(s.onTrue, s.onFalse, depth);
        return;
      case 'comptimeFor':
        this.line(depth, `comptime for ${s.param.name} in ${printTerm(s.iterable)} @${s.label}:`);
        this.block(s.body, depth + 1);
        return;
      case 'comptimeAssert':
        this.line(depth, `comptime assert ${printTerm(s.condition)}`);
        return;
      case 'unreachable':
        this.line(depth, 'unreachable');
        return;
      default:
        unreachable(s);
    }
  }

  private arms(onTrue: readonly HirStatement[], onFalse: readonly HirStatement[], depth: number): void {
    this.block(onTrue, depth + 1);
    if (onFalse.length === 0) return;
    this.line(depth, 'else:');
    this.block(onFalse, depth + 1);
  }

  private callee(callee: HirCallee): string {
    switch (callee.kind) {
      case 'function': {
        const args = callee.args.map(printTerm).join(', ');
        return `${this.program.function(callee.fn).ref.path}${args === '' ? '' : `[${args}]`}`;
      }
      case 'requirement': {
        const args = callee.args.map(printTerm).join(', ');
        return `<${printTerm(callee.self)} as ${callee.trait.name}>.${callee.member.name}${args === '' ? '' : `[${args}]`}`;
      }
      case 'pointer':
        return `(${this.expr(callee.value)})`;
      case 'callable':
        return `callable ${printTerm(callee.type)}`;
      default:
        return unreachable(callee);
    }
  }

  private args(args: readonly HirArg[]): string {
    const mark = { borrow: '&', borrowMut: '&mut ', own: '' } as const;
    return args.map((arg) => `${mark[arg.mode]}${this.expr(arg.expr)}`).join(', ');
  }

  private expr(e: HirExpr): string {
    switch (e.kind) {
      case 'local':
        return this.local(e.local);
      case 'global':
        return `@${this.program.global(e.global).name}`;
      case 'field':
        return `${this.expr(e.base)}.${e.name}`;
      case 'element':
        return `${this.expr(e.base)}[${printTerm(e.index)}]`;
      case 'deref':
        return `*${this.expr(e.reference)}`;
      case 'constant':
        return printTerm(e.term);
      case 'materialize':
        return `materialize(${printTerm(e.term)})`;
      case 'copy':
        return `copy ${this.expr(e.place)}`;
      case 'transfer':
        return `${this.expr(e.place)}^`;
      case 'refOf':
        return `ref${e.mutable ? ' mut' : ''} ${this.expr(e.place)}`;
      case 'call':
        return `${this.callee(e.callee)}(${this.args(e.args)})${e.raises === null ? '' : '?'}`;
      case 'intrinsic':
        return `${e.name}(${this.args(e.args)})`;
      case 'aggregate':
        return `${printTerm(e.type)}{${e.fields.map((field) => this.expr(field)).join(', ')}}`;
      case 'variadic':
        return `variadic(${this.args(e.elements)})`;
      case 'conditional':
        return `(${this.expr(e.onTrue)} if ${this.expr(e.condition)} else ${this.expr(e.onFalse)})`;
      case 'block': {
        const inner = new HirPrinter(this.body, this.program);
        for (const statement of e.statements) inner.statement(statement, 0);
        return `{ ${inner.lines.map((line) => line.trim()).join('; ')}; ${this.expr(e.result)} }`;
      }
      case 'rebind':
        return `rebind(${this.expr(e.value)})`;
      case 'error':
        return '<error>';
      default:
        return unreachable(e);
    }
  }
}
