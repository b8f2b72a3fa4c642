/** What `accepted-cases.ts` builds from: for each kind of value how it is made, looked into and changed. The types are in `accepted-prelude.ts`. */

/** Kinds of variables: how one is made, and the resources that it leads to. */
interface Entry {
  readonly make: (n: number) => string;
  readonly places: readonly string[];
  /** Other values in it: the kind, and where. */
  readonly inner: readonly (readonly [kind: string, place: string])[];
  /** Changes of the value as a whole; `#` is a number. After one of the second group the value is empty until it is filled. */
  readonly changes: readonly string[];
  readonly emptied: readonly (readonly [change: string, refill: string])[];
}

const TABLE = {
  R: {
    make: (n: number) => `R(${n})`,
    places: ['@'],
    inner: [],
    changes: ['@ = R(#)', '@.rename(SEEN)', 'set(@, SEEN)'],
    emptied: [['eat(@^)', '@ = R(#)']],
  },
  P: {
    make: (n: number) => `P(${n})`,
    places: ['@.a', '@.b', '@.first()'],
    inner: [['R', '@.a']],
    changes: ['@ = P(#)', '@.renew(SEEN)', 'renew(@, SEEN)', 'swap(@.a, @.b)'],
    emptied: [
      ['eat(@.a^)', '@.a = R(#)'],
      ['_ = @^', '@ = P(#)'],
    ],
  },
  L: {
    make: (n: number) => `row(${n})`,
    places: ['@[0]', '@[1]', 'first(@)', '@[len(@) - 1]'],
    inner: [['R', '@[0]']],
    changes: [
      ...['@ = [R(#), R(#)]', '@.append(R(#))', 'refill(@, SEEN)', 'grow(@, SEEN)', '@.append(SEEN.copy())'],
      ...['@.insert(0, R(#))', '@.reverse()', '@.reserve(#)', '@.extend([R(#)])', '@[0] = R(#)', '@.resize(2, R(#))'],
    ],
    emptied: [
      ['@.clear()', '@ = [R(#), R(#)]'],
      ['eat(@.pop())', '@ = [R(#), R(#)]'],
      ['_ = @^', '@ = [R(#), R(#)]'],
    ],
  },
  LL: {
    make: (n: number) => `rows(${n})`,
    places: ['@[0][0]', '@[0][1]'],
    inner: [['L', '@[0]']],
    changes: ['@.append([R(#)])', '@ = [[R(#), R(#)]]', '@[0] = [R(#), R(#)]'],
    emptied: [['_ = @.pop()', '@ = [[R(#), R(#)]]']],
  },
  O: {
    make: (n: number) => `Optional(R(${n}))`,
    places: ['@.value()'],
    inner: [['R', '@.value()']],
    changes: ['@ = R(#)', '@ = Optional(R(#))'],
    emptied: [
      ['@ = None', '@ = R(#)'],
      ['eat(@.take())', '@ = R(#)'],
    ],
  },
  D: {
    make: (n: number) => `{1: R(${n}), 2: R(${n + 1})}`,
    places: ['@[1]', '@[2]'],
    inner: [],
    changes: ['@[3] = R(#)', '@[1] = R(#)', '@ = {1: R(#), 2: R(#)}'],
    emptied: [
      ['eat(@.pop(1))', '@[1] = R(#)'],
      ['@.clear()', '@ = {1: R(#), 2: R(#)}'],
    ],
  },
  T: {
    make: (n: number) => `(R(${n}), R(${n + 1}))`,
    places: ['@[0]', '@[1]'],
    inner: [['R', '@[0]']],
    changes: ['@ = (R(#), R(#))', '@[0] = R(#)'],
    emptied: [['_ = @^', '@ = (R(#), R(#))']],
  },
  A: {
    make: (n: number) => `two_of(${n})`,
    places: ['@[0]', '@[1]'],
    inner: [['R', '@[0]']],
    changes: ['@ = [R(#), R(#)]', '@[0] = R(#)'],
    emptied: [['_ = @^', '@ = [R(#), R(#)]']],
  },
  B: {
    make: (n: number) => `Box(R(${n}))`,
    places: ['@.item', '@.get()'],
    inner: [['R', '@.item']],
    changes: ['@ = Box(R(#))', '@.put(R(#))', '@.item = R(#)'],
    emptied: [
      ['eat(@.item^)', '@.item = R(#)'],
      ['_ = @^', '@ = Box(R(#))'],
    ],
  },
  BL: {
    make: (n: number) => `Box(row(${n}))`,
    places: ['@.item[0]', '@.get()[1]'],
    inner: [
      ['L', '@.item'],
      ['L', '@.get()'],
    ],
    changes: ['@ = Box(row(#))', '@.put([R(#), R(#)])'],
    emptied: [],
  },
  OL: {
    make: (n: number) => `Optional(row(${n}))`,
    places: ['@.value()[0]'],
    inner: [['L', '@.value()']],
    changes: ['@ = [R(#), R(#)]'],
    emptied: [['@ = None', '@ = [R(#), R(#)]']],
  },
  H: {
    make: (n: number) => `Shelf(${n})`,
    places: ['@.top()', '@.rows[1]', '@.spare.value()', '@.view()[0]'],
    inner: [
      ['L', '@.rows'],
      ['O', '@.spare'],
    ],
    changes: ['@ = Shelf(#)', '@.grow(SEEN)'],
    emptied: [['_ = @^', '@ = Shelf(#)']],
  },
  W: {
    make: (n: number) => `OwnedPointer(R(${n}))`,
    places: ['@[]'],
    inner: [['R', '@[]']],
    changes: ['@ = OwnedPointer(R(#))'],
    emptied: [['_ = @^', '@ = OwnedPointer(R(#))']],
  },
  WP: {
    make: (n: number) => `OwnedPointer(Shelf(${n}))`,
    places: ['@[].top()', '@[].rows[0]'],
    inner: [['H', '@[]']],
    changes: ['@ = OwnedPointer(Shelf(#))'],
    emptied: [],
  },
  S: {
    make: (n: number) => `ArcPointer(Shelf(${n}))`,
    places: ['@[].rows[0]', '@[].top()'],
    inner: [['H', '@[]']],
    changes: ['@ = ArcPointer(Shelf(#))'],
    emptied: [['_ = @^', '@ = ArcPointer(Shelf(#))']],
  },
  V: {
    make: (n: number) => `Variant[R, P](R(${n}))`,
    places: ['@[R]'],
    inner: [],
    // Another type in it would be a trap where a closure looks for an 'R'.
    changes: ['@ = R(#)', '@.set(R(#))'],
    emptied: [['_ = @^', '@ = R(#)']],
  },
  DL: {
    make: (n: number) => `{1: row(${n}), 2: row(${n + 2})}`,
    places: ['@[1][0]', '@[2][1]'],
    inner: [['L', '@[1]']],
    changes: ['@[3] = row(#)', '@[1] = [R(#), R(#)]', '@.setdefault(4, row(#)).append(R(#))'],
    emptied: [
      ['_ = @.pop(1)', '@[1] = row(#)'],
      ['@.clear()', '@ = {1: row(#), 2: row(#)}'],
    ],
  },
  LO: {
    make: (n: number) => `options(${n})`,
    places: ['@[0].value()', '@[1].value()'],
    inner: [['O', '@[0]']],
    changes: ['@.append(R(#))', '@[0] = R(#)', '@ = options(#)', '@.reverse()'],
    emptied: [
      ['@.clear()', '@ = options(#)'],
      ['eat(@[0].take())', '@[0] = R(#)'],
    ],
  },
  LP: {
    make: (n: number) => `pairs(${n})`,
    places: ['@[0].a', '@[1].b', '@[0].first()'],
    inner: [['P', '@[0]']],
    changes: ['@.append(P(#))', '@[0] = P(#)', '@[0].a = R(#)', '@.insert(0, P(#))'],
    emptied: [['_ = @.pop(0)', '@ = pairs(#)']],
  },
  Q: {
    make: (n: number) => `queue(${n})`,
    places: ['@[0]', '@[1]'],
    inner: [['R', '@[0]']],
    changes: ['@.append(R(#))', '@.appendleft(R(#))', '@[0] = R(#)', '@ = queue(#)'],
    emptied: [
      ['@.clear()', '@ = queue(#)'],
      ['eat(@.pop())', '@ = queue(#)'],
    ],
  },
  AL: {
    make: (n: number) => `grid(${n})`,
    places: ['@[0][0]', '@[1][1]'],
    inner: [['L', '@[0]']],
    changes: ['@ = grid(#)', '@[0] = row(#)', '@[1].append(R(#))', 'swap(@[0], @[1])'],
    emptied: [['_ = @^', '@ = grid(#)']],
  },
  TO: {
    make: (n: number) => `(Optional(R(${n})), row(${n + 1}))`,
    places: ['@[0].value()', '@[1][0]'],
    inner: [
      ['O', '@[0]'],
      ['L', '@[1]'],
    ],
    changes: ['@ = (Optional(R(#)), row(#))', '@[0] = Optional(R(#))', '@[1] = row(#)'],
    emptied: [],
  },
  VL: {
    make: (n: number) => `Variant[List[R], P](row(${n}))`,
    places: ['@[List[R]][0]', '@[List[R]][1]'],
    inner: [['L', '@[List[R]]']],
    changes: ['@ = row(#)', '@.set(row(#))', '@[List[R]] = row(#)'],
    emptied: [['@ = P(#)', '@ = row(#)']],
  },
  DV: {
    make: (n: number) => `{"x": Variant[R, Int](R(${n}))}`,
    places: ['@["x"][R]'],
    inner: [['R', '@["x"][R]']],
    changes: ['@["y"] = Variant[R, Int](R(#))', '@["x"] = Variant[R, Int](R(#))'],
    emptied: [
      ['@["x"] = Variant[R, Int](3)', '@["x"] = Variant[R, Int](R(#))'],
      ['_ = @.pop("x")', '@["x"] = Variant[R, Int](R(#))'],
    ],
  },
  OT: {
    make: (n: number) => `Optional((R(${n}), R(${n + 1})))`,
    places: ['@.value()[0]', '@.value()[1]'],
    inner: [['T', '@.value()']],
    changes: ['@ = (R(#), R(#))'],
    emptied: [['_ = @.take()', '@ = (R(#), R(#))']],
  },
  WL: {
    make: (n: number) => `OwnedPointer(row(${n}))`,
    places: ['@[][0]', '@[][1]'],
    inner: [['L', '@[]']],
    changes: ['@[].append(R(#))', '@ = OwnedPointer(row(#))', '@[] = row(#)'],
    emptied: [],
  },
  C: {
    make: (n: number) => `chain(${n})`,
    places: ['@[].r', '@[].next.value()[].r', '@[].next.value()[].next.value()[].r'],
    inner: [['C', '@[].next.value()']],
    changes: ['@ = chain(#)', '@[].r = R(#)', '@[].next = chain(#)'],
    emptied: [
      ['@[].cut()', '@[].next = chain(#)'],
      ['@[].next = None', '@[].next = chain(#)'],
    ],
  },
  Z: {
    make: (n: number) => `letters(${n})`,
    places: [],
    inner: [],
    changes: ['@ += "xyz"', '@ = letters(#)', '@ += String("more").upper().lower()', '@.reserve(1000)'],
    emptied: [['_ = @^', '@ = letters(#)']],
  },
  LZ: {
    make: (n: number) => `words(${n})`,
    places: [],
    inner: [['Z', '@[0]']],
    changes: ['@.append(letters(#))', '@ = words(#)', '@[0] = letters(#)', '@[1] += "abc"'],
    emptied: [['@.clear()', '@ = words(#)']],
  },
} as const satisfies Record<string, Entry>;

export type KindName = keyof typeof TABLE;

export interface Kind extends Entry {
  readonly inner: readonly (readonly [kind: KindName, place: string])[];
}

export const KINDS: Readonly<Record<KindName, Kind>> = TABLE;
export const KIND_NAMES = Object.keys(TABLE) as KindName[];
