/** Checks that a body is well formed; throws `InternalError`. Rules:
 *
 *  Graph (all phases)
 *   1. The entry is block 0 and has no predecessors; every successor exists; every block is reachable.
 *   2. No critical edges: a block with several successors leads only to blocks with one predecessor (not when concrete).
 *   3. Every local of a place exists. A `deref` projection follows a place of `ref` type.
 *   4. Blocks that end in `raise` occur only where the body has an error local.
 *  Regions (built … dropped)
 *   5. A block's region exists. A child region is entered only by a `comptimeBranch` or `comptimeFor`, and only at one block.
 *   6. Outside the region of a local its name does not occur, except in regions inside it.
 *   7. A region with a parameter is entered by the `comptimeFor` that binds it.
 *  Phases
 *   8. `copyOrMove`: only built, checked. `drop`: only dropped, concrete. `store: unknown`: only built, checked.
 *   9. Concrete: no `use`, `comptimeAssert`, `comptimeBranch`, `comptimeFor`, `materialize`; callees are `instance`, `foreign`,
 *      `pointer`; terms are closed.
 *  Operands
 *  10. `borrow` and `borrowMut` stand only in calls, intrinsics and variadics.
 *  11. Concrete and generic: an assignment from a place has the same type on both sides, where both are known. */
import { InternalError } from '../base/invariant.ts';
import type { GlobalId, Term } from '../terms/term.ts';
import { TermFlags } from '../terms/term.ts';
import { forEachOperand, placeType, predecessors, reversePostorder, successors } from './cfg.ts';
import { forEachEvent } from './events.ts';
import type { BlockId, Body, Callee, Operand, Place, RegionId, Statement, Terminator } from './mir.ts';
import type { TypeFacts } from './type-facts.ts';

export function verifyBody(body: Body, types: TypeFacts | null): void {
  const verifier = new Verifier(body, types);
  verifier.graph();
  verifier.regions();
  verifier.contents();
}

class Verifier {
  private readonly body: Body;
  private readonly types: TypeFacts | null;
  private readonly concrete: boolean;

  constructor(body: Body, types: TypeFacts | null) {
    this.body = body;
    this.types = types;
    this.concrete = body.phase === 'concrete';
  }

  private fail(where: string, detail: string): never {
    throw new InternalError(`MIR of ${this.body.name} (${this.body.phase}), ${where}: ${detail}`);
  }

  graph(): void {
    const { body } = this;
    const preds = predecessors(body);
    if (body.entry !== 0) this.fail('entry', 'is not block 0');
    if ((preds[body.entry] ?? []).length > 0) this.fail('bb0', 'the entry has predecessors');
    if (reversePostorder(body).length !== body.blocks.size) this.fail('graph', 'has unreachable blocks');
    for (const id of body.blocks.ids()) {
      const terminator = body.blocks.get(id).terminator;
      const targets = successors(terminator);
      for (const target of targets) {
        if (!body.blocks.has(target)) this.fail(`bb${id}`, `leads to missing bb${target}`);
        if (!this.concrete && targets.length > 1 && (preds[target] ?? []).length > 1)
          this.fail(`bb${id}`, `critical edge to bb${target}`);
      }
      if (terminator.kind === 'raise' && body.error === null) this.fail(`bb${id}`, 'raise without an error local');
    }
  }

  regions(): void {
    const { body } = this;
    const entries: (BlockId | undefined)[] = [];
    for (const id of body.blocks.ids()) {
      const block = body.blocks.get(id);
      if (!body.regions.has(block.region)) this.fail(`bb${id}`, `has no region ${block.region}`);
      for (const target of successors(block.terminator)) {
        const inner = body.blocks.get(target).region;
        if (this.contains(inner, block.region)) continue;
        if (body.regions.get(inner).parent !== block.region)
          this.fail(`bb${id}`, `enters region ${inner} from outside its parent`);
        const kind = block.terminator.kind;
        if (kind !== 'comptimeBranch' && kind !== 'comptimeFor')
          this.fail(`bb${id}`, `enters region ${inner} by ${kind}`);
        if (entries[inner] !== undefined && entries[inner] !== target)
          this.fail(`bb${id}`, `region ${inner} has two entries`);
        entries[inner] = target;
        const param = body.regions.get(inner).param;
        if (param !== null && (block.terminator.kind !== 'comptimeFor' || block.terminator.param !== param))
          this.fail(`bb${id}`, `region ${inner} is entered without binding ${param.name}`);
      }
    }
  }

  /** Whether `inner` is `outer` or lies in it. */
  private contains(outer: RegionId, inner: RegionId): boolean {
    for (let region: RegionId | null = inner; region !== null; region = this.body.regions.get(region).parent)
      if (region === outer) return true;
    return false;
  }

