/** A short, deterministic text of a term, for dumps of MIR. Not what a user sees in a diagnostic. */
import { unreachable } from '../base/invariant.ts';
import { scalarDType } from './store.ts';
import type { OriginStep, Term } from './term.ts';

const SCALARS: ReadonlyMap<string, string> = new Map([
  ['int', 'Int'],
  ['uint', 'UInt'],
  ['float32', 'Float32'],
  ['float64', 'Float64'],
  ['bool', 'Scalar[bool]'],
]);

function list(terms: readonly Term[]): string {
  return terms.map(printTerm).join(', ');
}

function path(steps: readonly OriginStep[]): string {
  return steps.map((step) => (step.kind === 'field' ? `.${step.name}` : `["${step.name}"]`)).join('');
}

export function printTerm(term: Term): string {
  switch (term.kind) {
    case 'error':
      return '<error>';
    case 'unbound':
      return '_';
    case 'param':
      return term.variadic ? `*${term.name}` : term.name;
    case 'bound':
      return `#${term.depth}.${term.index}`;
    case 'struct': {
      const dtype = scalarDType(term);
      if (dtype !== null) return SCALARS.get(dtype) ?? `Scalar[${dtype}]`;
      return term.args.length === 0 ? term.decl.name : `${term.decl.name}[${list(term.args)}]`;
    }
    case 'trait':
      return term.decl.name;
    case 'composition':
      return term.members.map(printTerm).join(' & ');
    case 'functionType': {
      const args = term.args.map(
        (arg) => `${arg.convention === 'imm' ? '' : `${arg.convention} `}${printTerm(arg.type)}`,
      );
      const raises = term.raises === null ? '' : ` raises ${printTerm(term.raises)}`;
      return `def(${args.join(', ')})${raises}${term.thin ? ' thin' : ''} -> ${printTerm(term.result)}`;
    }
    case 'functionItem':
      return `item ${printTerm(term.func)}`;
    case 'ref':
      return `ref[${printTerm(term.origin)}] ${printTerm(term.pointee)}`;
    case 'primitive':
      return term.name;
    case 'originType':
      return `Origin[${printTerm(term.mut)}]`;
    case 'int':
      return String(term.value);
    case 'bool':
      return term.value ? 'True' : 'False';
    case 'float':
      if (term.special !== 'finite') return term.special;
      return term.denominator === 1n ? `${term.numerator}.0` : `${term.numerator}/${term.denominator}`;
    case 'string':
      return JSON.stringify(term.value);
    case 'dtype':
      return term.name;
    case 'function':
      return term.args.length === 0 ? term.decl.name : `${term.decl.name}[${list(term.args)}]`;
    case 'requirement':
      return `${printTerm(term.self)}::${term.trait.name}.${term.member.name}${term.args.length === 0 ? '' : `[${list(term.args)}]`}`;
    case 'structValue':
      return `${printTerm(term.type)}{${list(term.fields)}}`;
    case 'memoryValue':
      return `memory ${printTerm(term.type)}`;
    case 'list':
      return `[${list(term.elements)}]`;
    case 'polynomial': {
      const parts = term.terms.map((monomial) => {
        const product = monomial.factors.map(printTerm).join('*');
        return monomial.coefficient === 1n ? product : `${monomial.coefficient}*${product}`;
      });
      if (term.constant !== 0n) parts.push(String(term.constant));
      return `(${parts.join(' + ')})`;
    }
    case 'logic':
      return `${term.op}(${list(term.operands)})`;
    case 'call':
      return `${printTerm(term.callee)}(${list(term.args)})`;
    case 'projection':
      return `${printTerm(term.self)}.${term.member}${term.args.length === 0 ? '' : `[${list(term.args)}]`}`;
    case 'fieldValue':
      return `${printTerm(term.base)}.${term.index}`;
    case 'packElement':
      return `${printTerm(term.pack)}[${printTerm(term.index)}]`;
    case 'packLength':
      return `len(${printTerm(term.pack)})`;
    case 'conditional':
      return `(${printTerm(term.onTrue)} if ${printTerm(term.condition)} else ${printTerm(term.onFalse)})`;
    case 'conforms':
      return `conforms(${printTerm(term.type)}, ${printTerm(term.trait)})`;
    case 'operation':
      return `${term.op}(${list(term.operands)})`;
    case 'placeOrigin':
      return `${term.name}${path(term.path)}`;
    case 'derivedOrigin':
      return `${term.imm ? 'imm ' : ''}${printTerm(term.base)}${path(term.path)}`;
    case 'unionOrigin':
      return term.members.map(printTerm).join(' | ');
    case 'specialOrigin':
      return term.which;
    default:
      return unreachable(term);
  }
}
