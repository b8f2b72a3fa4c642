/** Statements of random programs that declare, use, change and give away, without blocks and without references.
 *  In: what has a value here.  Out: statements, one or a few that belong together. */
import { type Local, type Place, TYPES, ValueMaker } from './generate-values.ts';
import { ELEMENT, type Expression, isDivided, type Path, type Statement, type Type } from './tree.ts';

export class ChangeMaker extends ValueMaker {
  protected declare(type: Type, value: Expression | null): Statement {
    const name = this.fresh(type.toLowerCase());
    this.locals.push({ name, type, fixed: false, filled: value !== null, depth: this.loops });
    return { line: 0, kind: 'var', name, type, value };
  }

  /** A variable that a construct declares. */
  protected introduce(name: string, type: Type, fixed: boolean): Local {
    const local: Local = { name, type, fixed, filled: true, depth: this.loops };
    this.locals.push(local);
    return local;
  }

  protected declareSome(): Statement {
    const type = this.dice.pick(TYPES) ?? 'R';
    return this.declare(type, this.dice.chance(6) ? null : this.value(type, 2));
  }

  protected assign(): Statement[] {
    const { dice } = this;
    const empty = this.locals.filter((local) => !local.filled && !local.fixed && !this.isReference(local));
    const target = dice.chance(50) ? dice.pick(empty) : null;
    if (target !== null) {
      const value = this.value(target.type, 2);
      target.filled = true;
      return [{ line: 0, kind: 'assign', place: [target.name], type: target.type, value }];
    }
    const place = this.changeable(TYPES);
    if (place === null) return this.use();
    // An element is set through a reference.
    const isElement = (place.local.type === 'T' || place.local.type === 'A') && place.path.length > 1;
    if (isElement || place.path.includes(ELEMENT) || this.isReference(place.local)) return this.assignBehind(place);
    const value = this.value(place.type, 2);
    if (!place.local.filled && place.path.length > 1) return [{ line: 0, kind: 'discard', value }];
    place.local.filled = true;
    return [{ line: 0, kind: 'assign', place: place.path, type: place.type, value }];
  }

  /** What is stored through a reference: a new value, a copy, or what is moved there. */
  protected assignBehind({ path, type, local }: Place): Statement[] {
    if (type !== 'R') return this.use();
    const from = this.dice.chance(40) ? this.movable(['R']) : null;
    if (from !== null && from.local !== local) {
      from.local.filled = false;
      return [{ line: 0, kind: 'assign', place: path, type, value: { kind: 'move', place: from.path, type } }];
    }
    return [{ line: 0, kind: 'assign', place: path, type, value: this.construct('R', 0) }];
  }

  protected isReference(local: Local): boolean {
    return /^[yzv]/.test(local.name);
  }

  protected use(): Statement[] {
    const { dice } = this;
    if (dice.chance(20)) {
      const values = Array.from({ length: 1 + dice.roll(2) }, () => this.value('R', 1));
      return [{ line: 0, kind: 'peek', values }];
    }
    const place = this.readable(TYPES);
    if (place === null) return [this.declareSome()];
    if (dice.chance(15)) return [{ line: 0, kind: 'keep', place: place.path }];
    const second = place.type === 'R' && dice.chance(40) ? this.readable(['R']) : null;
    return [{ line: 0, kind: 'use', places: second === null ? [place.path] : [place.path, second.path] }];
  }

  protected consume(): Statement[] {
    const type = this.dice.pick(TYPES) ?? 'R';
    const value = this.value(type, 3);
    if (this.dice.chance(15) && value.kind !== 'move' && value.kind !== 'name')
      return [{ line: 0, kind: 'discard', value }];
    return [{ line: 0, kind: 'eat', value, ignored: this.dice.chance(25) }];
  }

  protected change(): Statement[] {
    const place = this.changeable(['R']);
    if (place === null) return this.use();
    switch (this.dice.roll(3)) {
      case 0:
        return [{ line: 0, kind: 'touch', place: place.path }];
      case 1:
        return [{ line: 0, kind: 'reset', place: place.path, number: this.number() }];
      default: {
        const other = this.changeable(['R']);
        if (other === null || other.local === place.local) return this.use();
        return [{ line: 0, kind: 'swap', a: place.path, b: other.path }];
      }
    }
  }