  contents(): void {
    for (const id of this.body.blocks.ids()) {
      const block = this.body.blocks.get(id);
      block.statements.forEach((statement, index) => {
        const where = `bb${id}[${index}]`;
        this.statement(where, statement);
        this.node(where, statement, block.region);
      });
      this.terminator(`bb${id}`, block.terminator);
      this.node(`bb${id} end`, block.terminator, block.region);
    }
  }

  private get early(): boolean {
    return this.body.phase === 'built' || this.body.phase === 'checked';
  }

  private statement(where: string, statement: Statement): void {
    switch (statement.kind) {
      case 'drop':
        if (this.early) this.fail(where, 'drop before drop insertion');
        return;
      case 'assign':
        if (!this.early && statement.store !== 'init') this.fail(where, 'store is undecided');
        if (this.concrete && statement.value.kind === 'materialize') this.fail(where, 'materialize in a concrete body');
        if (statement.value.kind === 'use') this.sameType(where, statement.place, statement.value.operand);
        if (statement.value.kind === 'use' || statement.value.kind === 'aggregate') {
          forEachOperand(statement, (operand) => {
            if (operand.kind === 'borrow' || operand.kind === 'borrowMut') this.fail(where, 'borrow outside of a call');
          });
        }
        return;
      case 'call':
        if (!this.early && statement.store !== 'init') this.fail(where, 'store is undecided');
        this.callee(where, statement.callee);
        return;
      case 'use':
      case 'comptimeAssert':
        if (this.concrete) this.fail(where, `${statement.kind} in a concrete body`);
        return;
      case 'declare':
        return;
    }
  }

  private terminator(where: string, terminator: Terminator): void {
    if (terminator.kind === 'tryCall') {
      if (!this.early && terminator.store !== 'init') this.fail(where, 'store is undecided');
      this.callee(where, terminator.callee);
    }
    if (this.concrete && (terminator.kind === 'comptimeBranch' || terminator.kind === 'comptimeFor'))
      this.fail(where, `${terminator.kind} in a concrete body`);
  }

  private callee(where: string, callee: Callee): void {
    const resolved = callee.kind === 'instance' || callee.kind === 'foreign';
    if (callee.kind !== 'pointer' && resolved !== this.concrete)
      this.fail(where, `callee ${callee.kind} in phase ${this.body.phase}`);
  }

  private node(where: string, node: Statement | Terminator, region: RegionId): void {
    forEachEvent(node, (event) => this.place(where, event.place, region));
    if (node.kind === 'tryCall') {
      this.place(where, node.dest, region);
      this.place(where, node.errorDest, region);
    }
    forEachOperand(node, (operand) => {
      if (operand.kind === 'copyOrMove' && !this.early) this.fail(where, 'undecided copy');
      if (operand.kind === 'constant' && this.concrete) this.closed(where, operand.term);
    });
  }

  private closed(where: string, term: Term): void {
    const open = TermFlags.hasParam | TermFlags.hasUnbound | TermFlags.needsEvaluation | TermFlags.hasError;
    if ((term.flags & open) !== 0) this.fail(where, `term of kind ${term.kind} is not closed`);
  }

  private place(where: string, place: Place, region: RegionId): void {
    if (place.root.kind === 'local') {
      if (!this.body.locals.has(place.root.local)) this.fail(where, `no local _${place.root.local}`);
      const local = this.body.locals.get(place.root.local);
      if (!this.concrete && !this.contains(local.region, region))
        this.fail(where, `_${place.root.local} of region ${local.region} is named in region ${region}`);
      let type: Term = local.type;
      for (const projection of place.projections) {
        if (projection.kind === 'deref' && type.kind !== 'ref' && type.kind !== 'error')
          this.fail(where, `deref of a place of type ${type.kind}`);
        type = projection.type;
      }
      if (this.concrete) this.closed(where, type);
    }
  }

  private sameType(where: string, place: Place, source: Operand): void {
    const types = this.types;
    if (types === null || this.concrete || source.kind === 'constant') return;
    // The owner of variadic elements is made from the bytes of the argument.
    if (place.root.kind === 'local' && this.body.locals.get(place.root.local).kind.kind === 'owner') return;
    const global = (id: GlobalId): Term => types.program.global(id).type;
    const from = placeType(this.body, source.place, global);
    const to = placeType(this.body, place, global);
    // What only elaboration knows to be equal.
    const { hasParam, needsEvaluation, hasError, hasOrigin, hasNames } = TermFlags;
    const open = hasParam | needsEvaluation | hasError | hasOrigin | hasNames;
    if (from !== to && ((from.flags | to.flags) & open) === 0) this.fail(where, 'assignment between different types');
  }
}
