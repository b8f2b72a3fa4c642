/** Text form of MIR, for `--emit mir` and snapshots: locals, then blocks in order; places like `_3.x[2].*`.
 *  In: a body in any phase.  Out: text that ends in a newline. Deterministic. */
import { unreachable } from '../base/invariant.ts';
import type { Program } from '../sema/hir.ts';
import { printTerm } from '../terms/print-term.ts';
import type { Term } from '../terms/term.ts';
import type {
  BasicBlock,
  Body,
  Callee,
  ConcreteProgram,
  Instance,
  InstanceId,
  Local,
  LocalId,
  Operand,
  Place,
  Rvalue,
  Statement,
  Terminator,
} from './mir.ts';

/** Names that ids stand for. */
export interface PrintNames {
  functionName(id: number): string;
  globalName(id: number): string;
  instanceName(id: InstanceId): string;
}

export function namesOf(program: Program | null, concrete: ConcreteProgram | null): PrintNames {
  return {
    functionName: (id) =>
      program === null ? `fn${id}` : program.function(id as Parameters<Program['function']>[0]).ref.name,
    globalName: (id) => (program === null ? `g${id}` : program.global(id as Parameters<Program['global']>[0]).name),
    instanceName: (id) => (concrete === null ? `instance${id}` : concrete.instances.get(id).displayName),
  };
}

export function printBody(body: Body, names: PrintNames): string {
  const printer = new Printer(body, names);
  return printer.print();
}

export function printInstance(instance: Instance, names: PrintNames): string {
  const head = `; ${instance.displayName}\n; symbol ${instance.symbol}\n`;
  return instance.body === null ? `${head}; no body\n` : head + printBody(instance.body, names);
}

class Printer {
  private readonly body: Body;
  private readonly names: PrintNames;
  private readonly out: string[] = [];

  constructor(body: Body, names: PrintNames) {
    this.body = body;
    this.names = names;
  }

  print(): string {
    const { body, out } = this;
    const args = body.args.map((id) => this.argument(id)).join(', ');
    const result = body.locals.get(body.result);
    const raises = body.error === null ? '' : ` raises ${printTerm(body.locals.get(body.error).type)}`;
    out.push(`fn ${body.name}(${args})${raises} -> ${printTerm(result.type)} {  ; ${body.phase}\n`);
    for (const id of body.locals.ids()) {
      const local = body.locals.get(id);
      if (local.kind.kind === 'argument') continue;
      out.push(`  ${this.localKeyword(local)} _${id}: ${printTerm(local.type)}${this.localNote(local)}\n`);
    }
    for (const id of body.blocks.ids()) this.block(id, body.blocks.get(id));
    out.push('}\n');
    return out.join('');
  }

  private argument(id: LocalId): string {
    const local = this.body.locals.get(id);
    const convention = local.kind.kind === 'argument' ? `${local.kind.convention} ` : '';
    return `${convention}_${id}: ${printTerm(local.type)}${local.name === '' ? '' : ` '${local.name}'`}`;
  }

  private localKeyword(local: Local): string {
    return local.kind.kind === 'temporary'
      ? 'temp'
      : local.kind.kind === 'var'
        ? local.bindOnce
          ? 'let'
          : 'var'
        : local.kind.kind;
  }

  private localNote(local: Local): string {
    const name = local.name === '' ? '' : ` '${local.name}'`;
    return local.region === 0 ? name : `${name} region ${local.region}`;
  }

  private block(id: number, block: BasicBlock): void {
    const region = block.region === 0 ? '' : `  ; region ${block.region}${this.regionParam(block)}`;
    this.out.push(`\n  bb${id}:${region}\n`);
    for (const statement of block.statements) this.out.push(`    ${this.statement(statement)}\n`);
    this.out.push(`    ${this.terminator(block.terminator)}\n`);
  }

  private regionParam(block: BasicBlock): string {
    const param = this.body.regions.get(block.region).param;
    return param === null ? '' : ` binds ${param.name}`;
  }

