/** One function from HIR to drop-inserted generic MIR: build, check, decide copies, insert drops.
 *  Out: a body in phase `dropped`, or null when the checks reported errors. The passes stand in one list so that the driver can
 *  dump and time them; the verifier runs after the last one. */
import { Table } from '../base/ids.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Sink } from '../diagnostics/sink.ts';
import type { HirFunction, Program } from '../sema/hir.ts';
import type { TermStore } from '../terms/store.ts';
import type { ParamId, Term } from '../terms/term.ts';
import { buildBody } from './build/build-body.ts';
import { synthesizeBody } from './build/synthesize.ts';
import { checkAbandoned } from './check/abandoned.ts';
import { collectImplicitCopies, collectTransfers, type HiddenCopy } from './check/copies.ts';
import { checkDanglingResults } from './check/dangling-results.ts';
import { checkExclusivity } from './check/exclusivity.ts';
import { checkInitialization } from './check/initialization.ts';
import { checkDestructorEffects, checkInteriorReferences } from './check/interior-references.ts';
import { type LeadingBack, LentInShared } from './check/lent-in-shared.ts';
import { planKeptOwners } from './check/lost-owners.ts';
import { checkPartialDeaths } from './check/partial-deaths.ts';
import { RaceCheck } from './check/races.ts';
import { planApartChecks } from './check/shared-arguments.ts';
import { SharedConditions } from './check/shared-conditions.ts';
import { SharedEffects } from './check/shared-effects.ts';
import { planDrops } from './dataflow/drop-plan.ts';
import { analyzeOwnership, type OwnershipFacts } from './dataflow/ownership-facts.ts';
import type { BasicBlock, BlockId, Body } from './mir.ts';
import { checkApart } from './transform/check-apart.ts';
import { decideCopies } from './transform/decide-copies.ts';
import { insertDrops } from './transform/drops.ts';
import { forwardResults } from './transform/forward-results.ts';
import { keepOwners } from './transform/keep-owners.ts';
import { TypeFacts } from './type-facts.ts';
import { verifyBody } from './verify.ts';

/** Values of the parameters that an instance is made for. */
type ParamValues = ReadonlyMap<ParamId, Term>;

export interface MirContext {
  readonly types: TypeFacts;
  readonly sink: ErrorCounter;
  /** The blocks that nothing leads to. */
  readonly dead: Body | null;
  /** Computed anew after a pass that adds locals. */
  facts: OwnershipFacts;
  /** The version in which type parameters are expected to lead back to what was lent. */
  readonly expected: boolean;
  readonly analyze: () => OwnershipFacts;
  readonly effects: SharedEffects;
  readonly conditions: SharedConditions;
  /** Where copies that the source does not spell are noted; null in the library. */
  readonly copies: HiddenCopy[] | null;
}

export interface MirPass {
  readonly name: string;
  run(body: Body, cx: MirContext): void;
}

/** In order; the pipeline stops after a pass that reported an error. */
const CHECKS: readonly MirPass[] = [
  {
    name: 'exclusivity',
    run(body, cx) {
      checkExclusivity(body, cx.types, cx.sink);
      if (cx.dead !== null) checkExclusivity(cx.dead, cx.types, cx.sink);
    },
  },
  { name: 'initialization', run: (body, cx) => checkInitialization(body, cx.facts, cx.types, cx.sink) },
  { name: 'dangling-results', run: (body, cx) => checkDanglingResults(body, cx.types, cx.sink) },
  {
    name: 'interior-references',
    run: (body, cx) => checkInteriorReferences(body, cx.types, cx.effects, cx.conditions, cx.sink),
  },
  {
    name: 'check-apart',
    run(body, cx) {
      const plan = planApartChecks(body, cx.types, cx.effects, cx.sink);
      if (plan.length === 0) return;
      checkApart(body, plan, cx.types);
      cx.facts = cx.analyze();
    },
  },
  {
    name: 'keep-owners',
    run(body, cx) {
      const plan = planKeptOwners(body, cx.types, cx.effects, cx.sink);
      if (plan.length === 0) return;
      keepOwners(body, plan, cx.types.store);
      cx.facts = cx.analyze();
    },
  },
  {
    name: 'decide-copies',
    run(body, cx) {
      if (cx.copies !== null) collectTransfers(body, cx.types, cx.copies);
      decideCopies(body, cx.facts, cx.types);
      if (cx.copies !== null) collectImplicitCopies(body, cx.types, cx.copies);
    },
  },
];

/** What gives values their ends: the versions of a body differ in this. */
const LIVES: readonly MirPass[] = [
  {
    name: 'drops',
    run(body, cx) {
      const plan = planDrops(body, cx.facts, cx.types);
      checkPartialDeaths(body, plan, cx.facts, cx.sink);
      checkAbandoned(body, plan, cx.facts, cx.types, cx.sink);
      if (cx.sink.errors === 0) insertDrops(body, plan);
    },
  },
  {
    name: 'destructor-effects',
    run: (body, cx) => checkDestructorEffects(body, cx.types, cx.effects, cx.conditions, cx.sink),
  },
  {
    name: 'forward-results',
    run: (body, cx) => forwardResults(body, cx.facts.holders, cx.types, cx.effects, cx.expected),
  },
];

