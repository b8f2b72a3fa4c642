/** Rules of decorators that need the declaration they stand on: arguments, combinations, what `use=` names.
 *  In: a declaration of a program that was collected.  Out: errors at its decorators. */
import type { Decorator } from '../../syntax/ast.ts';
import type { FunctionEntity, StructEntity } from '../entities.ts';
import { conformanceTable } from './conformance-table.ts';
import { type DeclareContext, spanOf } from './context.ts';
import { decoratorName, findDecorator, integerArgument, stringArgument } from './decorators.ts';
import {
  alignInvalid,
  builtinRaises,
  conflictingInline,
  decoratorArgument,
  explicitDestroyNeedsOptOut,
  explicitDestroyNeedsText,
  exportedGeneric,
  fieldwiseInitTwice,
  implicitOnMethod,
  unavailableBody,
} from './errors.ts';
import { signatureOf } from './signatures.ts';
import { lifecycleKeyword } from './written-lifecycle.ts';

export function checkStructDecorators(cx: DeclareContext, struct: StructEntity): void {
  const decorators = struct.decl?.decorators ?? [];
  const align = findDecorator(decorators, 'align');
  const amount = integerArgument(align);
  if (align !== null && amount !== null && (amount <= 0 || (amount & (amount - 1)) !== 0)) {
    const value = align.args?.[0];
    cx.sink.report(alignInvalid({ span: spanOf(struct.module, value ?? align) }));
  }
  const [, again] = decorators.filter((decorator) => decoratorName(decorator) === 'fieldwise_init');
  if (again !== undefined && struct.module.isUser) {
    const [at, written] = [spanOf(struct.module, decorators[0] ?? again), spanOf(struct.module, again)];
    cx.sink.report(fieldwiseInitTwice({ span: at, name: struct.ref.name, written }));
  }
  const explicit = findDecorator(decorators, 'explicit_destroy');
  if (explicit !== null && struct.module.edition !== 'classic' && !isConditionallyDeinitable(cx, struct))
    cx.sink.report(explicitDestroyNeedsOptOut({ span: spanOf(struct.module, explicit.name) }));
  else if (explicit !== null && struct.module.edition !== 'classic' && (explicit.args ?? []).length === 0)
    cx.sink.report(explicitDestroyNeedsText({ span: spanOf(struct.module, explicit.name) }));
}

/** `@implicit` makes a conversion of an initializer, and says nothing of other functions. */
function checkImplicit(cx: DeclareContext, fn: FunctionEntity): void {
  if (fn.decl?.kind !== 'FunctionDecl') return;
  if (fn.ref.name === '__init__' && fn.parent !== null && lifecycleKeyword(fn.decl) !== 'copy') return;
  const implicit = findDecorator(fn.decl.decorators, 'implicit');
  if (implicit !== null) cx.sink.report(implicitOnMethod({ span: spanOf(fn.module, implicit) }));
}

/** Whether a struct says that its values may have to be destroyed by name, always or under a condition. */
function isConditionallyDeinitable(cx: DeclareContext, struct: StructEntity): boolean {
  for (const entry of conformanceTable(cx, struct).values())
    if (entry.trait.builtin === 'Deinitable') return entry.condition() !== cx.store.true;
  return true;
}

/** The decorators of a function or method of a program. */
export function checkFunctionDecorators(cx: DeclareContext, fn: FunctionEntity): void {
  const { decl } = fn;
  if (decl?.kind !== 'FunctionDecl' || !fn.module.isUser || fn.module.seesClassicNames) return;
  checkImplicit(cx, fn);
  let inline: Decorator | null = null;
  for (const decorator of decl.decorators) {
    switch (decoratorName(decorator)) {
      case 'deprecated':
        checkReason(cx, fn, decorator);
        break;
      case 'unavailable': {
        checkReason(cx, fn, decorator);
        const [first] = decl.body.statements;
        if (first !== undefined && first.kind !== 'EllipsisStmt')
          cx.sink.report(unavailableBody({ span: spanOf(fn.module, first) }));
        break;
      }
      case 'doc_hidden':
        expectNoArgument(cx, fn, decorator);
        break;
      case 'always_inline': {
        const [mode] = decorator.args ?? [];
        if (mode !== undefined && !INLINE_MODES.has(stringArgument(decorator) ?? ''))
          report(cx, fn, decorator, '"nodebug" or "builtin"');
        if ((decorator.args ?? []).length > 1) report(cx, fn, decorator, 'at most one argument');
        else if (stringArgument(decorator) === 'builtin' && signatureOf(cx, fn).raises !== null)
          cx.sink.report(builtinRaises({ span: fn.span }));
        inline = checkInline(cx, fn, decorator, inline);
        break;
      }
      case 'implicit':
        checkImplicitArguments(cx, fn, decorator);
        break;
      case 'staticmethod':
        if (decorator.args !== null) report(cx, fn, decorator, 'no argument');
        break;
      case 'no_inline':
        if (decorator.args !== null) report(cx, fn, decorator, 'no argument');
        inline = checkInline(cx, fn, decorator, inline);
        break;
      case 'export':
        if (signatureOf(cx, fn).params.some((param) => !param.inherited))
          cx.sink.report(exportedGeneric({ span: spanOf(fn.module, decorator.name) }));
        break;
      default:
    }
  }
}

/** `@implicit(deprecated=True)` says that the conversion will go. */
function checkImplicitArguments(cx: DeclareContext, fn: FunctionEntity, decorator: Decorator): void {
  const [only, more] = decorator.args ?? [];
  if (only === undefined) return;
  const isFlag = more === undefined && only.name?.name === 'deprecated' && only.value.kind === 'BoolExpr';
  if (!isFlag) report(cx, fn, decorator, "only 'deprecated' with a literal truth value");
}

const INLINE_MODES: ReadonlySet<string> = new Set(['nodebug', 'builtin']);

/** A function is inlined, or it is not; `@no_inline` twice says one thing. */
function checkInline(cx: DeclareContext, fn: FunctionEntity, decorator: Decorator, other: Decorator | null): Decorator {
  if (other === null) return decorator;
  const name = decoratorName(decorator);
  if (name !== 'no_inline' || decoratorName(other) !== name) {
    // The one nearest to the function counts; the ones above it conflict with it.
    cx.sink.report(conflictingInline({ span: spanOf(fn.module, other.name), name }));
  }
  return decorator;
}

function report(cx: DeclareContext, fn: FunctionEntity, decorator: Decorator, expected: string): void {
  const name = decoratorName(decorator);
  cx.sink.report(decoratorArgument({ span: spanOf(fn.module, decorator.name), name, expected }));
}

function expectNoArgument(cx: DeclareContext, fn: FunctionEntity, decorator: Decorator): void {
  if ((decorator.args ?? []).length > 0) report(cx, fn, decorator, 'no argument');
}

/** `@deprecated` and `@unavailable` say why, or what to use instead. */
function checkReason(cx: DeclareContext, fn: FunctionEntity, decorator: Decorator): void {
  const [only, more] = decorator.args ?? [];
  const key = only?.name?.name ?? 'reason';
  if (only === undefined || more !== undefined || (key !== 'reason' && key !== 'use')) {
    report(cx, fn, decorator, "either a reason or a replacement, 'use=name'");
    return;
  }
  if (key === 'reason') {
    if (only.value.kind !== 'StringExpr') report(cx, fn, decorator, 'a string literal as the reason');
    return;
  }
  if (only.value.kind === 'NameExpr' && cx.sema().lookup(fn.scope, only.value.name) === null)
    report(cx, fn, decorator, `a declaration that exists, there is no '${only.value.name}'`);
}
