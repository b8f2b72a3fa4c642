/** Members that a struct gets for declaring a trait without writing its method: `__eq__` of Equatable, `__hash__` of Hashable,
 *  `__init__` of Defaultable, `write_to` and `write_repr_to` of Writable. Each is built as syntax, field by field, and then checked like written code; its
 *  names are looked up in the library, never in the user's file. */
import { makeId } from '../../base/ids.ts';
import type {
  Argument,
  ArgumentList,
  CallArg,
  Convention,
  Effects,
  Expr,
  FunctionDecl,
  Identifier,
  NodeId,
  ParameterList,
  ResultType,
  Stmt,
} from '../../syntax/ast.ts';
import { typeName } from '../check/type-name.ts';
import type { FunctionEntity, ModuleEntity, Scope, StructEntity, TraitEntity } from '../entities.ts';
import type { HirField } from '../hir.ts';
import { isPrintedByStr } from './bounds.ts';
import { conformanceTable } from './conformance-table.ts';
import { type DeclareContext, newFunction, newScope } from './context.ts';
import { cannotDerive } from './errors.ts';
import { loadModule } from './modules.ts';
import { forceHeader } from './scopes.ts';

/** The derived function for a requirement, or null when there is none to derive. */
export function derivedMember(cx: DeclareContext, struct: StructEntity, member: FunctionEntity): FunctionEntity | null {
  const trait = member.parent;
  if (trait?.kind !== 'trait' || trait.builtin === null || struct.decl === null) return null;
  const name = member.ref.name;
  const fields = [...struct.members.values()].flat().filter((entry) => entry.kind === 'field');
  const names = fields.map((field) => field.name);
  const build = new TreeBuilder(struct);
  switch (`${trait.builtin}.${name}`) {
    case 'Equatable.__eq__':
      return make(cx, struct, member, build.equality(names));
    case 'Hashable.__hash__':
      return make(cx, struct, member, build.hash(names));
    case 'Defaultable.__init__':
      return make(cx, struct, member, build.defaults(names));
    case 'Writable.write_to':
    case 'Writable.write_repr_to':
      // In classic files a struct that writes its text itself has that as its repr, too.
      if (struct.module.edition === 'classic' && struct.members.has('write_to')) return null;
      if (isPrintedByStr(struct) || isStringable(cx, struct)) return make(cx, struct, member, build.writeStr(name));
      return make(cx, struct, member, build.write(name, names, hasTypeNameFunction(cx)));
    default:
      return null;
  }
}

/** In a file that mixes spellings, a struct that conforms to the former trait says its text by `__str__`. */
function isStringable(cx: DeclareContext, struct: StructEntity): boolean {
  if (!struct.module.seesClassicNames || struct.members.has('write_to')) return false;
  const traits = [...conformanceTable(cx, struct).keys()];
  return traits.some(({ module, ref }) => !module.isUser && ref.name === 'Stringable');
}

/** Derived text names the parameters of a generic struct through this library function. */
const WRITE_TYPE_NAME = '_write_derived_name';

function hasTypeNameFunction(cx: DeclareContext): boolean {
  const module = loadModule(cx, ['std', 'format', 'writable']);
  return module?.scope.names.has(WRITE_TYPE_NAME) === true;
}

