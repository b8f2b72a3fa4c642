/** Drop insertion and copy decisions: the order of events along a path. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HirFunction, HirStatement } from '@kiln/compiler/sema/hir.ts';
import { type Hir, World } from './helpers.ts';

interface Kit {
  readonly w: World;
  readonly mk: HirFunction;
  readonly val: HirFunction;
  readonly eat: HirFunction;
  readonly show: HirFunction;
  readonly may: HirFunction;
  readonly flag: HirFunction;
}

function kit(): Kit {
  const w = new World();
  return {
    w,
    mk: w.fn('mk', [['v', 'imm', w.int]], w.res),
    val: w.fn('val', [['r', 'imm', w.res]], w.int),
    eat: w.fn('eat', [['r', 'var', w.res]], w.none),
    show: w.fn('show', [['n', 'imm', w.int]], w.none),
    may: w.fn('may', [], w.res, { raises: w.error }),
    flag: w.fn('flag', [], w.bool),
  };
}

function traceOf(
  k: Kit,
  make: (h: Hir) => readonly HirStatement[],
  arms: readonly boolean[] = [],
  fn = k.w.fn('f', [], k.w.none),
): string {
  k.w.define(fn, make);
  const body = k.w.lower(fn);
  assert.notEqual(body, null, k.w.messages().join('; '));
  return body === null ? '' : k.w.trace(body, arms).join(' ');
}

test('a variable dies right after its last use', () => {
  const k = kit();
  const trace = traceOf(k, (h) => [
    h.var('x', k.w.res, h.call(k.mk, h.int(1))),
    h.expr(h.call(k.val, h.local('x'))),
    h.expr(h.call(k.show, h.int(2))),
  ]);
  assert.equal(trace, 'mk val -x show return');
});

test('an overwritten value dies before the new one is made', () => {
  const k = kit();
  const trace = traceOf(k, (h) => [
    h.var('x', k.w.res, h.call(k.mk, h.int(3))),
    h.assign(h.local('x'), h.call(k.mk, h.int(4))),
    h.expr(h.call(k.val, h.local('x'))),
  ]);
  assert.equal(trace, 'mk -x mk val -x return');
});

test('three unused locals die one after the other; arguments of one call in reverse', () => {
  const k = kit();
  const two = k.w.fn(
    'two',
    [
      ['a', 'imm', k.w.res],
      ['b', 'imm', k.w.res],
    ],
    k.w.none,
  );
  const trace = traceOf(k, (h) => [h.expr(h.call(two, h.call(k.mk, h.int(5)), h.call(k.mk, h.int(6))))]);
  assert.match(trace, /^mk mk two -_(\d+) -_(\d+) return$/);
  const [first, second] = [...trace.matchAll(/-_(\d+)/g)].map((m) => Number(m[1]));
  assert.ok((first ?? 0) > (second ?? 0));
});

test('branches: used in one arm only', () => {
  const k = kit();
  const make = (h: Hir): HirStatement[] => [
    h.var('a', k.w.res, h.call(k.mk, h.int(1))),
    h.var('b', k.w.res, h.call(k.mk, h.int(2))),
    h.if(h.call(k.flag), [h.expr(h.call(k.val, h.local('a')))], [h.expr(h.call(k.show, h.int(0)))]),
    h.expr(h.call(k.show, h.int(1))),
  ];
  assert.equal(traceOf(k, make, [true]), 'mk mk -b flag val -a show return');
  assert.equal(
    traceOf(kit(), (h) => [h.expr(h.call(k.show, h.int(1)))], []),
    'show return',
  );
  const other = kit();
  assert.equal(
    traceOf(
      other,
      (h) => [
        h.var('a', other.w.res, h.call(other.mk, h.int(1))),
        h.if(h.call(other.flag), [h.expr(h.call(other.val, h.local('a')))], [h.expr(h.call(other.show, h.int(0)))]),
      ],
      [false],
    ),
    'mk flag -a show return',
  );
});

test('copy becomes move at the last use, and nothing at all for an owned argument', () => {
  const k = kit();
  const trace = traceOf(k, (h) => [
    h.var('a', k.w.res, h.call(k.mk, h.int(1))),
    h.var('b', k.w.res, h.copy(h.local('a'))),
    h.expr(h.call(k.val, h.local('a'))),
    h.var('c', k.w.res, h.copy(h.local('b'))),
    h.expr(h.call(k.eat, h.own(h.copy(h.local('c'))))),
  ]);
  assert.equal(trace, 'mk b=copy a val -a c=move b eat return');
});

test('a bare type parameter is copied and destroyed', () => {
  const k = kit();
  const t = k.w.store.newParam('T', k.w.trait('Copyable'));
  const fn = k.w.fn('g', [['x', 'var', t]], t, { params: [t] });
  assert.equal(
    traceOf(k, (h) => [h.return(h.copy(h.local('x')))], [], fn),
    '_1=copy x -x return',
  );
});

test('field overwrites destroy the old field early, the rest as a whole', () => {
  const k = kit();
  const make = k.w.fn('pair', [], k.w.pair);
  const trace = traceOf(k, (h) => [
    h.var('p', k.w.pair, h.call(make)),
    h.expr(h.call(k.show, h.int(1))),
    h.assign(h.field(h.local('p'), 0), h.call(k.mk, h.int(1))),
    h.expr(h.call(k.val, h.field(h.local('p'), 0))),
    h.expr(h.call(k.show, h.int(2))),
  ]);
  assert.equal(trace, 'pair -p.a show mk val -p show return');
});

test('deinit arguments die field by field', () => {
  const k = kit();
  const fn = k.w.fn('del', [['self', 'deinit', k.w.pair]], k.w.none);
  const trace = traceOf(
    k,
    (h) => [h.expr(h.call(k.val, h.field(h.local('self'), 1))), h.expr(h.call(k.show, h.int(1)))],
    [],
    fn,
  );
  assert.equal(trace, '-self.a val -self.b show return');
});

test('owned arguments that are not used die at entry', () => {
  const k = kit();
  const fn = k.w.fn(
    'ignore',
    [
      ['a', 'var', k.w.res],
      ['b', 'imm', k.w.res],
    ],
    k.w.none,
  );
  assert.equal(
    traceOf(k, (h) => [h.expr(h.call(k.show, h.int(1)))], [], fn),
    '-a show return',
  );
});

test('error edges: what the handler does not need dies before it', () => {
  const k = kit();
  const make = (h: Hir): HirStatement[] => [
    h.var('a', k.w.res, h.call(k.mk, h.int(1))),
    h.try(
      [
        h.var('b', k.w.res, h.call(k.mk, h.int(2))),
        h.var('c', k.w.res, h.call(k.may)),
        h.expr(h.call(k.val, h.local('b'))),
        h.expr(h.call(k.val, h.local('c'))),
      ],
      [h.expr(h.call(k.show, h.int(0)))],
    ),
    h.expr(h.call(k.val, h.local('a'))),
  ];
  assert.equal(traceOf(k, make, [true]), 'mk mk may -b -e show val -a return');
  assert.equal(traceOf(kit2(k), make, [false]), 'mk mk may val -b val -c val -a return');
});

/** The functions of a kit may be defined again under another name. */
function kit2(k: Kit): Kit {
  return k;
}

