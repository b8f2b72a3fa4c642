/** The compiler's side of the command line: dist/…/compiler.cjs. The launcher calls `main` with the words after `kiln`.
 *  Out: an exit status; nothing is thrown. */
import { closeBackends } from './backends.ts';
import { benchCommand } from './bench-command.ts';
import { buildCommand } from './build-command.ts';
import { checkCommand } from './check-command.ts';
import { type CommandLine, isUsageError, parseCommandLine } from './command-line.ts';
import { NeedsMoreStack, startAgain } from './deep-programs.ts';
import { doctorCommand, versionText } from './doctor-command.ts';
import { explainCommand } from './explain-command.ts';
import { CommandFailure, EXIT_INTERNAL, EXIT_USAGE, say } from './exit-status.ts';
import { helpText } from './help.ts';
import { findInstallation } from './installation.ts';
import { typesCommand } from './module/types-command.ts';
import { writeOutput } from './output.ts';
import { runCommand } from './run-command.ts';
import { type InterpreterJob, interpretHere } from './interpret-command.ts';
import { createSession, markStartup, type Session } from './session.ts';

export async function main(words: readonly string[], onIdle: () => void = () => {}): Promise<number> {
  markStartup();
  let idleCalled = false;
  const idleOnce = (): void => {
    if (!idleCalled) onIdle();
    idleCalled = true;
  };
  const status = await runWords(words, idleOnce);
  idleOnce();
  await closeBackends();
  return status;
}

async function runWords(words: readonly string[], onIdle: () => void): Promise<number> {
  const line = parseCommandLine(words);
  if (isUsageError(line)) {
    say(line.message);
    return EXIT_USAGE;
  }
  const session = createSession(line, findInstallation(), onIdle);
  return withSentences(session, () => dispatch(line, session));
}

/** The entry of the interpreter's thread. */
export function interpretLine({ line }: InterpreterJob): Promise<number> {
  const session = createSession(line, findInstallation(), () => {});
  return withSentences(session, async () => interpretHere(session));
}

/** Whatever goes wrong, the user gets a sentence. */
async function withSentences(session: Session, work: () => Promise<number>): Promise<number> {
  const { line } = session;
  try {
    return await work();
  } catch (error) {
    if (error instanceof CommandFailure) {
      if (error.message !== '') say(error.message);
      return error.status;
    }
    if (error instanceof NeedsMoreStack) return startAgain();
    const thrown = error instanceof Error ? error : new Error(String(error));
    if (session.verbose) process.stderr.write(`${thrown.stack ?? ''}\n`);
    const detail = thrown.message.split('\n')[0] ?? '';
    say(`internal error in '${line.command}': ${detail} (a bug in Kiln${session.verbose ? '' : '; -v shows where'})`);
    return EXIT_INTERNAL;
  }
}

async function dispatch(line: CommandLine, session: Session): Promise<number> {
  if (line.values.has('version')) {
    writeOutput('-', await versionText(session));
    return 0;
  }
  if (line.values.has('help')) {
    writeOutput('-', helpText(line.command));
    return 0;
  }
  switch (line.command) {
    case 'run':
      return runCommand(session);
    case 'build':
      return buildCommand(session);
    case 'check':
      return checkCommand(session);
    case 'bench':
      return benchCommand(session);
    case 'types':
      return typesCommand(session);
    case 'explain':
      return explainCommand(session);
    case 'doctor':
      return doctorCommand(session);
    case 'help':
      writeOutput('-', helpText(null));
      return 0;
  }
}
