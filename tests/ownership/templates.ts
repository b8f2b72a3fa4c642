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

/** What the generator's own types and functions do not have. */
const MORE: readonly string[] = [
  'struct Shelf(Movable):',
  '    var rows: List[R]',
  '    var spare: R',
  '    def __init__(out self):',
  '        self.rows = [R(1), R(2)]',
  '        self.spare = R(3)',
  '    def top(ref self) -> ref[self.rows[0]] R:',
  '        return self.rows[0]',
  '    def grow(mut self, seen: R):',
  '        self.rows.append(R(4))',
  '        use(seen)',
  '    def renew(mut self, mut part: R):',
  '        self.rows.clear()',
  '        touch(part)',
  'def both(mut a: R, b: R):',
  '    touch(a)',
  '    use(b)',
  'def fill(mut l: List[R], seen: R):',
  '    l.append(seen.copy())',
  'def empty(mut o: Optional[R], seen: R):',
  '    o = None',
  '    use(seen)',
  'def with_both[F: def() -> None](f: F, mut r: R):',
  '    f()',
  '    touch(r)',
  '@explicit_destroy("call finish")',
  'struct Must(Deinitable where False):',
  '    var n: Int',
  '    def __init__(out self, n: Int):',
  '        self.n = n',
  '    def finish(deinit self):',
  '        say("f", self.n)',
];

const TEMPLATES: readonly Template[] = [
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
  template('a transfer of a global part', '', ['var t = (R(1), R(2))', 'eat(t[0]^)  # wrong']),
  template('a pointer to a local that is returned', '', [
    'def inner() {} -> Pointer[R, MutUntrackedOrigin]:',
    '    var x = R(1)',
    '    return Pointer(to=x)  # wrong',
    '_ = inner()',
  ]),
  template('a write to what a closure captured to read', '', [
    'var x = R(1)',
    'def f() {imm x}:',
    '    touch(x)  # wrong',
    'f()',
  ]),
  template('a capture to change of a read argument', 'x: R', ['def f() {mut x}:  # wrong', '    touch(x)', 'f()']),
  template('a capture that the list does not name', '', ['var x = R(1)', 'def f() {}:', '    use(x)  # wrong', 'f()']),
];

