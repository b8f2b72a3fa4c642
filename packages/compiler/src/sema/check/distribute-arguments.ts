/** Gives the arguments of a call to the formals: positional ones in order, keywords by name, the rest to variadics. */
import type { Span } from '../../base/span.ts';
import type { ArgDecl } from '../entities.ts';
import type { Failure } from './parameters.ts';
import type { CallArgument } from './values.ts';

/** What must be known of a formal to find what is passed to it. */
export type Formal = Pick<ArgDecl, 'name' | 'variadic' | 'passing' | 'closureOf'> & {
  readonly defaultExpr: object | null;
};

/** A formal with what is passed to it. */
export interface Slot<F extends Formal = ArgDecl> {
  readonly formal: F;
  readonly given: CallArgument[];
}

function fail(message: string, span: Span | null = null): { readonly failure: Failure } {
  return { failure: { message, span } };
}

/** Which arguments go to which formal: positional ones in order, keywords by name, the rest to variadics. */
export function distribute<F extends Formal>(
  formals: readonly F[],
  args: readonly CallArgument[],
  classic: boolean,
): Slot<F>[] | { readonly failure: Failure } {
  const slots: Slot<F>[] = formals.map((formal) => ({ formal, given: [] }));
  const keywords = new Set(args.filter((arg) => arg.name !== null).map((arg) => arg.name));
  const positional = args.filter((arg) => arg.name === null && arg.star !== 'keyword');
  const variadicIndex = slots.findIndex((slot) => slot.formal.variadic === 'list' || slot.formal.variadic === 'pack');
  let reserved = 0;
  if (variadicIndex >= 0) {
    for (const slot of slots.slice(variadicIndex + 1)) {
      const { formal } = slot;
      if (formal.variadic !== 'none' || keywords.has(formal.name) || formal.closureOf !== null) continue;
      if (formal.passing !== 'keywordOnly' || (classic && formal.defaultExpr === null)) reserved++;
    }
  }
  let next = 0;
  for (let i = 0; i < positional.length; i++) {
    const arg = positional[i];
    if (arg === undefined) break;
    let slot: Slot<F> | undefined;
    while (next < slots.length) {
      slot = slots[next];
      if (slot === undefined) break;
      const { formal } = slot;
      if (formal.variadic === 'list' || formal.variadic === 'pack') {
        if (positional.length - i > reserved) break;
        next++;
        continue;
      }
      const afterVariadic = variadicIndex >= 0 && next > variadicIndex && reserved > 0;
      if (formal.variadic === 'none' && (formal.passing !== 'keywordOnly' || afterVariadic)) break;
      next++;
      slot = undefined;
    }
    if (slot === undefined || next >= slots.length) {
      // A value too many where a keyword-only one is missing: that is the argument it was meant for.
      const missing = slots.find(
        ({ formal }) =>
          formal.passing === 'keywordOnly' &&
          formal.variadic === 'none' &&
          formal.defaultExpr === null &&
          formal.closureOf === null &&
          !keywords.has(formal.name),
      );
      return fail(
        missing === undefined ? 'unexpected argument' : `missing required argument: '${missing.formal.name}'`,
        arg.span,
      );
    }
    if (arg.star !== 'none' && slot.formal.variadic === 'none')
      return fail('unpack is only supported when the callee accepts a variadic', arg.span);
    if (arg.star !== 'none' && slot.given.length > 0)
      return fail('concatenating unpacked positional arguments is not supported', arg.span);
    slot.given.push(arg);
    if (slot.formal.variadic === 'none') next++;
  }
  let unexpected: CallArgument | null = null;
  for (const arg of args) {
    if (arg.name === null) continue;
    const slot = slots.find(
      (entry) =>
        entry.formal.name === arg.name && entry.formal.variadic === 'none' && entry.formal.passing !== 'positionalOnly',
    );
    if (slot === undefined || slot.given.length > 0) {
      const rest = slots.find((entry) => entry.formal.variadic === 'keywords');
      // A missing argument is the more telling mistake: it is reported first.
      if (rest === undefined || slot !== undefined) unexpected ??= arg;
      else rest.given.push(arg);
      continue;
    }
    slot.given.push(arg);
  }
  const passedOn = args.find((arg) => arg.star === 'keyword');
  if (passedOn !== undefined) {
    const rest = slots.find((entry) => entry.formal.variadic === 'keywords');
    const open = slots.find(
      ({ formal, given }) => given.length === 0 && formal.variadic === 'none' && formal.defaultExpr === null,
    );
    if (rest === undefined) {
      const what = open === undefined ? 'there is none' : `it can't fulfill '${open.formal.name}'`;
      return fail(`kwargs unpack can only satisfy another kwargs argument, ${what}`, passedOn.span);
    }
    if (rest.given.length > 0)
      return fail(
        "combining a '**' unpack with other keyword arguments for '**kwargs' is not supported",
        passedOn.span,
      );
    rest.given.push(passedOn);
  }
  for (const slot of slots) {
    if (
      slot.given.length === 0 &&
      slot.formal.variadic === 'none' &&
      slot.formal.defaultExpr === null &&
      slot.formal.closureOf === null
    )
      return fail(`missing required argument: '${slot.formal.name}'`);
  }
  return unexpected === null ? slots : fail(`unexpected keyword argument '${unexpected.name ?? ''}'`, unexpected.span);
}
