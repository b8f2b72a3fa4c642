/** Collects what the stages report. One sink per compilation; the driver sorts and renders. */
import type { Diagnostic, Phase } from './diagnostic.ts';

export interface Sink {
  report(diagnostic: Diagnostic): void;
}

const PHASE_ORDER: Readonly<Record<Phase, number>> = { syntax: 0, types: 1, flow: 2, instantiation: 3, target: 4 };

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

  /** By phase, then file, then position; equal keys keep their order. */
  sorted(): Diagnostic[] {
    return this.reported
      .map((diagnostic, index) => ({ diagnostic, index }))
      .sort((a, b) => {
        const phase = PHASE_ORDER[a.diagnostic.phase] - PHASE_ORDER[b.diagnostic.phase];
        if (phase !== 0) return phase;
        const left = a.diagnostic.primary?.span;
        const right = b.diagnostic.primary?.span;
        if (left === undefined || right === undefined) return a.index - b.index;
        return left.file - right.file || left.start - right.start || a.index - b.index;
      })
      .map((entry) => entry.diagnostic);
  }
}
