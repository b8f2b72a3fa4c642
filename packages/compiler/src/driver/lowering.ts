/** Generic MIR on demand: each function is lowered, checked and given its drops once, when somebody first asks for it. */
import type { Sink } from '../diagnostics/sink.ts';
import type { HiddenCopy } from '../mir/check/copies.ts';
import type { Body } from '../mir/mir.ts';
import { MirPipeline } from '../mir/pipeline.ts';
import type { Program } from '../sema/hir.ts';
import type { TermStore } from '../terms/store.ts';
import type { FunctionId, ParamId, Term } from '../terms/term.ts';

export class Lowering {
  private readonly bodies = new Map<FunctionId, Body | null>();
  private readonly pipeline: MirPipeline;
  private readonly program: Program;
  private readonly sink: Sink;

  constructor(program: Program, store: TermStore, sink: Sink) {
    this.program = program;
    this.sink = sink;
    this.pipeline = new MirPipeline(program, store);
  }

  /** Copies that the source does not spell, in the functions lowered so far. */
  get copies(): readonly HiddenCopy[] {
    return this.pipeline.copies;
  }

  /** When all functions of the program were lowered: the checks that need them all. */
  finish(): void {
    this.pipeline.finish(
      [...this.bodies.values()].filter((body) => body !== null),
      this.sink,
    );
  }

  /** What an instance with these values of the parameters is made from. */
  bodyFor(id: FunctionId, values: ReadonlyMap<ParamId, Term>): Body | null {
    const body = this.bodyOf(id);
    return body === null ? null : this.pipeline.versionFor(body, values);
  }

  /** The body in phase `dropped`; null if there is none or it has errors, which are reported. */
  bodyOf(id: FunctionId): Body | null {
    const known = this.bodies.get(id);
    if (known !== undefined) return known;
    const body = this.pipeline.lower(this.program.function(id), this.sink);
    this.bodies.set(id, body);
    return body;
  }
}
