/** Collects what the stages report. One sink per compilation; the driver sorts and renders. */
import type { Diagnostic, Phase } from './diagnostic.ts';

export interface Sink {
  report(diagnostic: Diagnostic): void;
}

const PHASE_ORDER: Readonly<Record<Phase, number>> = { syntax: 1, types: 1, flow: 3, instantiation: 4, target: 5 };

/** What a struct lacks for a trait. */
const CONFORMANCE = 'M2071';

/** Place in the report. What the lexer says comes first; the parser and the checker of names and types share a rank, so that a
 *  file reads from top to bottom. As officially, bodies of methods are read after the functions of a file, and conformances are
 *  judged when all bodies are known. */
function rank({ code, phase, inMethod }: Diagnostic): number {
  if (code === CONFORMANCE) return 2;
  if (phase === 'types' && inMethod === true) return 1.5;
  return code.startsWith('M10') || code.startsWith('M19') ? 0 : PHASE_ORDER[phase];
}

export class DiagnosticSink implements Sink {
  private readonly reported: Diagnostic[] = [];
  private readonly seen = new Set<string>();
  private errors = 0;

  /** Drops an exact repetition: one mistake, one message. */
  report(diagnostic: Diagnostic): void {
    const at = diagnostic.primary === null ? '' : `${diagnostic.primary.span.file}:${diagnostic.primary.span.start}`;
    const key = `${diagnostic.code}|${at}|${diagnostic.message}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    if (diagnostic.severity === 'error') this.errors++;
    this.reported.push(diagnostic);
  }

  get errorCount(): number {
    return this.errors;
  }

  /** In the order of their reports. */
  all(): readonly Diagnostic[] {
    return this.reported;
  }

  /** By phase, then file, then position; equal keys keep their order. */
  sorted(): Diagnostic[] {
    return this.reported
      .map((diagnostic, index) => ({ diagnostic, index }))
      .sort((a, b) => {
        const phase = rank(a.diagnostic) - rank(b.diagnostic);
        if (phase !== 0) return phase;
        const left = a.diagnostic.primary?.span;
        const right = b.diagnostic.primary?.span;
        if (left === undefined || right === undefined) return a.index - b.index;
        return left.file - right.file || left.start - right.start || a.index - b.index;
      })
      .map((entry) => entry.diagnostic);
  }
}
