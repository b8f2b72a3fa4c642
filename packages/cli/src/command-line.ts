/** The command line as data: one table of options, a parser over it, and the suggestion for what was misspelt.
 *  In: the words after `kiln`.  Out: a `CommandLine`, or one sentence about what is wrong with it.
 *  The launcher parses too, on every run: this file loads next to nothing. */
import { nearest } from '@kiln/compiler/base/nearest.ts';

export const COMMANDS = ['run', 'build', 'check', 'bench', 'types', 'explain', 'doctor', 'help'] as const;
export type Command = (typeof COMMANDS)[number];

const EMIT = 'tokens|ast|hir|mir|mir-concrete|llvm|llvm-opt|asm|obj|wasm|exe|lib|js|python-module|c-header';

interface OptionSpec {
  readonly name: string;
  readonly short: string | null;
  /** What follows, as the help names it; null for a switch. Alternatives are separated by '|'. */
  readonly value: string | null;
  readonly repeats: boolean;
  readonly commands: readonly Command[];
  readonly text: string;
}

const COMPILING: readonly Command[] = ['run', 'build', 'check'];
/** Options that say what code is made. */
const GENERATING: readonly Command[] = ['run', 'build', 'check', 'bench'];
const PRODUCING: readonly Command[] = ['run', 'build'];

function option(
  name: string,
  short: string | null,
  value: string | null,
  commands: readonly Command[],
  text: string,
  repeats = false,
): OptionSpec {
  return { name, short, value, repeats, commands, text };
}

export const OPTIONS: readonly OptionSpec[] = [
  option(
    'output',
    'o',
    'PATH',
    ['build', 'run', 'check', 'types'],
    "where to write the result ('-' is standard output)",
  ),
  option('emit', null, EMIT, COMPILING, 'stop at this stage and write its output'),
  option('optimize', 'O', '0|1|2|3', [...PRODUCING, 'bench'], 'optimization level, written -O0 to -O3 (default 3)'),
  option(
    'backend',
    null,
    'auto|native|wasm|interp',
    COMPILING,
    'what makes and runs the code (default auto: native if LLVM 22 is here)',
  ),
  option('target-cpu', null, 'NAME', GENERATING, "CPU to generate for, as LLVM names it (default 'native')"),
  option('target-features', null, 'LIST', GENERATING, 'LLVM features on top of the CPU, e.g. +avx2,-fma'),
  option(
    'fp-mode',
    null,
    'strict|default|fast',
    GENERATING,
    'how far floating-point may be rearranged (default default)',
  ),
  option('edition', null, 'classic|1', COMPILING, 'edition of files that do not state theirs'),
  option('include', 'I', 'FOLDER', [...GENERATING, 'types'], 'search this folder for imports (repeatable)', true),
  option('define', 'D', 'NAME[=VALUE]', GENERATING, 'a compile-time definition (repeatable)', true),
  option('debug', 'g', null, PRODUCING, 'debug information for variables'),
  option('check-heap', null, null, PRODUCING, 'report leaks and double frees of the program (status 23)'),
  option('max-steps', null, 'N', COMPILING, 'steps of one compile-time evaluation (default 1000000000)'),
  option('max-memory', null, 'MIB', COMPILING, 'memory of compile-time code (default 512)'),
  option('max-call-depth', null, 'N', COMPILING, 'nested calls of compile-time code (default 3000)'),
  option('max-depth', null, 'N', COMPILING, 'instantiations that ask for one another (default 1024)'),
  option('max-instances', null, 'N', COMPILING, 'instances of one program (default 100000)'),
  option('no-cache', null, null, PRODUCING, 'neither look up nor store anything in the cache'),
  option('no-dialect-notes', null, null, GENERATING, 'no notes on older spellings'),
  option('deny', null, 'classic', COMPILING, 'older spellings are errors'),
  option('fix', null, null, ['check'], 'rewrite the files: apply the fixes that keep the meaning'),
  option(
    'diagnostic-format',
    null,
    'text|json',
    COMPILING,
    'how diagnostics are written (json: check only, to standard output)',
  ),
  option('explain-copies', null, null, ['check'], 'list the copies that the source does not spell, with their sizes'),
  option('json', null, 'PATH', ['bench'], 'write the figures as JSON'),
  option('chart', null, 'PATH', ['bench'], 'write the figures as a picture (SVG)'),
  option('report', null, 'vectorize', ['build'], 'say of each loop whether and how it became vector code, or why not'),
  option('time-report', null, null, COMPILING, 'milliseconds per pass, to standard error'),
  option('verbose', 'v', null, [...COMPILING, 'doctor'], 'say what is being done and why'),
  option('help', 'h', null, COMMANDS, 'this text'),
  option('version', null, null, COMMANDS, 'version, backends, and stop'),
];

