/** Text and hashes of concrete terms. `describe` is for people (short names, scalar aliases, bounded length); `hash` is a
 *  64-bit content hash, the same in every session, for symbols and for the order of instances. Both are memoized, so a type
 *  that doubles at each instantiation costs what its distinct parts cost. */
import type { HirFunction } from '../sema/hir.ts';
import { dtypeInfo } from '../terms/dtypes.ts';
import { scalarDType } from '../terms/store.ts';
import type { Term } from '../terms/term.ts';

const MAX_TEXT = 300;

/** Two independent 32-bit FNV-1a streams. */
class Hasher {
  private a = 0x811c9dc5;
  private b = 0x01000193;

  text(value: string): void {
    for (let i = 0; i < value.length; i++) {
      const unit = value.charCodeAt(i);
      this.a = Math.imul(this.a ^ unit, 0x01000193);
      this.b = Math.imul(this.b ^ (unit + 0x9e37), 0x85ebca6b);
      this.b ^= this.b >>> 13;
    }
    this.a = Math.imul(this.a ^ 0xff, 0x01000193);
    this.b = Math.imul(this.b ^ 0xfe, 0xc2b2ae35);
  }

  finish(): string {
    const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');
    return hex(this.a) + hex(this.b);
  }
}

export function hashText(...parts: readonly string[]): string {
  const hasher = new Hasher();
  for (const part of parts) hasher.text(part);
  return hasher.finish();
}

export class TermText {
  private readonly hashes = new Map<Term, string>();
  private readonly texts = new Map<Term, string>();

  /** 16 hexadecimal digits; depends on the content only. */
  hash(term: Term): string {
    const known = this.hashes.get(term);
    if (known !== undefined) return known;
    const parts: string[] = [term.kind];
    contentOf(term, parts, (child) => this.hash(child));
    const result = hashText(...parts);
    this.hashes.set(term, result);
    return result;
  }

  describe(term: Term): string {
    const known = this.texts.get(term);
    if (known !== undefined) return known;
    const full = this.build(term);
    const text = full.length > MAX_TEXT ? `${full.slice(0, MAX_TEXT)}…` : full;
    this.texts.set(term, text);
    return text;
  }

  list(terms: readonly Term[]): string {
    return terms.map((term) => this.describe(term)).join(', ');
  }

  private build(term: Term): string {
    switch (term.kind) {
      case 'struct': {
        const scalar = scalarDType(term);
        if (scalar !== null) return dtypeInfo(scalar).alias;
        const shown = term.args.filter((arg) => arg.kind !== 'specialOrigin');
        return shown.length === 0 ? term.decl.name : `${term.decl.name}[${this.list(shown)}]`;
      }
      case 'trait':
        return term.decl.name;
      case 'composition':
        return term.members.map((member) => this.describe(member)).join(' & ');
      case 'functionType': {
        const args = term.args.map(
          (arg) => `${arg.convention === 'imm' ? '' : `${arg.convention} `}${this.describe(arg.type)}`,
        );
        const raises = term.raises === null ? '' : ' raises';
        return `def(${args.join(', ')})${raises}${term.thin ? ' thin' : ''} -> ${this.describe(term.result)}`;
      }
      case 'functionItem':
        return `type of ${this.describe(term.func)}`;
      case 'ref':
        return `ref ${this.describe(term.pointee)}`;
      case 'int':
        return `${term.value}`;
      case 'bool':
        return term.value ? 'True' : 'False';
      case 'float':
        return term.special === 'finite' ? `${Number(term.numerator) / Number(term.denominator)}` : term.special;
      case 'string':
        return JSON.stringify(term.value);
      case 'dtype':
        return `DType.${term.name}`;
      case 'function':
        return term.args.length === 0 ? term.decl.name : `${term.decl.name}[${this.list(term.args)}]`;
      case 'structValue':
        return `${this.describe(term.type)}(${this.list(term.fields)})`;
      case 'memoryValue':
        return `<${this.describe(term.type)} value>`;
      case 'list':
        return `[${this.list(term.elements)}]`;
      case 'param':
        return term.name;
      case 'call':
        return `${this.describe(term.callee)}(${this.list(term.args)})`;
      case 'requirement':
        return `${this.describe(term.self)}.${term.member.name}`;
      case 'projection':
        return `${this.describe(term.self)}.${term.member}`;
      case 'operation':
        return `${term.op}(${this.list(term.operands)})`;
      case 'conforms':
        return `conforms_to(${this.describe(term.type)}, ${this.describe(term.trait)})`;
      case 'fieldValue':
        return `${this.describe(term.base)}.${term.index}`;
      case 'packElement':
        return `${this.describe(term.pack)}[${this.describe(term.index)}]`;
      case 'packLength':
        return `len(${this.describe(term.pack)})`;
      case 'conditional':
        return `${this.describe(term.onTrue)} if ${this.describe(term.condition)} else ${this.describe(term.onFalse)}`;
      case 'logic':
        return `${term.op}(${this.list(term.operands)})`;
      case 'polynomial':
        return [
          ...term.terms.map(
            (part) =>
              `${part.coefficient === 1n ? '' : `${part.coefficient} * `}${part.factors.map((factor) => this.describe(factor)).join(' * ')}`,
          ),
          ...(term.constant === 0n ? [] : [`${term.constant}`]),
        ].join(' + ');
      case 'unbound':
        return '_';
      case 'primitive':
        return term.name;
      case 'originType':
        return 'Origin';
      case 'specialOrigin':
        return term.which;
      case 'placeOrigin':
        return `origin of ${term.name}`;
      default:
        return `<${term.kind}>`;
    }
  }
}

