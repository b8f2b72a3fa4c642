/** Programs of the ownership generator, as data: what `generate.ts` makes, `print-program.ts` writes as Mojo, `lower.ts` takes apart for
 *  the reference model, and `minimize.ts` shrinks. Names are unique in a function. */

/** `R`: explicitly copyable, `I`: implicitly copyable, `M`: movable only, traces its moves; `Q`: lives in registers. All trace their ends.
 *  `P`: a struct {a: R, b: R}; `N`: {p: P, r: R}; `D`: {a: R, b: R} with a destructor of its own; `W`: {a: M, b: M};
 *  `B`: Box[R], a generic struct that can be copied if its item can; `X`: Box[M];
 *  `L`: List[R]; `O`: Optional[R]; `K`: Dict[Int, R]; `J`: Variant[R, P]; `U`: Bag[R], a container that the program writes itself on pointers;
 *  `T`: Tuple[R, R] and `A`: Array[R, 2], whose elements are looked at and changed in place; `E`: an error. */
export type Type =
  | 'R'
  | 'I'
  | 'M'
  | 'Q'
  | 'P'
  | 'N'
  | 'D'
  | 'W'
  | 'B'
  | 'X'
  | 'L'
  | 'O'
  | 'K'
  | 'J'
  | 'U'
  | 'T'
  | 'A'
  | 'E';

export const FIELDS: Readonly<Record<Type, readonly { readonly name: string; readonly type: Type }[]>> = {
  R: [],
  I: [],
  M: [],
  Q: [],
  E: [],
  P: [
    { name: 'a', type: 'R' },
    { name: 'b', type: 'R' },
  ],
  N: [
    { name: 'p', type: 'P' },
    { name: 'r', type: 'R' },
  ],
  D: [
    { name: 'a', type: 'R' },
    { name: 'b', type: 'R' },
  ],
  W: [
    { name: 'a', type: 'M' },
    { name: 'b', type: 'M' },
  ],
  B: [{ name: 'item', type: 'R' }],
  X: [{ name: 'item', type: 'M' }],
  L: [],
  O: [],
  K: [],
  J: [],
  U: [],
  T: [
    { name: '0', type: 'R' },
    { name: '1', type: 'R' },
  ],
  A: [
    { name: '0', type: 'R' },
    { name: '1', type: 'R' },
  ],
};

/** The first element of a list, what an optional holds, or the `R` in a variant, in a path. */
export const ELEMENT = '@';

/** A variable and a path of fields: `n.p.a` is `['n', 'p', 'a']`, `l[0]` is `['l', ELEMENT]`. */
export type Path = readonly string[];

export type Expression =
  /** A constructor call. `R`, `I`, `M`: the number; `P`, `N`, `D`: the fields; `L`, `A`, `U`: the elements; `O`: none or one; `K`: none or
   *  two, under the keys 1 and 2; `J`: an `R` or a `P`. */
  | { readonly kind: 'new'; readonly type: Type; readonly number: number; readonly parts: readonly Expression[] }
  /** `place^`. */
  | { readonly kind: 'move'; readonly place: Path; readonly type: Type }
  /** The place itself, of type `I`: an implicit copy, or a move at its last use. */
  | { readonly kind: 'name'; readonly place: Path; readonly type: Type }
  /** `place.copy()`, of type `R`, `B`, `L`, `K` or `A`. */
  | { readonly kind: 'copy'; readonly place: Path; readonly type: Type }
  /** `may(k, number)`: a new `R`, or an error. */
  | { readonly kind: 'may'; readonly number: number; readonly type: Type }
  /** `make(k, place, value)`: reads an `R`, takes an `R`, gives it back. */
  | { readonly kind: 'pass'; readonly place: Path; readonly value: Expression; readonly type: Type }
  /** `half(k, number)`: a `P` whose initializer may raise between its fields. */
  | { readonly kind: 'half'; readonly number: number; readonly type: Type }
  /** `place^.close(k, number)`: a `deinit` method that may raise, of type `P`. */
  | { readonly kind: 'close'; readonly place: Path; readonly number: number; readonly type: Type }
  /** `passed(value)`: through a generic function. */
  | { readonly kind: 'through'; readonly value: Expression; readonly type: Type }
  /** `a if step(k) else b`. */
  | { readonly kind: 'either'; readonly onTrue: Expression; readonly otherwise: Expression; readonly type: Type }
  /** `[R(number + i) for i in range(count) if step(k)]`. */
  | {
      readonly kind: 'gather';
      readonly number: number;
      readonly count: number;
      readonly filtered: boolean;
      readonly type: Type;
    }
  /** `[e.copy() for e in place]`. */
  | { readonly kind: 'copies'; readonly place: Path; readonly type: Type }
  /** `place^.open()`: a `deinit` method that gives one field away and lets the others end. */
  | { readonly kind: 'open'; readonly place: Path; readonly type: Type }
  /** `popped(place, number)`: the last element of a list or bag, what a dictionary has under `keyOf(number)`, or a new `R`. */
  | { readonly kind: 'pop'; readonly place: Path; readonly number: number; readonly type: Type }
  /** `taken(optional, number)`. */
  | { readonly kind: 'take'; readonly place: Path; readonly number: number; readonly type: Type }
  /** A function of the program. */
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Argument[]; readonly type: Type };