/** What was asked for. Values are as written; those with alternatives have been checked against them. */
export interface CommandLine {
  readonly command: Command;
  readonly files: readonly string[];
  /** `run`: what the program gets. */
  readonly programArguments: readonly string[];
  /** Switches and last values by long name; a switch that was given has the value ''. */
  readonly values: ReadonlyMap<string, string>;
  /** All values of the options that repeat, in order. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
}

export interface UsageError {
  readonly kind: 'usage-error';
  readonly message: string;
}

function usageError(message: string): UsageError {
  return { kind: 'usage-error', message };
}

export function isUsageError(value: CommandLine | UsageError): value is UsageError {
  return 'kind' in value;
}

export function parseCommandLine(words: readonly string[]): CommandLine | UsageError {
  let command: Command | null = null;
  const files: string[] = [];
  const values = new Map<string, string>();
  const lists = new Map<string, string[]>();
  let programArguments: readonly string[] = [];
  let optionsEnded = false;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (optionsEnded || word === '-' || !word.startsWith('-')) {
      if (command === null && !optionsEnded) {
        const found = COMMANDS.find((name) => name === word);
        if (found === undefined) return unknownCommand(word);
        command = found;
        continue;
      }
      files.push(word);
      // Everything after the program's file belongs to the program.
      if (command === 'run') {
        programArguments = words.slice(i + 1);
        break;
      }
      continue;
    }
    if (word === '--') {
      optionsEnded = true;
      continue;
    }
    const split = splitOption(word);
    const spec = OPTIONS.find((entry) => (split.long ? entry.name === split.name : entry.short === split.name));
    if (spec === undefined) return unknownOption(word, split.long ? `--${split.name}` : `-${split.name}`);
    let value = split.value;
    if (spec.value === null) {
      if (value !== null) return usageError(`option '${shown(spec)}' takes no value`);
      values.set(spec.name, '');
    } else {
      if (value === null) {
        value = words[++i] ?? null;
        if (value === null || (value.startsWith('-') && value.length > 1 && spec.name !== 'target-features')) {
          return usageError(`option '${shown(spec)}' needs a value: ${spec.value}`);
        }
      }
      const problem = checkValue(spec, value);
      if (problem !== null) return problem;
      values.set(spec.name, value);
      if (spec.repeats) lists.set(spec.name, [...(lists.get(spec.name) ?? []), value]);
    }
    if (command !== null && !spec.commands.includes(command)) {
      return usageError(`option '${shown(spec)}' does not belong to 'kiln ${command}'`);
    }
  }
  if (command === null) {
    if (!values.has('help') && !values.has('version'))
      return usageError("nothing to do; 'kiln --help' lists the commands");
    command = 'help';
  }
  for (const name of values.keys()) {
    const spec = OPTIONS.find((entry) => entry.name === name);
    if (spec !== undefined && !spec.commands.includes(command)) {
      return usageError(`option '${shown(spec)}' does not belong to 'kiln ${command}'`);
    }
  }
  return { command, files, programArguments, values, lists };
}

function shown(spec: OptionSpec): string {
  return spec.name === 'optimize' ? '-O' : `--${spec.name}`;
}

interface SplitOption {
  readonly long: boolean;
  readonly name: string;
  readonly value: string | null;
}

/** `--name`, `--name=value`, `-n`, `-nvalue`. */
function splitOption(word: string): SplitOption {
  if (word.startsWith('--')) {
    const equals = word.indexOf('=');
    return equals < 0
      ? { long: true, name: word.slice(2), value: null }
      : { long: true, name: word.slice(2, equals), value: word.slice(equals + 1) };
  }
  const rest = word.slice(2);
  return {
    long: false,
    name: word.slice(1, 2),
    value: rest === '' ? null : rest.startsWith('=') ? rest.slice(1) : rest,
  };
}

function checkValue(spec: OptionSpec, value: string): UsageError | null {
  if (spec.value?.includes('|') === true) {
    const allowed = spec.value.split('|');
    if (!allowed.includes(value)) {
      const near = nearest(value, allowed);
      const hint = near === null ? `it is one of ${allowed.join(', ')}` : `did you mean '${near}'?`;
      return usageError(`'${value}' is no value of '${shown(spec)}'; ${hint}`);
    }
  }
  if ((spec.value === 'N' || spec.value === 'MIB') && !/^[1-9][0-9]{0,14}$/.test(value)) {
    return usageError(`'${shown(spec)}' needs a positive whole number, not '${value}'`);
  }
  if (spec.name === 'define' && !/^[A-Za-z_][A-Za-z0-9_.]*(=|$)/.test(value)) {
    return usageError(`'-D ${value}' defines no name; write -D NAME or -D NAME=VALUE`);
  }
  return null;
}

function unknownCommand(word: string): UsageError {
  if (word.endsWith('.mojo') || word.endsWith('.🔥')) {
    return usageError(`unknown command '${word}'; did you mean 'kiln run ${word}'?`);
  }
  const near = nearest(word, COMMANDS);
  return usageError(
    near === null
      ? `unknown command '${word}'; 'kiln --help' lists the commands`
      : `unknown command '${word}'; did you mean '${near}'?`,
  );
}

function unknownOption(word: string, name: string): UsageError {
  const near = nearest(
    name,
    OPTIONS.map((entry) => `--${entry.name}`),
  );
  return usageError(
    near === null
      ? `unknown option '${word}'; 'kiln --help' lists the options`
      : `unknown option '${word}'; did you mean '${near}'?`,
  );
}