  /** A field is moved out and comes back before anything can leave. */
  protected partial(): Statement[] {
    const { dice } = this;
    const choices = this.places(['R', 'P', 'M'], { owned: true }).filter(
      ({ path, local }) => path.length > 1 && !this.isReference(local) && isDivided(local.type),
    );
    const place = dice.pick(choices);
    if (place === null) return [this.declare('P', this.construct('P', 1))];
    const out: Statement[] = [
      { line: 0, kind: 'eat', value: { kind: 'move', place: place.path, type: place.type }, ignored: dice.chance(30) },
    ];
    const siblings = this.places(['R', 'P', 'M'], { owned: true }).filter(
      ({ path, local }) =>
        local === place.local && !path.every((part, i) => i >= place.path.length || part === place.path[i]),
    );
    const sibling = dice.pick(siblings);
    if (sibling !== null && dice.chance(60) && !isPrefix(sibling.path, place.path))
      out.push({ line: 0, kind: 'use', places: [sibling.path] });
    const value = this.construct(place.type, 0);
    out.push({ line: 0, kind: 'assign', place: place.path, type: place.type, value });
    return out;
  }

  protected onList(): Statement[] {
    const place = this.changeable(['L', 'L', 'K', 'U', 'J']);
    if (place === null) return [this.declare('L', this.construct('L', 1))];
    if (place.type !== 'L') return this.onContainer(place);
    switch (this.dice.roll(7)) {
      case 0:
        return [{ line: 0, kind: 'clear', place: place.path }];
      case 1:
        return [{ line: 0, kind: 'each', place: place.path }];
      case 2:
        return [{ line: 0, kind: 'reverse', place: place.path }];
      case 3:
        return [{ line: 0, kind: 'insert', place: place.path, value: this.value('R', 1) }];
      default:
        return [{ line: 0, kind: 'append', place: place.path, value: this.value('R', 1) }];
    }
  }

  private onContainer({ path, type }: Place): Statement[] {
    const { dice } = this;
    if (type === 'J')
      return [{ line: 0, kind: 'put', place: path, key: 0, value: this.value(dice.chance(50) ? 'R' : 'P', 1) }];
    if (dice.chance(15)) return [{ line: 0, kind: 'clear', place: path }];
    if (type === 'U') return [{ line: 0, kind: 'append', place: path, value: this.value('R', 1) }];
    if (dice.chance(15)) return [{ line: 0, kind: 'each', place: path }];
    return [{ line: 0, kind: 'put', place: path, key: 1 + dice.roll(3), value: this.value('R', 1) }];
  }

  protected onElement(element: Path, owner: Local): Statement {
    const { dice } = this;
    const other = this.changeable(['R']);
    const value = this.construct('R', 0);
    const copy: Expression = { kind: 'copy', place: element, type: 'R' };
    switch (dice.roll(6)) {
      case 0:
        return { line: 0, kind: 'touch', place: element };
      case 1:
        return { line: 0, kind: 'assign', place: element, type: 'R', value };
      case 2:
        return { line: 0, kind: 'reset', place: element, number: this.number() };
      case 3:
        return { line: 0, kind: 'peek', values: [copy, { kind: 'pass', place: element, value, type: 'R' }] };
      case 4:
        if (other !== null && other.local !== owner) return { line: 0, kind: 'swap', a: element, b: other.path };
        return { line: 0, kind: 'use', places: [element] };
      default:
        return { line: 0, kind: 'use', places: [element] };
    }
  }

  protected callProgram(): Statement[] {
    const found = this.functionCall((fn) => fn.result === null);
    if (found === null) return this.use();
    return [{ line: 0, kind: 'callDo', name: found.name, args: found.args }];
  }
}

function isPrefix(a: Path, b: Path): boolean {
  return a.every((part, i) => part === b[i]);
}