export type Convention = 'read' | 'mut' | 'var';

export type Argument =
  | { readonly kind: 'place'; readonly mut: boolean; readonly place: Path }
  | { readonly kind: 'value'; readonly value: Expression };

/** How a closure holds a variable or another closure. */
export type Capture = { readonly how: 'imm' | 'mut' | 'ref' | 'move'; readonly name: string };

/** How a closure is called: itself, by a generic function once or twice, or from the field of a struct. */
export type ClosureCall = 'direct' | 'run' | 'twice' | 'kept';

export type Statement = { line: number } & (
  | { readonly kind: 'var'; readonly name: string; readonly type: Type; readonly value: Expression | null }
  | { readonly kind: 'assign'; readonly place: Path; readonly type: Type; readonly value: Expression }
  /** `use(a)`, `use(a, b)`: reads. */
  | { readonly kind: 'use'; readonly places: readonly Path[] }
  /** `_ = place`: only a use. */
  | { readonly kind: 'keep'; readonly place: Path }
  /** `use(value)`: a temporary that is read. */
  | { readonly kind: 'peek'; readonly values: readonly Expression[] }
  /** `eat(value)`, `ignore(value)`. */
  | { readonly kind: 'eat'; readonly value: Expression; readonly ignored: boolean }
  /** `touch(place)`: changes an `R` in place; `reset(place, number)`: gives it a new value. */
  | { readonly kind: 'touch'; readonly place: Path }
  | { readonly kind: 'reset'; readonly place: Path; readonly number: number }
  | { readonly kind: 'swap'; readonly a: Path; readonly b: Path }
  /** `_ = value`. */
  | { readonly kind: 'discard'; readonly value: Expression }
  | { readonly kind: 'callDo'; readonly name: string; readonly args: readonly Argument[] }
  | { readonly kind: 'append'; readonly place: Path; readonly value: Expression }
  /** `dictionary[key] = value`; `variant.set(value)` with key 0. */
  | { readonly kind: 'put'; readonly place: Path; readonly key: number; readonly value: Expression }
  | { readonly kind: 'clear'; readonly place: Path }
  | { readonly kind: 'reverse'; readonly place: Path }
  | { readonly kind: 'insert'; readonly place: Path; readonly value: Expression }
  /** `for ref e in list: use(e)`; of a dictionary, its values. */
  | { readonly kind: 'each'; readonly place: Path }
  /** `for var name in list^: …`. */
  | { readonly kind: 'drain'; readonly name: string; readonly place: Path; readonly body: readonly Statement[] }
  /** `if len(list) > 0: …`, `if optional: …`, `if variant.isa[R](): …`: its element may be named in the body. */
  | {
      readonly kind: 'present';
      readonly place: Path;
      readonly type: 'L' | 'O' | 'J';
      readonly body: readonly Statement[];
    }
  /** `ref name = place`, `var name = Pointer(to=place)`, `var name = View(Pointer(to=place))`. */
  | { readonly kind: 'ref'; readonly name: string; readonly place: Path; readonly how: 'ref' | 'pointer' | 'view' }
  /** `ref name = pick(k, a, b)`. */
  | { readonly kind: 'pick'; readonly name: string; readonly a: Path; readonly b: Path }
  /** A nested function; `parameter` is an `R` that it takes over. */
  | {
      readonly kind: 'closure';
      readonly name: string;
      readonly captures: readonly Capture[];
      readonly parameter: boolean;
    }
  /** `var name = Keep(closure^)`. */
  | { readonly kind: 'keepClosure'; readonly name: string; readonly closure: string }
  | {
      readonly kind: 'callClosure';
      readonly name: string;
      readonly how: ClosureCall;
      readonly argument: Expression | null;
    }
  | { readonly kind: 'if'; readonly onTrue: readonly Statement[]; readonly otherwise: readonly Statement[] | null }
  | ({ readonly kind: 'while'; readonly counter: string; readonly rounds: number } & LoopParts)
  | ({ readonly kind: 'for'; readonly rounds: number } & LoopParts)
  | {
      readonly kind: 'try';
      readonly body: readonly Statement[];
      /** The error's name in the handler. */
      readonly error: string | null;
      readonly handler: readonly Statement[] | null;
      readonly otherwise: readonly Statement[] | null;
      readonly last: readonly Statement[] | null;
    }
  /** `plain`: `with Guard(number): …`; `told`: `with Told(number): …`, whose `__exit__` sees the error and swallows it if the number is even;
   *  `entered`: `with Entered(number) as name: …`, whose `__enter__` consumes the manager and makes an `R`. In the first two `name` is the
   *  manager's in the model. */
  | {
      readonly kind: 'with';
      readonly how: 'plain' | 'told' | 'entered';
      readonly name: string;
      readonly number: number;
      readonly body: readonly Statement[];
    }
  | { readonly kind: 'break' }
  | { readonly kind: 'continue' }
  | { readonly kind: 'return'; readonly value: Expression | null }
  | { readonly kind: 'raise'; readonly number: number }
  /** `raise error^`. */
  | { readonly kind: 'reraise'; readonly error: string }
  /** `fail(k, number)`: may raise. */
  | { readonly kind: 'fail'; readonly number: number }
);

