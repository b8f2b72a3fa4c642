/** What leads to a value without owning it, in random programs: references, pointers, closures.
 *  In: what has a value here.  Out: statements that make one and look through it. */
import { ChangeMaker } from './generate-changes.ts';
import { type Local, pathOf } from './generate-values.ts';
import { type Capture, ELEMENT, type Statement, type Type } from './tree.ts';

export interface Closure {
  readonly name: string;
  readonly uses: readonly Local[];
  readonly parameter: boolean;
  readonly kept: boolean;
  gone: boolean;
}

export class ReferenceMaker extends ChangeMaker {
  protected closures: Closure[] = [];

  protected reference(): Statement[] {
    const { dice } = this;
    if (dice.chance(40)) return this.pick();
    const list = dice.chance(35) ? this.changeable(['L']) : null;
    if (list !== null && !this.isReference(list.local)) {
      const value = this.construct('R', 0);
      const name = this.fresh('y');
      return [
        { line: 0, kind: 'append', place: list.path, value },
        { line: 0, kind: 'ref', name, place: [...list.path, ELEMENT], how: 'ref' },
        { line: 0, kind: 'use', places: [[name]] },
        ...(dice.chance(40) ? [{ line: 0, kind: 'touch', place: [name] } as const] : []),
      ];
    }
    const place = this.changeable(['R', 'P', 'N', 'I']);
    // A change of the array ends a reference into it: not modelled.
    if (place === null || place.local.type === 'A') return this.use();
    if (this.isReference(place.local) || place.path.includes(ELEMENT)) return this.use();
    const how = dice.chance(50) ? 'ref' : place.type === 'R' && dice.chance(40) ? 'view' : 'pointer';
    const name = this.fresh(how === 'ref' ? 'y' : how === 'view' ? 'v' : 'z');
    const after = this.whileReferred(name, place.type);
    if (!place.local.filled) return withoutName(after, name);
    return [{ line: 0, kind: 'ref', name, place: place.path, how }, ...after];
  }

  /** A reference to one of two places. */
  protected pick(): Statement[] {
    const usable = this.places(['R'], { owned: true }).filter(
      // Behind a reference into a union the elements of a tuple are not told apart.
      ({ local, path }) =>
        !this.isReference(local) && !path.includes(ELEMENT) && local.type !== 'T' && local.type !== 'A',
    );
    const a = this.dice.pick(usable);
    const b = this.dice.pick(usable.filter(({ local }) => local !== a?.local));
    if (a === null || b === null) return [this.declare('R', this.construct('R', 0))];
    const name = this.fresh('y');
    const after = this.whileReferred(name, 'R');
    if (!a.local.filled || !b.local.filled) return withoutName(after, name);
    return [{ line: 0, kind: 'pick', name, a: a.path, b: b.path }, ...after];
  }

  /** Statements of which the last, and maybe others, look through a reference. */
  protected whileReferred(name: string, type: Type): Statement[] {
    const { dice } = this;
    const out: Statement[] = [];
    const local = this.introduce(name, type, false);
    const path = pathOf(local);
    if (dice.chance(50)) out.push(...this.use());
    if (type === 'R' && dice.chance(50)) {
      if (dice.chance(50)) out.push({ line: 0, kind: 'touch', place: path });
      else out.push({ line: 0, kind: 'assign', place: path, type, value: this.construct('R', 0) });
    }
    local.filled = false;
    this.locals = this.locals.filter((entry) => entry !== local);
    out.push({ line: 0, kind: 'use', places: [path] });
    return out;
  }

  protected closure(): Statement[] {
    const { dice } = this;
    const known = dice.pick(this.closures);
    if (known !== null && !known.gone && dice.chance(60) && known.uses.every((local) => local.filled)) {
      if (dice.chance(60) && !known.kept && !known.parameter && this.loops === 0) return this.keepClosure(known);
      return [this.callClosure(known)];
    }
    const choices = this.locals.filter(
      (local) => local.filled && !this.isReference(local) && (local.type === 'R' || local.type === 'P'),
    );
    const inner = dice.chance(35) ? dice.pick(this.closures.filter((other) => !other.gone && !other.parameter)) : null;
    const captured = [...new Set([dice.pick(choices), dice.pick(choices)])].filter(
      (local): local is Local => local !== null && inner?.uses.includes(local) !== true,
    );
    if (captured.length === 0 && inner === null) return this.use();
    const name = this.fresh('f');
    const uses: Local[] = [];
    const captures = captured.map((local): Capture => {
      const how = local.fixed ? 'imm' : (dice.pick(['imm', 'imm', 'mut', 'ref', 'move'] as const) ?? 'imm');
      if (how === 'move' && !this.mustStay(local)) {
        local.filled = false;
        return { how, name: local.name };
      }
      uses.push(local);
      if (how === 'ref') return { how, name: local.name };
      return { how: how === 'mut' && local.type === 'R' ? 'mut' : 'imm', name: local.name };
    });
    if (inner !== null) {
      uses.push(...inner.uses);
      const how = this.loops === 0 ? (dice.pick(['imm', 'ref', 'mut', 'move'] as const) ?? 'imm') : 'imm';
      inner.gone ||= how === 'move';
      captures.push({ how, name: inner.name });
    }
    const made: Closure = { name, uses, parameter: dice.chance(25), kept: false, gone: false };
    this.closures.push(made);
    const out: Statement[] = [{ line: 0, kind: 'closure', name, captures, parameter: made.parameter }];
    if (dice.chance(80)) out.push(this.callClosure(made));
    return out;
  }

  protected callClosure({ name, parameter, kept, uses }: Closure): Statement {
    if (kept) return { line: 0, kind: 'callClosure', name, how: 'kept', argument: null };
    if (!parameter) {
      const how = this.dice.pick(['direct', 'direct', 'run', 'twice'] as const) ?? 'direct';
      return { line: 0, kind: 'callClosure', name, how, argument: null };
    }
    // The argument leaves alone what the closure uses.
    const argument = this.construct('R', 0);
    const from = this.dice.chance(50) ? this.movable(['R']) : null;
    if (from === null || uses.includes(from.local))
      return { line: 0, kind: 'callClosure', name, how: 'direct', argument };
    from.local.filled = false;
    return {
      line: 0,
      kind: 'callClosure',
      name,
      how: 'direct',
      argument: { kind: 'move', place: from.path, type: 'R' },
    };
  }

  protected keepClosure(closure: Closure): Statement[] {
    const name = this.fresh('h');
    closure.gone = true;
    const made: Closure = { name, uses: closure.uses, parameter: false, kept: true, gone: false };
    this.closures.push(made);
    return [{ line: 0, kind: 'keepClosure', name, closure: closure.name }, this.callClosure(made)];
  }
}

/** Statements that do without a reference whose place turned out to be moved away. */
function withoutName(statements: readonly Statement[], name: string): Statement[] {
  return statements.filter((statement) => !JSON.stringify(statement).includes(`"${name}"`));
}