function make(cx: DeclareContext, struct: StructEntity, member: FunctionEntity, decl: FunctionDecl): FunctionEntity {
  const module: ModuleEntity = {
    ...struct.module,
    scope: struct.module.scope,
    edition: '1',
    looseDef: false,
    isUser: false,
  };
  const library = loadModule(cx, ['std', 'format', 'writable']) ?? struct.module;
  const around: Scope = newScope(library.scope, module, { kind: 'parameters' });
  const scope = newScope(around, module, { kind: 'struct', struct });
  const trait = member.parent;
  cx.pendingHeaders.set(scope, () => {
    const entry = trait?.kind === 'trait' ? conformanceTable(cx, struct).get(trait) : undefined;
    if (entry !== undefined) scope.facts.push(entry.condition());
  });
  const fn = newFunction(cx, {
    name: decl.name.name,
    decl,
    module,
    span: struct.span,
    scope,
    parent: struct,
    enclosing: null,
    functionKind: { kind: 'written' },
    isStatic: false,
    isDefault: false,
  });
  if (trait?.kind === 'trait')
    cx.memo.derivedBodies.set(fn, () => {
      const field = fieldWithout(cx, struct, trait, scope);
      if (field === null) return cx.sema().checkBody(fn);
      const type = typeName(field.type);
      cx.sink.report(
        cannotDerive({
          span: struct.span,
          name: struct.ref.name,
          trait: trait.ref.name,
          field: field.name,
          type,
          at: field.span,
        }),
      );
      return null;
    });
  return fn;
}

/** The first field that lacks the trait which is to be derived from the fields. */
function fieldWithout(cx: DeclareContext, struct: StructEntity, trait: TraitEntity, scope: Scope): HirField | null {
  forceHeader(cx, scope);
  const bound = cx.store.trait(trait.ref);
  return (
    cx
      .sema()
      .fields(struct)
      .find((field) => cx.sema().conforms(field.type, bound, scope) !== true) ?? null
  );
}

interface NodeHeader {
  readonly id: NodeId;
  readonly start: number;
  readonly end: number;
}

/** Builds syntax that stands at the name of the struct. */
class TreeBuilder {
  private readonly struct: StructEntity;
  private readonly at: NodeHeader;

  constructor(struct: StructEntity) {
    this.struct = struct;
    this.at = { id: makeId<NodeId>(0), start: struct.span.start, end: struct.span.end };
  }

  /** `return self.a == other.a and …`. */
  equality(fields: readonly string[]): FunctionDecl {
    let value: Expr = { kind: 'BoolExpr', ...this.at, value: true };
    fields.forEach((field, index) => {
      const compared: Expr = {
        kind: 'CompareExpr',
        ...this.at,
        first: this.member(this.name('self'), field),
        links: [
          {
            kind: 'CompareLink',
            ...this.at,
            op: '==',
            opStart: this.at.start,
            right: this.member(this.name('other'), field),
          },
        ],
      };
      value =
        index === 0
          ? compared
          : { kind: 'LogicalExpr', ...this.at, op: 'and', opStart: this.at.start, left: value, right: compared };
    });
    return this.fn('__eq__', null, [this.self(), this.argument(null, 'other', this.name('Self'))], this.name('Bool'), [
      { kind: 'ReturnStmt', ...this.at, value },
    ]);
  }

  /** `self.a = {}`, …: each field's own default. */
  defaults(fields: readonly string[]): FunctionDecl {
    const body = fields.map(
      (field): Stmt => ({
        kind: 'AssignStmt',
        ...this.at,
        targets: [this.member(this.name('self'), field)],
        value: { kind: 'BraceExpr', ...this.at, args: [] },
      }),
    );
    return this.fn('__init__', null, [this.argument('out', 'self', null)], null, body);
  }

  /** `self.a.__hash__(hasher)`, …. */
  hash(fields: readonly string[]): FunctionDecl {
    const parameters: ParameterList = {
      kind: 'ParameterList',
      ...this.at,
      items: [
        {
          kind: 'Parameter',
          ...this.at,
          variadic: false,
          name: this.identifier('H'),
          type: this.name('Hasher'),
          default: null,
        },
      ],
    };
    const body = fields.map((field) =>
      this.statement(this.call(this.member(this.member(this.name('self'), field), '__hash__'), [this.name('hasher')])),
    );
    return this.fn('__hash__', parameters, [this.self(), this.argument('mut', 'hasher', this.name('H'))], null, body);
  }