  statement(statement: Statement): string {
    switch (statement.kind) {
      case 'assign':
        return `${this.place(statement.place)} ${arrow(statement.store)} ${this.rvalue(statement.value)}`;
      case 'call':
        return `${this.place(statement.dest)} ${arrow(statement.store)} ${this.call(statement.callee, statement.args)}`;
      case 'drop':
        return `drop ${this.place(statement.place)}`;
      case 'declare':
        return `declare _${statement.local}`;
      case 'use':
        return `use ${this.place(statement.place)}`;
      case 'comptimeAssert':
        return `comptime assert ${printTerm(statement.condition)}`;
      default:
        return unreachable(statement);
    }
  }

  terminator(t: Terminator): string {
    switch (t.kind) {
      case 'goto':
        return `goto bb${t.target}`;
      case 'branch':
        return `branch ${this.operand(t.condition)} ? bb${t.onTrue} : bb${t.onFalse}`;
      case 'return':
      case 'raise':
      case 'unreachable':
        return t.kind;
      case 'tryCall':
        return `${this.place(t.dest)} ${arrow(t.store)} try ${this.call(t.callee, t.args)} then bb${t.target} error ${this.place(t.errorDest)} bb${t.onError}`;
      case 'comptimeBranch':
        return `comptime branch ${printTerm(t.condition)} ? bb${t.onTrue} : bb${t.onFalse}`;
      case 'comptimeFor':
        return `comptime for ${t.param.name} in ${printTerm(t.iterable)} do bb${t.body} exit bb${t.exit}`;
      default:
        return unreachable(t);
    }
  }

  place(place: Place): string {
    let text = place.root.kind === 'local' ? `_${place.root.local}` : `@${this.names.globalName(place.root.global)}`;
    for (const projection of place.projections) {
      if (projection.kind === 'field') text += `.${projection.name === '' ? projection.index : projection.name}`;
      else if (projection.kind === 'element') text += `[${printTerm(projection.index)}]`;
      else text += '.*';
    }
    return text;
  }

  operand(operand: Operand): string {
    switch (operand.kind) {
      case 'constant':
        return `const ${printTerm(operand.term)}`;
      case 'borrowMut':
        return `borrow mut ${this.place(operand.place)}`;
      case 'copyOrMove':
        return `copy? ${this.place(operand.place)}`;
      case 'copy':
      case 'move':
      case 'borrow':
        return `${operand.kind} ${this.place(operand.place)}`;
      default:
        return unreachable(operand);
    }
  }

  private operands(operands: readonly Operand[]): string {
    return operands.map((operand) => this.operand(operand)).join(', ');
  }

  private rvalue(value: Rvalue): string {
    switch (value.kind) {
      case 'use':
        return this.operand(value.operand);
      case 'ref':
        return `ref ${value.mutable ? 'mut ' : ''}${this.place(value.place)}`;
      case 'aggregate':
        return `aggregate(${this.operands(value.operands)})`;
      case 'variadic':
        return `variadic(${this.operands(value.operands)})`;
      case 'intrinsic':
        return `${value.name}${printArgs(value.params)}(${this.operands(value.operands)})`;
      case 'materialize':
        return `materialize ${printTerm(value.term)}`;
      default:
        return unreachable(value);
    }
  }

  private call(callee: Callee, args: readonly Operand[]): string {
    return `${this.callee(callee)}(${this.operands(args)})`;
  }

  private callee(callee: Callee): string {
    switch (callee.kind) {
      case 'function':
        return `${this.names.functionName(callee.fn)}${printArgs(callee.args)}`;
      case 'requirement':
        return `${printTerm(callee.self)}::${callee.trait.name}.${callee.member.name}${printArgs(callee.args)}`;
      case 'callable':
        return `callable ${printTerm(callee.type)}${printArgs(callee.params)}`;
      case 'pointer':
        return `(${this.operand(callee.value)})`;
      case 'instance':
        return this.names.instanceName(callee.instance);
      case 'foreign':
        return `foreign ${callee.symbol}`;
      default:
        return unreachable(callee);
    }
  }
}

function printArgs(args: readonly Term[]): string {
  return args.length === 0 ? '' : `[${args.map(printTerm).join(', ')}]`;
}

/** `=` initializes; `<-` may overwrite an old value. */
function arrow(store: 'unknown' | 'init'): string {
  return store === 'init' ? '=' : '<-';
}
