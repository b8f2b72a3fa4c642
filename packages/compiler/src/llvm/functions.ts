/** One instance as an LLVM function definition.
 *  In: a concrete instance. Out: `FunctionText`: the definition with placeholders for callees and debug locations, so that
 *  identical bodies can be found before numbering. */
import type { FpMode } from '../backend/backend.ts';
import { present, unreachable } from '../base/invariant.ts';
import type { BlockId, Instance, LocalId, Terminator } from '../mir/mir.ts';
import { type Abi, extensionAttribute } from './abi.ts';
import { analyzeBody } from './analysis.ts';
import type { ModuleContext } from './context.ts';
import type { DebugVariable } from './debug-types.ts';
import { BodyEmitter, type Home } from './emitter.ts';
import { holdSmallValues } from './held-values.ts';
import { loopHints } from './loop-hints.ts';
import { peelReferenceLoops } from './peel.ts';
import { calleeAbi, emitStatement, emitTryCall } from './statements.ts';
import { piecesOf, registerType, typed, value } from './types.ts';
import { FunctionWriter } from './writer.ts';

export interface FunctionText {
  readonly returnText: string;
  readonly parameters: string;
  readonly attributes: string;
  readonly body: string;
  readonly locations: readonly { readonly line: number; readonly column: number }[];
  readonly variables: readonly DebugVariable[];
}

export function blockLabel(block: number): string {
  return `b${block}`;
}

/** `fpMode`: of the callers; the instance's own has precedence. */
export function emitInstance(module: ModuleContext, instance: Instance, fpMode: FpMode): FunctionText {
  const written = present(instance.body, `body of ${instance.displayName}`);
  const body = module.options.optLevel > 1 ? peelReferenceLoops(written, module.layouts) : written;
  const abi = module.abiOf(instance.id);
  const w = new FunctionWriter(module, true, instance.attributes.fpMode ?? fpMode);
  w.at(instance.span);
  const facts = analyzeBody(body, module.layouts, (call) => calleeAbi({ module }, call.callee));
  const e = new BodyEmitter(w, instance, body, abi, facts);
  bindArguments(e);
  if (module.options.optLevel > 1) holdSmallValues(e);
  w.effect(`br label %${blockLabel(body.entry)}`);
  const hints = module.options.optLevel > 1 ? loopHints(body, module.layouts, w.fpMode) : null;
  for (const id of facts.order) emitBlock(e, id, module.loopHint(hints?.get(id) ?? null));
  return {
    returnText: returnText(abi, instance.attributes.exported, instance.attributes.freshResult),
    parameters: parameterList(abi, instance.attributes.exported),
    attributes: functionAttributes(module, instance),
    body: w.finish(),
    locations: w.locations,
    variables: w.variables,
  };
}

function returnText(abi: Abi, isC: boolean, isFresh: boolean): string {
  if (isFresh && abi.returnType === 'ptr') return 'noalias ptr';
  const only = abi.resultPieces?.length === 1 ? abi.resultPieces[0] : undefined;
  return isC && only !== undefined && !abi.raises ? `${extensionAttribute(only)}${abi.returnType}` : abi.returnType;
}

function argumentName(index: number, piece: number): string {
  return `%a${index}.${piece}`;
}

export function parameterList(abi: Abi, isC: boolean): string {
  const out: string[] = [];
  if (abi.resultPieces === null) out.push(`ptr ${abi.resultAttributes} %result`);
  abi.args.forEach((arg, i) => {
    if (arg.passing.kind === 'address') out.push(`ptr ${arg.passing.attributes} ${argumentName(i, 0)}`);
    else
      arg.passing.pieces.forEach((piece, p) => {
        out.push(`${registerType(piece)} ${isC ? extensionAttribute(piece) : ''}${argumentName(i, p)}`);
      });
  });
  if (abi.wantsLocation) out.push('ptr nonnull noundef readonly align 8 dereferenceable(32) %location');
  if (abi.errorAttributes !== null) out.push(`ptr ${abi.errorAttributes} %error`);
  return out.join(', ');
}

