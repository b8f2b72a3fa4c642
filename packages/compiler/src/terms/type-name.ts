/** Types and compile-time values as diagnostics show them: friendly aliases (`Int`, `Float64`), otherwise as written. */
import { unreachable } from '../base/invariant.ts';
import { dtypeInfo } from './dtypes.ts';
import { scalarDType } from './store.ts';
import { elementOf } from './variadic.ts';
import type { FunctionTypeArg, FunctionTypeTerm, Term } from './term.ts';

/** The hasher that `Dict` and `Set` have where nobody wrote one. */
function isLibraryHasher(term: Term): boolean {
  return term.kind === 'struct' && term.decl.path === 'std.hash.hashable._Mixer';
}

function stringSpanName(args: readonly Term[]): string {
  const [origin] = args;
  if (origin?.kind === 'specialOrigin' && origin.which === 'static') return 'StaticString';
  return `StringSpan[${args.map(typeName).join(', ')}]`;
}

function list(terms: readonly Term[]): string {
  return terms.map(typeName).join(', ');
}

/** The type that is written for an argument: of a variadic one, that of its elements. */
function gatheredName({ type, variadic }: FunctionTypeArg): string {
  const element = elementOf(type, variadic);
  return `${variadic === 'pack' ? '*' : ''}${typeName(element ?? type)}`;
}

function functionTypeName(term: FunctionTypeTerm, name: string): string {
  const args = term.args.map((arg) => {
    const from = arg.origin === null || arg.origin.kind === 'placeOrigin' ? '' : `[${typeName(arg.origin)}]`;
    const convention = arg.convention === 'imm' ? '' : `${arg.convention}${from} `;
    const label = arg.name === '' || name === '' ? '' : `${arg.name}: `;
    const star = arg.variadic === 'none' ? '' : arg.variadic === 'keywords' ? '**' : '*';
    return `${convention}${star}${label}${gatheredName(arg)}`;
  });
  const named = term.params.filter((param) => param.name !== '' && param.name !== '_');
  const params = named.length === 0 ? '' : `[${named.map((p) => `${p.name}: ${typeName(p.type)}`).join(', ')}]`;
  const error = term.raises === null ? '' : typeName(term.raises);
  const raises = term.raises === null ? '' : error === 'Error' ? ' raises' : ` raises ${error}`;
  const text = `def${name === '' ? '' : ` ${name}`}${params}(${args.join(', ')})${raises}${term.thin ? ' thin' : ''} -> ${typeName(term.result)}`;
  // Its arguments stand in it by number,
  const places = text.replace(/\$arg\.(\d+)/g, (number, index) => {
    const arg = term.args[Number(index)];
    return arg === undefined ? number : arg.name === '' ? `argument ${Number(index) + 1}` : arg.name;
  });
  // and so do its own parameters; one without a name is that of a `Some` argument.
  return places.replace(/\$0\.(\d+)/g, (number, index) => {
    const param = term.params[Number(index)];
    return param === undefined ? number : param.name === '' ? `Some[${typeName(param.type)}]` : param.name;
  });
}

/** A function's own type, with its name and the names of its arguments. */
export function namedFunctionType(term: Term, name: string): string {
  return term.kind === 'functionType' ? functionTypeName(term, name) : typeName(term);
}

