/** Mistakes with ownership that the tree of the generator cannot say, as lines of Mojo; `# wrong` marks the guilty one. Each is put into
 *  several surroundings that do not make it right.
 *  Out: files, with the lines (from 1) that must be rejected, and no others. */
import { PRELUDE, PRELUDE_LINES } from './prelude.ts';

interface Template {
  readonly what: string;
  /** Declarations before the function. NAME is replaced. */
  readonly before: readonly string[];
  readonly parameters: string;
  readonly body: readonly string[];
}

function template(what: string, parameters: string, body: readonly string[], before: readonly string[] = []): Template {
  return { what, before, parameters, body };
}

const TEMPLATES: readonly Template[] = [
  template('a part moved out of a type with a destructor', '', ['var d = D(R(1), R(2))  # wrong', 'eat(d.a^)']),
  template('an element moved out of a list', '', ['var l: List[R] = [R(1), R(2)]', 'eat(l[0]^)  # wrong']),
  template('a read argument moved', 'x: R', ['eat(x^)  # wrong']),
  template('a part of a read argument moved', 'x: P', ['eat(x.a^)  # wrong']),
  template('a read argument assigned', 'x: R', ['x = R(1)  # wrong']),
  template('a part of a read argument assigned', 'x: P', ['x.a = R(1)  # wrong']),
  template('a read argument passed to mut', 'x: R', ['touch(x)  # wrong']),
  template('a temporary passed to mut', '', ['touch(R(1))  # wrong']),
  template('an implicit copy of what is not implicitly copied', '', [
    'var a = R(1)',
    'var b = a  # wrong',
    'use(a, b)',
  ]),
  template('an implicit copy into an argument', '', ['var a = M(1)', 'eat(a)  # wrong', 'use(a)']),
  template(
    'a mut argument and its part',
    'mut x: P',
    ['NAMEboth(x, x.a)  # wrong'],
    ['def NAMEboth(mut p: P, mut r: R):', '    touch(p.b)', '    touch(r)'],
  ),
  template(
    'a closure that changes what the call changes',
    '',
    ['var x = R(1)', 'def f() {mut x}:', '    touch(x)', 'NAMErun(f, x)  # wrong'],
    ['def NAMErun[F: def() -> None](f: F, mut r: R):', '    f()', '    touch(r)'],
  ),
  template(
    'a value that must be consumed',
    '',
    ['var m = NAMEMust(1)', 'say("m", m.n)  # wrong'],
    [
      '@explicit_destroy("call finish")',
      'struct NAMEMust(Deinitable where False):',
      '    var n: Int',
      '    def __init__(out self, n: Int):',
      '        self.n = n',
      '    def finish(deinit self):',
      '        say("f", self.n)',
    ],
  ),
  template('a pointer that outlives a moved owner', '', [
    'var x = R(1)',
    'var p = Pointer(to=x)',
    'var y = x^',
    'use(p[])  # wrong',
    'use(y)',
  ]),
  template('a view of a list that grows', '', [
    'var l: List[Int] = [1, 2]',
    'var v = Span(l)',
    'l.append(3)',
    'say("v", v[0])  # wrong',
  ]),
];

/** Struct initializers are wrong as a whole. */
const INITIALIZERS: readonly (readonly string[])[] = [
  ['    def __init__(out self, c: Bool):  # wrong', '        self.a = R(1)'],
  [
    '    def __init__(out self, c: Bool):  # wrong',
    '        self.a = R(1)',
    '        if c:',
    '            self.b = R(2)',
  ],
  [
    '    def __init__(out self, c: Bool):',
    '        self.a = R(1)',
    '        if c:',
    '            return  # wrong',
    '        self.b = R(2)',
  ],
  [
    '    def __init__(out self, c: Bool):',
    '        use(self.a)  # wrong',
    '        self.a = R(1)',
    '        self.b = R(2)',
  ],
  [
    '    def __init__(out self, c: Bool):',
    '        self.a = R(1)',
    '        use(self.b)  # wrong',
    '        self.b = R(2)',
  ],
];

type Surrounding = (body: readonly string[]) => readonly string[];

const indent = (body: readonly string[]): readonly string[] => body.map((line) => `    ${line}`);

const SURROUNDINGS: readonly Surrounding[] = [
  (body) => body,
  (body) => ['var before = R(7)', 'use(before)', ...body, 'eat(before^)'],
  (body) => ['if step(k):', ...indent(body), 'else:', '    use(R(8))'],
  (body) => ['for _ in range(2):', ...indent(body)],
  (body) => ['try:', '    fail(k, 0)', ...indent(body), 'except:', '    say("x", 0)'],
];

export interface WrongLines {
  readonly what: string;
  readonly text: string;
  readonly wrong: readonly number[];
}

/** One file for each mistake, since errors of types hide errors of flow. */
export function wrongByTemplate(): WrongLines[] {
  const files = TEMPLATES.map(({ what, before, parameters, body }) =>
    fileOf(
      what,
      SURROUNDINGS.flatMap((surrounding, i) =>
        [
          ...before,
          `def NAMEtest(${['mut k: Int', parameters].filter((part) => part !== '').join(', ')}):`,
          ...indent(surrounding(body)),
        ].map((line) => line.replaceAll('NAME', `t${i}_`)),
      ),
    ),
  );
  const structs = INITIALIZERS.flatMap((initializer, i) => [
    `struct T${i}:`,
    '    var a: R',
    '    var b: R',
    ...initializer,
  ]);
  return [...files, fileOf('an initializer that leaves a field out, or uses it before it is set', structs)];
}

function fileOf(what: string, declarations: readonly string[]): WrongLines {
  const lines = [...PRELUDE.split('\n').slice(0, PRELUDE_LINES), ...declarations, 'def main():', '    pass', ''];
  const wrong = lines.flatMap((line, i) => (line.endsWith('# wrong') ? [i + 1] : []));
  return { what, text: lines.join('\n'), wrong };
}