/** Mistakes with the flow of values, found where no type is wrong. */
const FLOW_TEMPLATES: readonly Template[] = [
  template('a part moved out of a type with a destructor', '', ['var d = D(R(1), R(2))  # wrong', 'eat(d.a^)']),
  template(
    'a mut argument and its part',
    'mut x: P',
    ['NAMEboth(x, x.a)  # wrong'],
    ['def NAMEboth(mut p: P, mut r: R):', '    touch(p.b)', '    touch(r)'],
  ),
  template('a method that changes the whole and sees a part', '', ['var s = Shelf()', 's.grow(s.spare)  # wrong']),
  template('a method that changes the whole and an element', '', ['var s = Shelf()', 's.renew(s.rows[0])  # wrong']),
  template('a method that changes the whole and what another method lends', '', [
    'var s = Shelf()',
    's.grow(s.top())  # wrong',
  ]),
  template('two elements of a list, one to be changed', '', [
    'var l: List[R] = [R(1), R(2)]',
    'both(l[0], l[1])  # wrong',
  ]),
  template('a list and its element', '', ['var l: List[R] = [R(1), R(2)]', 'fill(l, l[1])  # wrong']),
  template('an optional and what it holds', '', ['var o = Optional[R](R(1))', 'empty(o, o.value())  # wrong']),
  template('a reference to one of two and one of them', '', [
    'var a = R(1)',
    'var b = R(2)',
    'both(pick(k, a, b), b)  # wrong',
  ]),
  template('a pointer and what it points to', '', ['var x = R(1)', 'var p = Pointer(to=x)', 'both(x, p[])  # wrong']),
  template('a closure that changes what the call changes', '', [
    'var x = R(1)',
    'def f() {mut x}:',
    '    touch(x)',
    'with_both(f, x)  # wrong',
  ]),
  template('a closure that reads what the call changes', '', [
    'var x = P(R(1), R(2))',
    'def f() {imm x}:',
    '    use(x)',
    'with_both(f, x.a)  # wrong',
  ]),
  template('a value that must be consumed', '', ['var m = Must(1)', 'say("m", m.n)  # wrong']),
  template('a value that must be consumed, on one way', '', [
    'var m = Must(1)',
    'if step(k):  # wrong',
    '    m^.finish()',
  ]),
  template('a value that must be consumed and is replaced', '', [
    'var m = Must(1)',
    'say("m", m.n)  # wrong',
    'm = Must(2)',
    'm^.finish()',
  ]),
  template('moved while a closure holds it', '', [
    'var x = R(1)',
    'def f() {imm x}:',
    '    use(x)',
    'eat(x^)',
    'f()  # wrong',
  ]),
  template('a closure used after it was moved', '', [
    'var x = R(1)',
    'def f() {imm x}:',
    '    use(x)',
    'var h = Keep(f^)',
    'h.call()',
    'f()  # wrong',
  ]),
  template('used after a struct took it over', '', ['var x = R(1)', 'var b = Box(x^)', 'use(b)', 'use(x)  # wrong']),
  template('used after a list took it over', '', [
    'var x = R(1)',
    'var l: List[R] = [x^]',
    'use(l)',
    'use(x)  # wrong',
  ]),
  template('used after it was taken apart', '', ['var p = P(R(1), R(2))', 'eat(p^.open())', 'use(p)  # wrong']),
  template('a list used after its elements were taken out', '', [
    'var l: List[R] = [R(1), R(2)]',
    'for var x in l^:',
    '    eat(x^)',
    'use(l)  # wrong',
  ]),
  template('an error used after it was raised on', '', [
    'try:',
    '    try:',
    '        fail(k, 1)',
    '    except e:',
    '        try:',
    '            raise e^',
    '        finally:',
    '            use(e)  # wrong',
    'except:',
    '    pass',
  ]),
  template('moved in every round of a comprehension', '', [
    'var x = R(1)',
    'var l = [passed(x^) for _ in range(2)]  # wrong',
    'use(l)',
  ]),
  template('moved by one of two values', '', [
    'var x = R(1)',
    'var y = x^ if step(k) else R(2)',
    'use(y)',
    'use(x)  # wrong',
  ]),
  template('a pointer that outlives a moved owner', '', [
    'var x = R(1)',
    'var p = Pointer(to=x)',
    'var y = x^',
    'use(p[])  # wrong',
    'use(y)',
  ]),
  template('a struct with a pointer that outlives a moved owner', '', [
    'var x = R(1)',
    'var v = View(Pointer(to=x))',
    'eat(x^)',
    'use(v.get())  # wrong',
  ]),
  template('a view of a list that grows', '', [
    'var l: List[Int] = [1, 2]',
    'var v = Span(l)',
    'l.append(3)',
    'say("v", v[0])  # wrong',
  ]),
  template('an element of a field that a method changes', '', [
    'var s = Shelf()',
    'ref top = s.top()',
    's.grow(R(9))',
    'use(top)  # wrong',
  ]),
  template('an element of a list that a closure changes', '', [
    'var l: List[R] = [R(1), R(2)]',
    'ref first = l[0]',
    'def f() {mut l}:',
    '    l.clear()',
    'f()',
    'use(first)  # wrong',
  ]),
  template('an element of an inner list that goes', '', [
    'var l: List[List[R]] = [[R(1)], [R(2)]]',
    'ref first = l[0][0]',
    '_ = l.pop()',
    'use(first)  # wrong',
  ]),
  template('an entry of a dictionary that changes', '', [
    'var d = Dict[Int, Int]()',
    'd[1] = 2',
    'for ref entry in d.values():',
    '    d[3] = 4',
    '    say("d", entry)  # wrong',
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

/** The lines of mistakes in all surroundings. */
function linesOf(templates: readonly Template[]): string[] {
  return templates.flatMap(({ before, parameters, body }, number) =>
    SURROUNDINGS.flatMap((surrounding, i) =>
      [
        ...before,
        `def NAMEtest(${['mut k: Int', parameters].filter((part) => part !== '').join(', ')}):`,
        ...indent(surrounding(body)),
      ].map((line) => line.replaceAll('NAME', `t${number}_${i}_`)),
    ),
  );
}

/** Errors of types hide errors of flow: a file for each sort. */
export function wrongByTemplate(): WrongLines[] {
  const structs = INITIALIZERS.flatMap((initializer, i) => [
    `struct T${i}:`,
    '    var a: R',
    '    var b: R',
    ...initializer,
  ]);
  return [
    fileOf('mistakes with types and mutability', [...MORE, ...linesOf(TEMPLATES)]),
    fileOf('mistakes with the flow of values', [...MORE, ...linesOf(FLOW_TEMPLATES)]),
    fileOf('an initializer that leaves a field out, or uses it before it is set', structs),
  ];
}

/** A file for each mistake, in one surrounding: what another compiler is asked. */
export function singleMistakes(): WrongLines[] {
  return [...TEMPLATES, ...FLOW_TEMPLATES].map((wrong) =>
    fileOf(wrong.what, [...MORE, ...linesOf([wrong]).slice(0, wrong.before.length + wrong.body.length + 1)]),
  );
}

function fileOf(what: string, declarations: readonly string[]): WrongLines {
  const lines = [...PRELUDE.split('\n').slice(0, PRELUDE_LINES), ...declarations, 'def main():', '    pass', ''];
  const wrong = lines.flatMap((line, i) => (line.endsWith('# wrong') ? [i + 1] : []));
  return { what, text: lines.join('\n'), wrong };
}
