/** The text of `kiln --help` and of `kiln COMMAND --help`, made from the option table. */
import { type Command, OPTIONS } from './command-line.ts';

const SUMMARIES: Readonly<Record<Command, string>> = {
  run: 'compile a program and run it',
  build: 'compile to a file: executable, object, .wasm, assembly, …',
  check: 'diagnostics only; --fix rewrites older spellings',
  bench: 'measure the functions bench_NAME() of a file',
  types: 'TypeScript declarations of what modules export',
  explain: 'what a diagnostic means, with an example',
  doctor: 'what is installed, and how to mend what is not',
  help: 'this text',
};

const SYNOPSES: Readonly<Record<Command, string>> = {
  run: 'kiln run [options] FILE [arguments of the program]',
  build: 'kiln build [options] FILE [-o PATH]',
  check: 'kiln check [options] FILE…',
  bench: 'kiln bench [options] FILE',
  types: 'kiln types [options] FILE…',
  explain: 'kiln explain CODE…',
  doctor: 'kiln doctor',
  help: 'kiln help',
};

const EXAMPLES: Readonly<Record<Command, readonly string[]>> = {
  run: [
    'kiln run hello.mojo                       compile (or take from the cache) and run',
    'kiln run --backend wasm hello.mojo a b    through LLVM in WebAssembly; the program gets a and b',
    'kiln run -O0 -v hello.mojo                unoptimized, with a word on every decision',
  ],
  build: [
    'kiln build hello.mojo -o hello            an executable',
    'kiln build --emit wasm kernel.mojo        kernel.wasm',
    'kiln build --emit asm -o - kernel.mojo    assembly on standard output',
    'kiln build --emit js kernel.mojo          kernel-js/: an npm package of the module',
    'kiln build --emit c-header kernel.mojo    kernel.h and libkernel.so',
    'kiln build --emit python-module kernel.mojo   kernel.so: Python imports it',
    'kiln build --emit llvm --target-cpu x86-64-v3 kernel.mojo',
  ],
  check: [
    'kiln check src/*.mojo                     what is wrong, if anything',
    'kiln check --fix old.mojo                 rewrite classic Mojo to modern Mojo',
    'kiln check --diagnostic-format json a.mojo',
  ],
  bench: [
    'kiln bench kernels.mojo                   medians, spread, and rates',
    'kiln bench --chart k.svg kernels.mojo     and a picture',
  ],
  types: [
    'kiln types dot.mojo                       writes dot.d.mojo.ts',
    'kiln types dot.mojo -o -                  on standard output',
  ],
  explain: ['kiln explain M2311                        why a list is not copied by =, and what to write'],
  doctor: ['kiln doctor                               is everything here?'],
  help: [],
};

export function helpText(command: Command | null): string {
  if (command === null || command === 'help') return generalHelp();
  return [
    `${SYNOPSES[command]}`,
    '',
    `${capitalized(SUMMARIES[command])}.`,
    '',
    'Options:',
    ...optionLines(command),
    '',
    'Examples:',
    ...EXAMPLES[command].map((line) => `  ${line}`),
    '',
  ].join('\n');
}

function generalHelp(): string {
  const commands: readonly Command[] = ['run', 'build', 'check', 'bench', 'types', 'explain', 'doctor'];
  return [
    'kiln – a compiler and toolchain for the Mojo language',
    '',
    'Commands:',
    ...commands.map((name) => `  ${SYNOPSES[name].padEnd(50)} ${SUMMARIES[name]}`),
    '',
    'Options:',
    ...optionLines(null),
    '',
    'Examples:',
    ...commands.flatMap((name) => EXAMPLES[name].map((line) => `  ${line}`)),
    '',
    'Exit status: 0 success, 1 diagnostics or an uncaught error, 2 wrong usage, 3 something is missing on this machine,',
    "70 an error in Kiln itself; else the program's own, 132 for a trap, 128+N for a signal N.",
    'Environment: KILN_CACHE_DIR (folder of the cache), KILN_LLVM (path of libLLVM 22), NO_COLOR.',
    '',
  ].join('\n');
}

function optionLines(command: Command | null): string[] {
  const lines: string[] = [];
  for (const spec of OPTIONS) {
    if (command !== null && !spec.commands.includes(command)) continue;
    let head: string;
    if (spec.name === 'optimize') head = '-O0 … -O3';
    else {
      const short = spec.short === null ? '    ' : `-${spec.short}, `;
      head = `${short}--${spec.name}${spec.value === null ? '' : ` ${spec.value}`}`;
    }
    if (head.length > 36) lines.push(`  ${head}`, `${' '.repeat(39)}${spec.text}`);
    else lines.push(`  ${head.padEnd(36)} ${spec.text}`);
  }
  return lines;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