  /** `writer.write_string("P(a=")`, `self.a.write_to(writer)`, …. */
  write(name: string, fields: readonly string[], namesParameters: boolean): FunctionDecl {
    const body: Stmt[] = [];
    const text = (value: string): void => {
      const literal: Expr = { kind: 'StringExpr', ...this.at, value, texts: [JSON.stringify(value)] };
      body.push(this.statement(this.call(this.member(this.name('writer'), 'write_string'), [literal])));
    };
    const isGeneric = this.struct.decl?.parameters != null;
    if (isGeneric && namesParameters) {
      const bound: Expr = {
        kind: 'SubscriptExpr',
        ...this.at,
        base: this.name(WRITE_TYPE_NAME),
        open: this.at.start,
        args: [this.arg(this.name('Self'))],
      };
      body.push(this.statement(this.call(bound, [this.name('writer')])));
      text('(');
    } else text(`${this.struct.ref.name}(`);
    fields.forEach((field, index) => {
      text(`${index === 0 ? '' : ', '}${field}=`);
      body.push(
        this.statement(this.call(this.member(this.member(this.name('self'), field), name), [this.name('writer')])),
      );
    });
    text(')');
    return this.writer(name, body);
  }

  /** `writer.write_string(self.__str__())`. */
  writeStr(name: string): FunctionDecl {
    const text = this.call(this.member(this.name('self'), '__str__'), []);
    return this.writer(name, [this.statement(this.call(this.member(this.name('writer'), 'write_string'), [text]))]);
  }

  private writer(name: string, body: readonly Stmt[]): FunctionDecl {
    const writer: Expr = {
      kind: 'SubscriptExpr',
      ...this.at,
      base: this.name('Some'),
      open: this.at.start,
      args: [this.arg(this.name('Writer'))],
    };
    return this.fn(name, null, [this.self(), this.argument('mut', 'writer', writer)], null, body);
  }

  private identifier(name: string): Identifier {
    return { kind: 'Identifier', ...this.at, name, quoted: false };
  }

  private name(name: string): Expr {
    return { kind: 'NameExpr', ...this.at, name, quoted: false };
  }

  private member(base: Expr, name: string): Expr {
    return { kind: 'MemberExpr', ...this.at, base, dot: this.at.start, name: this.identifier(name) };
  }

  private arg(value: Expr): CallArg {
    return { kind: 'CallArg', ...this.at, star: 'none', name: null, value };
  }

  private call(callee: Expr, args: readonly Expr[]): Expr {
    return { kind: 'CallExpr', ...this.at, callee, open: this.at.start, args: args.map((value) => this.arg(value)) };
  }

  private statement(value: Expr): Stmt {
    return { kind: 'ExprStmt', ...this.at, value };
  }

  private self(): Argument {
    return this.argument(null, 'self', null);
  }

  private argument(convention: Convention | null, name: string, type: Expr | null): Argument {
    return {
      kind: 'Argument',
      ...this.at,
      convention,
      conventionSpelling: convention,
      origins: null,
      variadic: 'none',
      name: this.identifier(name),
      type,
      packType: false,
      default: null,
      functionForm: false,
    };
  }

  private fn(
    name: string,
    parameters: ParameterList | null,
    args: readonly Argument[],
    result: Expr | null,
    statements: readonly Stmt[],
  ): FunctionDecl {
    const list: ArgumentList = { kind: 'ArgumentList', ...this.at, items: args };
    const effects: Effects = {
      kind: 'Effects',
      ...this.at,
      raises: false,
      raisesType: null,
      thin: false,
      abi: null,
      capturing: false,
      capturingOrigins: null,
      escaping: false,
      unified: false,
    };
    const resultType: ResultType | null =
      result === null
        ? null
        : { kind: 'ResultType', ...this.at, isRef: false, origins: null, type: result, name: null };
    return {
      kind: 'FunctionDecl',
      ...this.at,
      keyword: 'def',
      isAsync: false,
      decorators: [],
      name: this.identifier(name),
      parameters,
      args: list,
      effects,
      captures: null,
      result: resultType,
      where: [],
      docstring: null,
      body: { kind: 'Block', ...this.at, statements },
    };
  }
}