export function functionAttributes(module: ModuleContext, instance: Instance): string {
  const out = ['nounwind'];
  const { attributes } = instance;
  if (attributes.inline === 'always') out.push('alwaysinline');
  if (attributes.inline === 'never') out.push('noinline');
  if (attributes.cold) out.push('cold');
  // Each call that ends the program stays where it is: merged with another it would lose its line in the stack. (A function that
  // only raises does return, to the error path.)
  if (attributes.noReturn && instance.signature.raises === null) out.push('noreturn', 'nomerge');
  if (module.target.isWasm) {
    out.push(`"target-features"="${module.target.features}"`);
    if (attributes.exported) out.push(`"wasm-export-name"="${instance.symbol}"`);
  }
  return out.join(' ');
}

/** Arguments come in as values or addresses; result and error memory is the caller's. */
function bindArguments(e: BodyEmitter): void {
  const { body, abi, facts, w } = e;
  body.args.forEach((local, i) => {
    const arg = present(abi.args[i], 'argument');
    const layout = e.layout(arg.type);
    if (arg.passing.kind === 'address') {
      e.setHome(local, { kind: 'memory', address: { pointer: argumentName(i, 0), align: layout.align } });
      e.describeMemory(local, argumentName(i, 0));
      return;
    }
    const { pieces } = arg.passing;
    const values = pieces.map((piece, p) => value(registerType(piece), argumentName(i, p)));
    const localFacts = present(facts.locals[local], 'facts of an argument');
    if (localFacts.defs <= 1 && !localFacts.partial && !localFacts.addressed) {
      const variable = e.debugVariable(local);
      e.setHome(local, { kind: 'ssa', pieces, values, variable });
      e.describeValues(variable, pieces, values);
      return;
    }
    const home: Home = e.home(local);
    if (home.kind === 'memory') w.storePieces(values, pieces, home.address);
    else if (home.kind === 'slots')
      for (const [p, v] of values.entries()) w.effect(`store ${typed(v)}, ptr ${present(home.slots[p], 'slot')}`);
  });
  if (abi.resultPieces === null)
    e.setHome(body.result, { kind: 'memory', address: { pointer: '%result', align: e.layout(abi.resultType).align } });
  if (body.error !== null && abi.errorAttributes !== null && abi.errorType !== null)
    e.setHome(body.error, { kind: 'memory', address: { pointer: '%error', align: e.layout(abi.errorType).align } });
}

/** `loop`: what a branch back to the start of a loop says about it. */
function emitBlock(e: BodyEmitter, id: BlockId, loop: string): void {
  const block = e.body.blocks.get(id);
  e.w.label(blockLabel(id));
  for (const statement of block.statements) emitStatement(e, statement);
  emitTerminator(e, block.terminator, loop);
}

function emitTerminator(e: BodyEmitter, terminator: Terminator, loop: string): void {
  const { w } = e;
  w.at(terminator.span);
  switch (terminator.kind) {
    case 'goto':
      w.effect(`br label %${blockLabel(terminator.target)}${loop}`);
      return;
    case 'branch':
      w.effect(
        `br i1 ${e.single(terminator.condition).text}, label %${blockLabel(terminator.onTrue)}, label %${blockLabel(terminator.onFalse)}${loop}`,
      );
      return;
    case 'return':
      emitReturn(e, e.body.result);
      return;
    case 'raise':
      emitRaise(e);
      return;
    case 'tryCall':
      emitTryCall(e, terminator, blockLabel);
      return;
    case 'unreachable':
      w.trap();
      return;
    case 'comptimeBranch':
    case 'comptimeFor':
      throw new Error(`a ${terminator.kind} terminator in a concrete body`);
    default:
      unreachable(terminator);
  }
}

function emitReturn(e: BodyEmitter, result: LocalId): void {
  const { abi, w } = e;
  const layout = e.layout(abi.resultType);
  const pieces = abi.resultPieces ?? [];
  const place = { root: { kind: 'local', local: result }, projections: [] } as const;
  const values = pieces.length === 0 || piecesOf(layout) === null ? [] : [...e.read(e.resolve(place))];
  if (abi.raises) values.unshift(value('i1', 'false'));
  returnValues(w, abi, values);
}

