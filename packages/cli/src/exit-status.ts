/** Exit statuses and Kiln's own words. See docs/cli.md. */

export const EXIT_DIAGNOSTICS = 1;
export const EXIT_USAGE = 2;
export const EXIT_ENVIRONMENT = 3;
export const EXIT_INTERNAL = 70;
/** SIGILL is what a trap instruction raises natively; every backend reports it so. */
export const EXIT_TRAP = 132;

/** Ends the command: one sentence for the user, which `say` prints after `kiln: ` (empty: diagnostics said it), and a status. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** All of Kiln's own words go to standard error and begin so. */
export function say(message: string): void {
  process.stderr.write(`kiln: ${message}\n`);
}