test('a reference keeps its owner alive', () => {
  const k = kit();
  const trace = traceOf(k, (h) => {
    const a = h.var('a', k.w.res, h.call(k.mk, h.int(1)));
    const reference = h.refOf(h.local('a'), h.originOf('a'));
    return [
      a,
      h.var('r', reference.type, reference),
      h.expr(h.call(k.show, h.int(1))),
      h.expr(h.call(k.val, h.deref(h.local('r')))),
      h.expr(h.call(k.show, h.int(2))),
    ];
  });
  assert.equal(trace, 'mk show val -a show return');
});

test('loop variables die on the exit edges', () => {
  const k = kit();
  const make = (h: Hir): HirStatement[] => [
    h.var('a', k.w.res, h.call(k.mk, h.int(1))),
    h.loop(0, [h.if(h.call(k.flag), [h.break(0)]), h.expr(h.call(k.val, h.local('a')))]),
    h.expr(h.call(k.show, h.int(1))),
  ];
  assert.equal(traceOf(k, make, [false, true]), 'mk flag val flag -a show return');
});

test('finally runs on return and on error', () => {
  const k = kit();
  const make = (h: Hir): HirStatement[] => [
    h.try([h.expr(h.call(k.may)), h.return()], null, [h.expr(h.call(k.show, h.int(9)))]),
  ];
  const fn = k.w.fn('fin', [], k.w.none, { raises: k.w.error });
  assert.match(traceOf(k, make, [false], fn), /^may -_\d+ show return$/);
  assert.match(traceOf(k, make, [true], fn), /^may show _\d+=move _\d+ raise$/);
});

test('an initializer that raises destroys only the fields that are set', () => {
  const k = kit();
  const parent = k.w.struct({
    name: 'Owner',
    fields: [
      ['a', k.w.res],
      ['b', k.w.res],
    ],
  });
  const fn = k.w.fn('__init__', [], parent.self, { raises: k.w.error, parent: parent.id, named: 'self' });
  const make = (h: Hir): HirStatement[] => [
    h.assign(h.field(h.local('self'), 0), h.call(k.mk, h.int(1))),
    h.assign(h.field(h.local('self'), 1), h.call(k.may)),
  ];
  assert.equal(traceOf(k, make, [true], fn), 'mk may -self.a raise');
  assert.equal(traceOf(k, make, [false], fn), 'mk may return');
});