interface LoopParts {
  readonly body: readonly Statement[];
  /** `else` of the loop: runs unless it was left by `break`. */
  readonly otherwise: readonly Statement[] | null;
}

export interface Parameter {
  readonly name: string;
  readonly type: Type;
  readonly convention: Convention;
}

export interface ProgramFunction {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly result: Type | null;
  readonly raises: boolean;
  /** `out result: …`, set before a plain `return`. */
  readonly named: boolean;
  readonly body: readonly Statement[];
}

/** The functions call earlier ones only; the last one is the program's start and takes nothing. */
export interface Program {
  readonly seed: number;
  readonly functions: readonly ProgramFunction[];
}

/** Closures have names of their own, `f0` or `h0`. */
export function isClosure(name: string): boolean {
  return /^[fh]\d/.test(name);
}

/** The key that `popped` looks for in a dictionary. */
export function keyOf(number: number): number {
  return (number % 3) + 1;
}

/** The field that `open` gives away, by type. */
export const OPENED: Readonly<Partial<Record<Type, number>>> = { P: 1, N: 1, D: 0, W: 1 };

/** Paths of the parts of a type that are tracked on their own; of an undivided type the one empty path. */
export function leavesOf(type: Type): readonly Path[] {
  if (!isDivided(type)) return [[]];
  return FIELDS[type].flatMap((field) => leavesOf(field.type).map((rest) => [field.name, ...rest]));
}

/** Only types without a destructor of their own can be taken apart. */
export function isDivided(type: Type): boolean {
  return type === 'P' || type === 'N' || type === 'W' || type === 'B' || type === 'X';
}

export function typeAt(type: Type, path: Path): Type {
  let found = type;
  for (const name of path) {
    if (name === ELEMENT) {
      found = 'R';
      continue;
    }
    const field = FIELDS[found].find((entry) => entry.name === name);
    if (field === undefined) throw new Error(`no field ${name} in ${found}`);
    found = field.type;
  }
  return found;
}