export function typeName(term: Term): string {
  switch (term.kind) {
    case 'error':
      return '<error>';
    case 'unbound':
      return '_';
    case 'param':
      return term.name;
    case 'bound':
      return `$${term.depth}.${term.index}`;
    case 'struct': {
      const scalar = scalarDType(term);
      if (scalar !== null) return dtypeInfo(scalar).alias;
      const name = term.decl.name === 'NoneType' ? 'None' : term.decl.name;
      if (term.args.length === 0) return name;
      const given =
        term.decl.name === 'Tuple' || term.decl.name === 'VariadicPack' ? flattenLists(term.args) : term.args;
      const args = given.filter((arg) => !isLibraryHasher(arg));
      if (name === 'TString') return name;
      if (name === 'StringSpan') return stringSpanName(args.slice(1));
      if (name === 'Pointer' || name === 'Span') return `${name}[${args.slice(1).map(typeName).join(', ')}]`;
      return `${name}[${args.map(typeName).join(', ')}]`;
    }
    case 'trait':
      return term.decl.name;
    case 'composition':
      return term.members.map(typeName).join(' & ');
    case 'functionType':
      return functionTypeName(term, '');
    case 'functionItem':
      return term.func.kind === 'function' ? `def ${term.func.decl.name}` : 'def';
    case 'ref':
      return `ref[${typeName(term.origin)}] ${typeName(term.pointee)}`;
    case 'primitive':
      return term.name === 'type' ? 'AnyType' : term.name;
    case 'originType':
      return `Origin[mut=${typeName(term.mut)}]`;
    case 'int':
      return term.type.kind === 'struct' && scalarDType(term.type) !== null
        ? `${typeName(term.type)}(${term.value})`
        : String(term.value);
    case 'bool':
      return term.value ? 'True' : 'False';
    case 'float':
      if (term.special !== 'finite') return term.special;
      return term.denominator === 1n ? `${term.numerator}.0` : decimalText(term.numerator, term.denominator);
    case 'string':
      return JSON.stringify(term.value);
    case 'dtype':
      return `DType.${term.name}`;
    case 'function':
      return term.decl.name;
    case 'requirement':
      return `${typeName(term.self)}.${term.member.name}`;
    case 'structValue':
      return `${typeName(term.type)}(${list(term.fields)})`;
    case 'memoryValue':
      return `${typeName(term.type)}(...)`;
    case 'list':
      return list(term.elements);
    case 'polynomial': {
      const parts = term.terms.map((part) => {
        const factors = part.factors.map(typeName).join(' * ');
        return part.coefficient === 1n ? factors : `${part.coefficient} * ${factors}`;
      });
      if (term.constant !== 0n) parts.push(String(term.constant));
      return `(${parts.join(' + ')})`;
    }
    case 'logic': {
      const [first, second] = term.operands;
      if (term.op === 'not' && first !== undefined) return `not ${typeName(first)}`;
      const comparison = { ge: '>=', gt: '>', eq: '==', and: null, or: null, not: null }[term.op];
      if (comparison !== null && first !== undefined && second !== undefined)
        return `(${typeName(first)} ${comparison} ${typeName(second)})`;
      return `(${term.operands.map(typeName).join(` ${term.op} `)})`;
    }
    case 'call':
      // What a parameter expression computes has no name.
      if (term.callee.kind === 'function' && term.callee.decl.name === 'comptime') return '…';
      return `${typeName(term.callee)}(${list(term.args)})`;
    case 'projection':
      return `${typeName(term.self)}.${term.member}${term.args.length === 0 ? '' : `[${list(term.args)}]`}`;
    case 'fieldValue':
      return `${typeName(term.base)}.#${term.index}`;
    case 'packElement':
      return `${typeName(term.pack)}[${typeName(term.index)}]`;
    case 'packLength':
      return `len(${typeName(term.pack)})`;
    case 'conditional':
      return `(${typeName(term.onTrue)} if ${typeName(term.condition)} else ${typeName(term.onFalse)})`;
    case 'conforms':
      return `conforms_to(${typeName(term.type)}, ${typeName(term.trait)})`;
    case 'operation':
      // A function out of an iterator (check/loops.ts).
      if (term.op === 'type.element') return `Element (${list(term.operands)})`;
      if (term.op === 'type.field_types') return `field_types of ${list(term.operands)}`;
      return `${term.op}(${list(term.operands)})`;
    case 'placeOrigin':
      return `origin_of(${term.name}${term.path.map((step) => (step.kind === 'field' ? `.${step.name}` : `["${step.name}"]`)).join('')})`;
    case 'derivedOrigin': {
      const origin = `${typeName(term.base)}${term.path.map((step) => (step.kind === 'field' ? `.${step.name}` : `["${step.name}"]`)).join('')}`;
      return term.imm ? `ImmOrigin(${origin})` : origin;
    }
    case 'unionOrigin':
      return `origin_of(${list(term.members)})`;
    case 'specialOrigin':
      return specialOriginName(term.which, term.mut);
    default:
      return unreachable(term);
  }
}

function specialOriginName(which: 'static' | 'untracked' | 'any' | 'erased', mut: Term): string {
  if (which === 'erased') return '_';
  const name = { static: 'StaticOrigin', untracked: 'UntrackedOrigin', any: 'UnsafeAnyOrigin' }[which];
  return mut.kind === 'bool' ? `${mut.value ? 'Mut' : 'Imm'}${name}` : `${name}[mut=${typeName(mut)}]`;
}

function flattenLists(terms: readonly Term[]): readonly Term[] {
  return terms.flatMap((term) => (term.kind === 'list' ? term.elements : [term]));
}

function decimalText(numerator: bigint, denominator: bigint): string {
  return String(Number(numerator) / Number(denominator));
}