export const MIR_PASSES: readonly MirPass[] = [...CHECKS, ...LIVES];

/** Passes reports on and counts the errors of one function. */
class ErrorCounter implements Sink {
  errors = 0;
  private readonly sink: Sink;

  constructor(sink: Sink) {
    this.sink = sink;
  }

  report(diagnostic: Diagnostic): void {
    if (diagnostic.severity === 'error') this.errors++;
    this.sink.report(diagnostic);
  }
}

/** Called around each pass, for `--emit` dumps and the time report. */
export interface PassObserver {
  after(pass: string, body: Body): void;
}

/** One per program: keeps the facts about types between functions. */
export class MirPipeline {
  readonly types: TypeFacts;
  /** Of the user's functions that were lowered so far. */
  readonly copies: HiddenCopy[] = [];
  private readonly observer: PassObserver | null;
  private readonly races: RaceCheck;
  private readonly effects: SharedEffects;
  private readonly conditions: SharedConditions;
  private readonly versions = new Map<Body, { readonly conditions: readonly LeadingBack[]; readonly body: Body }>();

  constructor(program: Program, store: TermStore, observer: PassObserver | null = null) {
    this.types = new TypeFacts(program, store);
    this.observer = observer;
    this.effects = new SharedEffects(this.types);
    this.conditions = new SharedConditions(this.types, this.effects);
    this.races = new RaceCheck(this.types, this.effects);
  }

  /** What can be decided only when all functions of the program are known. */
  finish(bodies: readonly Body[], sink: Sink): void {
    this.conditions.finish(bodies, sink);
  }

  lower(fn: HirFunction, sink: Sink): Body | null {
    switch (fn.kind.kind) {
      case 'intrinsic':
      case 'foreign':
      case 'requirement':
        return null;
      case 'synthesized': {
        const body = synthesizeBody(fn, this.types);
        this.observer?.after('synthesize', body);
        return body;
      }
      case 'written':
      case 'thunk':
      case 'globals':
        return this.lowerWritten(fn, sink);
    }
  }

  private lowerWritten(fn: HirFunction, sink: Sink): Body | null {
    const hir = this.types.program.body(fn.id);
    if (hir === null) return null;
    const { body, dead } = buildBody(fn, hir, this.types);
    this.observer?.after('build', body);
    const counter = new ErrorCounter(sink);
    this.races.check(hir, counter);
    const copies = fn.ref.path.startsWith('std.') ? null : this.copies;
    const lent = new LentInShared(body, this.types, this.effects);
    const analyze = (version: Body, expected: boolean): OwnershipFacts =>
      analyzeOwnership(version, this.types, (local) => lent.reachedFrom(local, expected));
    const cx: MirContext = {
      types: this.types,
      sink: counter,
      dead,
      facts: analyze(body, false),
      expected: false,
      analyze: () => analyze(body, false),
      effects: this.effects,
      conditions: this.conditions,
      copies,
    };
    const run = (passes: readonly MirPass[], on: Body, context: MirContext, observer: PassObserver | null): boolean => {
      for (const pass of passes) {
        pass.run(on, context);
        observer?.after(pass.name, on);
        if (counter.errors > 0) return false;
      }
      return true;
    };
    if (!run(CHECKS, body, cx, this.observer)) return null;
    const conditions = lent.conditions();
    const second = conditions.length > 0 ? copyOf(body) : null;
    if (!run(LIVES, body, cx, this.observer)) return null;
    verifyBody(body, this.types);
    if (second === null) return body;
    if (!run(LIVES, second, { ...cx, expected: true, facts: analyze(second, true) }, null)) return null;
    verifyBody(second, this.types);
    this.versions.set(body, { conditions, body: second });
    return body;
  }

  /** The version of a body that an instance is made from. */
  versionFor(body: Body, values: ParamValues): Body {
    const version = this.versions.get(body);
    if (version === undefined) return body;
    const terms = this.effects.substituter(values);
    const holds = ({ from, to }: LeadingBack): boolean =>
      this.effects.leadsBack(terms.apply(from), terms.apply(to), false);
    return version.conditions.some(holds) ? version.body : body;
  }
}

/** Passes change the lists of statements and the terminators, nothing else. */
function copyOf(body: Body): Body {
  const blocks = new Table<BlockId, BasicBlock>();
  for (const block of body.blocks.values()) blocks.add({ ...block, statements: [...block.statements] });
  return { ...body, blocks };
}

export function lowerFunction(fn: HirFunction, program: Program, store: TermStore, sink: Sink): Body | null {
  return new MirPipeline(program, store).lower(fn, sink);
}
