/** A program of today in the words of 2023: `fn`, `inout`, `owned`, `borrowed`, `__copyinit__`, `__moveinit__`, `__del__`. It means the same.
 *  In: the text of generated programs.  Out: the text in older words, with today's meaning. */

type Words = readonly (readonly [today: RegExp, older: string])[];

/** In the first line of a function. */
const IN_SIGNATURES: Words = [
  [/\b__init__\(out self, \*, copy: Self\)/, '__copyinit__(inout self, existing: Self)'],
  [/\b__init__\(out self, \*, deinit move: Self\)/, '__moveinit__(inout self, owned existing: Self)'],
  [/\b__deinit__\(deinit self\)/, '__del__(owned self)'],
  [/\bdef /, 'fn '],
  [/\(out self/, '(inout self'],
  [/(?<=[(,] ?)mut (?=\w+: |self\b)/g, 'inout '],
  [/(?<=[(,] ?)var (?=\w+: )/g, 'owned '],
  [/\((?=x: (?!Origin))/, '(borrowed '],
];

export function inOlderWords(text: string): string {
  const lines = text.split('\n').map((line) => {
    if (!/^ *def \w/.test(line)) return line.replace(/\b(?:copy|move)\.(?=\w+\^?(?: |$))/, 'existing.');
    return IN_SIGNATURES.reduce((signature, [today, older]) => signature.replace(today, older), line);
  });
  return `# mojo: edition=1\n${lines.join('\n')}`;
}
