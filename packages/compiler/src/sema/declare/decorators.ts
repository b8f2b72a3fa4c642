/** Reads decorators: which ones a declaration has and what they say. Unknown and misplaced ones are reported, once, when the
 *  declaration is collected. */
import { nearest } from '../../base/nearest.ts';
import type { Decorator, Expr } from '../../syntax/ast.ts';
import type { FunctionAttributes } from '../hir.ts';
import type { ModuleEntity } from '../entities.ts';
import { type DeclareContext, spanOf } from './context.ts';
import {
  decoratorArgument,
  decoratorMisplaced,
  removedDecorator,
  unknownDecorator,
  unknownIntrinsic,
} from './errors.ts';

type Target = 'function' | 'struct' | 'trait' | 'comptime declaration' | 'field';

/** Every decorator by name, with what it may stand on. */
const KNOWN: ReadonlyMap<string, readonly Target[]> = new Map([
  ['always_inline', ['function']],
  ['no_inline', ['function']],
  ['noinline', ['function']],
  ['export', ['function']],
  ['implicit', ['function']],
  ['staticmethod', ['function']],
  ['parameter', ['function']],
  ['__parameter', ['function']],
  ['deprecated', ['function', 'struct', 'trait', 'comptime declaration']],
  ['unavailable', ['function']],
  ['doc_hidden', ['function', 'struct', 'trait', 'comptime declaration', 'field']],
  ['doc_private', ['function', 'struct', 'trait', 'comptime declaration']],
  ['__intrinsic', ['function']],
  ['__foreign', ['function']],
  ['__call_location', ['function']],
  ['__cold', ['function']],
  ['__holds_only', ['function']],
  ['__fresh_result', ['function']],
  ['fp_mode', ['function']],
  ['__builtin', ['struct', 'trait', 'function']],
  ['fieldwise_init', ['struct']],
  ['value', ['struct']],
  ['register_passable', ['struct']],
  ['explicit_destroy', ['struct']],
  ['align', ['struct']],
  ['nonmaterializable', ['struct']],
  ['__unsafe_nested_origins_read_only', ['function']],
]);

/** Decorators of 2023 that no later version has. */
const REMOVED: ReadonlySet<string> = new Set(['adaptive', 'noncapturing', 'closure']);

export function decoratorName(decorator: Decorator): string {
  return dottedName(decorator.name) ?? '';
}

export function dottedName(expr: Expr): string | null {
  if (expr.kind === 'NameExpr') return expr.name;
  if (expr.kind !== 'MemberExpr') return null;
  const base = dottedName(expr.base);
  return base === null ? null : `${base}.${expr.name.name}`;
}

export function findDecorator(decorators: readonly Decorator[], name: string): Decorator | null {
  return decorators.find((decorator) => decoratorName(decorator) === name) ?? null;
}

export function hasDecorator(decorators: readonly Decorator[], name: string): boolean {
  return findDecorator(decorators, name) !== null;
}

/** The first argument when it is a plain string. */
export function stringArgument(decorator: Decorator | null): string | null {
  const value = decorator?.args?.[0]?.value;
  return value?.kind === 'StringExpr' ? value.value : null;
}

export function integerArgument(decorator: Decorator | null): number | null {
  const value = decorator?.args?.[0]?.value;
  return value?.kind === 'IntExpr' ? Number(value.value) : null;
}

export function checkDecorators(
  cx: DeclareContext,
  module: ModuleEntity,
  decorators: readonly Decorator[],
  target: Target,
): void {
  for (const decorator of decorators) {
    const name = decoratorName(decorator);
    const span = spanOf(module, decorator.name);
    const targets = KNOWN.get(name);
    if (targets === undefined) {
      if (REMOVED.has(name)) cx.sink.report(removedDecorator({ span, name }));
      else cx.sink.report(unknownDecorator({ span, name, near: nearest(name, KNOWN.keys()) }));
    } else if (!targets.includes(target)) {
      cx.sink.report(decoratorMisplaced({ span, name, what: target }));
    } else if (name === '__intrinsic') {
      const intrinsic = stringArgument(decorator);
      if (intrinsic === null || !cx.isIntrinsic(intrinsic))
        cx.sink.report(unknownIntrinsic({ span, name: intrinsic ?? '' }));
    } else if (name === 'align' && integerArgument(decorator) === null) {
      cx.sink.report(decoratorArgument({ span, name, expected: 'an integer' }));
    } else if (name === 'fieldwise_init' && !isFieldwiseArgument(decorator)) {
      cx.sink.report(decoratorArgument({ span, name, expected: 'no argument or "implicit"' }));
    } else if (name === 'fp_mode' && fpMode(decorator) === null) {
      cx.sink.report(decoratorArgument({ span, name, expected: '"strict", "default" or "fast"' }));
    }
  }
}

function isFieldwiseArgument(decorator: Decorator): boolean {
  return (decorator.args?.length ?? 0) === 0 || stringArgument(decorator) === 'implicit';
}

function fpMode(decorator: Decorator | null): FunctionAttributes['fpMode'] {
  const mode = stringArgument(decorator);
  return mode === 'strict' || mode === 'default' || mode === 'fast' ? mode : null;
}

/** `asksForCaller`: the body calls `call_location()`. */
export function functionAttributes(
  decorators: readonly Decorator[],
  name: string,
  asksForCaller: boolean,
): FunctionAttributes {
  const callLocation = findDecorator(decorators, '__call_location');
  const exported = findDecorator(decorators, 'export');
  const inline = hasDecorator(decorators, 'always_inline')
    ? 'always'
    : hasDecorator(decorators, 'no_inline') || hasDecorator(decorators, 'noinline')
      ? 'never'
      : 'auto';
  return {
    inline,
    exportName: exported === null ? null : (stringArgument(exported) ?? name),
    noReturn: false,
    cold: hasDecorator(decorators, '__cold'),
    wantsCallLocation: callLocation !== null || asksForCaller,
    callLocation: callLocation !== null ? (stringArgument(callLocation) === 'caller' ? 'asks' : 'forwards') : 'keeps',
    holdsOnly: hasDecorator(decorators, '__holds_only'),
    keepsInteriors: hasDecorator(decorators, '__unsafe_nested_origins_read_only'),
    onlyLends: false,
    freshResult: hasDecorator(decorators, '__fresh_result'),
    fpMode: fpMode(findDecorator(decorators, 'fp_mode')),
  };
}