export function returnValues(
  w: FunctionWriter,
  abi: Abi,
  values: readonly { readonly type: string; readonly text: string }[],
): void {
  if (abi.returnType === 'void') {
    w.effect('ret void');
    return;
  }
  const only = values[0];
  if (values.length === 1 && only !== undefined) {
    w.effect(`ret ${typed(only)}`);
    return;
  }
  let aggregate = value(abi.returnType, 'poison');
  values.forEach((v, i) => {
    aggregate = w.op(abi.returnType, `insertvalue ${typed(aggregate)}, ${typed(v)}, ${i}`);
  });
  w.effect(`ret ${typed(aggregate)}`);
}

/** The error is in its memory already; an error type without bytes has none. */
function emitRaise(e: BodyEmitter): void {
  const { abi, w } = e;
  if (!abi.raises) {
    w.trap();
    return;
  }
  const values = [value('i1', 'true')];
  for (const piece of abi.resultPieces ?? []) values.push(value(registerType(piece), 'zeroinitializer'));
  returnValues(w, abi, values);
}

/** Adapts an instance to the convention of a thin function type: adds the error flag, drops nothing, supplies a location. */
export function emitThunk(module: ModuleContext, instance: Instance, expected: Abi, isC: boolean): FunctionText {
  const own = module.abiOf(instance.id);
  const w = new FunctionWriter(module, false, module.options.fpMode);
  const args: string[] = [];
  if (own.resultPieces === null) args.push('ptr %result');
  own.args.forEach((arg, i) => {
    const given = present(expected.args[i], 'argument of a thunk');
    if (arg.passing.kind === 'pieces' && given.passing.kind === 'pieces')
      for (const [p, piece] of arg.passing.pieces.entries()) args.push(`${registerType(piece)} ${argumentName(i, p)}`);
    else if (arg.passing.kind === 'address' && given.passing.kind === 'address') args.push(`ptr ${argumentName(i, 0)}`);
    else if (arg.passing.kind === 'pieces') {
      const address = { pointer: argumentName(i, 0), align: module.layouts.layout(arg.type).align };
      for (const v of w.loadPieces(arg.passing.pieces, address)) args.push(typed(v));
    } else if (given.passing.kind === 'pieces') {
      const layout = module.layouts.layout(arg.type);
      const storage = w.storage(layout.size, layout.align);
      w.storePieces(
        given.passing.pieces.map((piece, p) => value(registerType(piece), argumentName(i, p))),
        given.passing.pieces,
        storage,
      );
      args.push(`ptr ${storage.pointer}`);
    }
  });
  if (own.wantsLocation) args.push(`ptr ${module.locationDescriptor(instance.span)}`);
  if (own.errorAttributes !== null) args.push('ptr %error');
  const call = `call ${own.returnType} ${module.instanceReference(instance.id, module.options.fpMode)}(${args.join(', ')})`;
  if (own.raises === expected.raises) {
    if (own.returnType === 'void') {
      w.effect(call);
      w.effect('ret void');
    } else w.effect(`ret ${typed(w.op(own.returnType, call))}`);
  } else {
    const types = (own.resultPieces ?? []).map(registerType);
    const values = [value('i1', 'false')];
    if (own.returnType === 'void') w.effect(call);
    else {
      const returned = w.op(own.returnType, call);
      if (types.length === 1) values.push(returned);
      else for (const [i, type] of types.entries()) values.push(w.op(type, `extractvalue ${typed(returned)}, ${i}`));
    }
    returnValues(w, expected, values);
  }
  return {
    returnText: returnText(expected, isC, instance.attributes.freshResult),
    parameters: parameterList(expected, isC),
    attributes: module.target.isWasm ? `nounwind "target-features"="${module.target.features}"` : 'nounwind',
    body: w.finish(),
    locations: [],
    variables: [],
  };
}
