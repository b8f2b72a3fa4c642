/** Bodies that elaboration makes itself: the program's entry, and functions that give a callee another shape (a value where
 *  the callee wants an address, a raising type around a function that cannot raise, an intrinsic with an address). */
import { makeId, Table } from '../base/ids.ts';
import type { Span } from '../base/span.ts';
import type { BlockId, Body, InstanceId, LocalId, Operand, RegionId, Statement, Terminator } from '../mir/mir.ts';
import type { HirFunction } from '../sema/hir.ts';
import type { FunctionId, OriginRootId, Term } from '../terms/term.ts';
import { type BodyWriter, localPlace, ROOT_REGION } from './body-writer.ts';
import { callFunction } from './calls.ts';
import { Concretizer } from './concretize.ts';
import type { InstanceRecord } from './instances.ts';
import { BodyLowering } from './lower-body.ts';
import type { LoweringServices } from './lowering-services.ts';

interface EntryParts {
  readonly fn: FunctionId;
  readonly span: Span;
  /** Of the file-scope variables, if there are any. */
  readonly initialize: InstanceId | null;
  readonly run: InstanceId;
  /** Has the last word on the exit status, after the file-scope variables are gone. */
  readonly finish: InstanceId | null;
  readonly result: Term;
}

/** Initializes the globals, runs `main`, destroys the globals in reverse. */
export function entryBody(services: LoweringServices, writer: BodyWriter, parts: EntryParts): Body {
  const { span } = parts;
  const result = writer.addLocal('', parts.result, span, { kind: 'result' });
  const statements = newBlock(writer, { kind: 'return', span });
  writer.writeTo(statements);
  if (parts.initialize !== null) {
    const initialized = services.record(parts.initialize).instance.signature.result;
    writer.callInstance(parts.initialize, [], writer.temporary(initialized, span), span);
  }
  const status = parts.finish === null ? localPlace(result) : writer.temporary(parts.result, span);
  writer.callInstance(parts.run, [], status, span);
  for (const global of [...services.program.globals()].reverse())
    writer.destroy({ root: { kind: 'global', global: global.id }, projections: [] }, span);
  if (parts.finish !== null)
    writer.callInstance(parts.finish, [{ kind: 'copy', place: status, span }], localPlace(result), span);
  return writer.finish({ function: parts.fn, name: 'start', span, endSpan: span, args: [], result, error: null });
}

function newBlock(writer: BodyWriter, terminator: Terminator): Statement[] {
  const id = writer.blocks.add({ statements: [], terminator, region: ROOT_REGION });
  return writer.blocks.get(id).statements;
}

interface AdapterParts {
  readonly target: HirFunction;
  /** The adapter itself. */
  readonly instance: InstanceRecord;
  /** Arguments of the target's parameters; absent: the instance's own. */
  readonly args?: readonly Term[];
}

/** A body of the instance's shape that calls `target`. */
export function adapterBody(services: LoweringServices, writer: BodyWriter, parts: AdapterParts): Body {
  const { instance } = parts.instance;
  const { span } = instance;
  const lowering = new BodyLowering(
    shell(parts.target, instance.displayName, span),
    { values: new Map(), raises: false },
    services,
    new Concretizer(services),
    writer,
  );
  const { signature } = instance;
  const args = signature.args.map((arg, index) =>
    writer.addLocal(arg.name, arg.type, span, { kind: 'argument', index, convention: arg.convention }),
  );
  const result = writer.addLocal('', signature.result, span, { kind: 'result' });
  const error = signature.raises === null ? null : writer.addLocal('', signature.raises, span, { kind: 'error' });
  const entry = writer.blocks.add({ statements: [], terminator: { kind: 'return', span }, region: ROOT_REGION });
  writer.writeTo(writer.blocks.get(entry).statements);
  const operands = signature.args.map(
    (arg, i): Operand => operandFor(arg.convention, args[i] ?? makeId<LocalId>(0), span),
  );
  const raising = parts.target.raises !== null && error !== null;
  if (raising) {
    const ok = writer.blocks.add({ statements: [], terminator: { kind: 'return', span }, region: ROOT_REGION });
    const failed = writer.blocks.add({ statements: [], terminator: { kind: 'raise', span }, region: ROOT_REGION });
    const callee = services.request(parts.target.id, parts.args ?? instance.args, span);
    const record = services.record(callee);
    writer.blocks.get(entry).terminator = {
      kind: 'tryCall',
      span,
      callee: { kind: 'instance', instance: callee },
      args: operands.map((operand, i) =>
        (record.byValue[i] ?? true) ? lowering.owned(operand, span) : lowering.addressed(operand, span),
      ),
      dest: localPlace(result),
      errorDest: localPlace(error),
      store: 'init',
      target: ok,
      onError: failed,
    };
  } else
    callFunction(lowering, parts.target.id, parts.args ?? instance.args, operands, {
      span,
      args: [],
      dest: localPlace(result),
      raising: null,
    });
  return writer.finish({ function: instance.fn, name: instance.displayName, span, endSpan: span, args, result, error });
}

function operandFor(convention: string, local: LocalId, span: Span): Operand {
  const place = localPlace(local);
  switch (convention) {
    case 'var':
    case 'deinit':
      return { kind: 'move', place, span };
    case 'mut':
    case 'ref':
    case 'out':
      return { kind: 'borrowMut', place, span };
    default:
      return { kind: 'borrow', place, span };
  }
}

/** A generic body without content, for the lowering helpers that need one. */
function shell(target: HirFunction, name: string, span: Span): Body {
  const shape: Body = {
    function: target.id,
    name,
    phase: 'dropped',
    span,
    endSpan: span,
    locals: new Table(),
    blocks: new Table(),
    regions: new Table(),
    entry: makeId<BlockId>(0),
    args: [],
    result: makeId<LocalId>(0),
    error: null,
  };
  shape.regions.add({ parent: null, param: null });
  shape.blocks.add({ statements: [], terminator: { kind: 'unreachable', span }, region: makeId<RegionId>(0) });
  shape.locals.add({
    name: '',
    type: target.result,
    span,
    kind: { kind: 'result' },
    origin: makeId<OriginRootId>(0),
    region: makeId<RegionId>(0),
    bindOnce: false,
  });
  return shape;
}