/** The parts that make a concrete term what it is, children by hash. */
function contentOf(term: Term, out: string[], hash: (child: Term) => string): void {
  const all = (terms: readonly Term[]): void => {
    for (const child of terms) out.push(hash(child));
  };
  switch (term.kind) {
    case 'struct':
      out.push(term.decl.path);
      all(term.args);
      return;
    case 'function':
      out.push(term.decl.path);
      all(term.args);
      return;
    case 'trait':
      out.push(term.decl.path);
      return;
    case 'composition':
      all(term.members);
      return;
    case 'functionType':
      for (const param of term.params) out.push(hash(param.type));
      for (const arg of term.args) {
        out.push(arg.convention, arg.variadic ? '*' : '', hash(arg.type));
        if (arg.origin !== null) out.push(hash(arg.origin));
      }
      out.push(
        hash(term.result),
        term.raises === null ? '' : hash(term.raises),
        term.thin ? 't' : '',
        term.cAbi ? 'c' : '',
      );
      return;
    case 'functionItem':
      out.push(hash(term.func));
      return;
    case 'ref':
      all([term.pointee, term.origin, term.mut]);
      return;
    case 'primitive':
      out.push(term.name);
      return;
    case 'originType':
      out.push(hash(term.mut));
      return;
    case 'int':
      out.push(`${term.value}`, hash(term.type));
      return;
    case 'bool':
      out.push(`${term.value}`);
      return;
    case 'float':
      out.push(term.special, `${term.numerator}/${term.denominator}`, hash(term.type));
      return;
    case 'string':
      out.push(term.value);
      return;
    case 'dtype':
      out.push(term.name);
      return;
    case 'structValue':
      out.push(hash(term.type));
      all(term.fields);
      return;
    case 'memoryValue':
      out.push(hash(term.type), term.image.key);
      return;
    case 'list':
      all(term.elements);
      return;
    case 'specialOrigin':
      out.push(term.which, hash(term.mut));
      return;
    case 'bound':
      out.push(`${term.depth} ${term.index}`);
      return;
    case 'param':
      // Only types of functions' own parameters and bounds keep parameters; the name tells enough there.
      out.push(term.name);
      return;
    case 'projection':
      out.push(term.trait.path, term.member, hash(term.self));
      all(term.args);
      return;
    case 'packElement':
      all([term.pack, term.index]);
      return;
    case 'conditional':
      all([term.condition, term.onTrue, term.onFalse]);
      return;
    case 'operation':
      out.push(term.op);
      all(term.operands);
      return;
    case 'requirement':
      out.push(term.trait.path, term.member.path, hash(term.self));
      all(term.args);
      return;
    case 'call':
      out.push(hash(term.callee));
      all(term.args);
      return;
    default:
      return;
  }
}

/** Tells the instances of a function, and functions of one path, from each other. */
export function instanceHash(decl: HirFunction, args: readonly Term[], text: TermText): string {
  return hashText(decl.ref.path, `${decl.span.start}`, ...args.map((arg) => text.hash(arg)));
}

/** The symbol of a function at concrete arguments: its exported name, or one that its path and arguments determine. */
export function linkerSymbol(decl: HirFunction, hash: string): string {
  return decl.attributes.exportName ?? `_K${symbolPath(decl.ref.path)}_${hash}`;
}

/** A path as a linker symbol: letters, digits, `_`, `.` and `$` pass, everything else becomes `_`. */
export function symbolPath(path: string): string {
  return path.replace(/[^A-Za-z0-9_.$]/g, '_');
}
