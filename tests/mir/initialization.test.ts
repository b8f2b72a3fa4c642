/** Definite initialization, partial moves and abandoned values: which programs are rejected, and how. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HirFunction, HirStatement } from '@kiln/compiler/sema/hir.ts';
import { type Hir, World } from './helpers.ts';

interface Kit {
  readonly w: World;
  readonly mk: HirFunction;
  readonly val: HirFunction;
  readonly eat: HirFunction;
  readonly flag: HirFunction;
  readonly may: HirFunction;
}

function kit(): Kit {
  const w = new World();
  return {
    w,
    mk: w.fn('mk', [], w.res),
    val: w.fn('val', [['r', 'imm', w.res]], w.int),
    eat: w.fn('eat', [['r', 'var', w.res]], w.none),
    flag: w.fn('flag', [], w.bool),
    may: w.fn('may', [], w.int, { raises: w.error }),
  };
}

function messages(k: Kit, make: (h: Hir) => readonly HirStatement[], fn = k.w.fn('f', [], k.w.none)): string {
  k.w.define(fn, make);
  k.w.lower(fn);
  return k.w.messages().join('; ');
}

test('use of a variable that was never set, or only on one path', () => {
  const k = kit();
  assert.equal(
    messages(k, (h) => [h.var('x', k.w.res, null), h.expr(h.call(k.val, h.local('x')))]),
    "use of uninitialized value 'x'",
  );
  const k2 = kit();
  assert.equal(
    messages(k2, (h) => [
      h.var('x', k2.w.res, null),
      h.if(h.call(k2.flag), [h.assign(h.local('x'), h.call(k2.mk))]),
      h.expr(h.call(k2.val, h.local('x'))),
    ]),
    "use of uninitialized value 'x'",
  );
  const k3 = kit();
  assert.equal(
    messages(k3, (h) => [
      h.var('x', k3.w.res, null),
      h.if(h.call(k3.flag), [h.assign(h.local('x'), h.call(k3.mk))], [h.assign(h.local('x'), h.call(k3.mk))]),
      h.expr(h.call(k3.val, h.local('x'))),
    ]),
    '',
  );
});

test('use after a move names the move', () => {
  const k = kit();
  const text = messages(k, (h) => [
    h.var('x', k.w.res, h.call(k.mk)),
    h.expr(h.call(k.eat, h.own(h.move(h.local('x'))))),
    h.expr(h.call(k.val, h.local('x'))),
    h.expr(h.call(k.val, h.local('x'))),
  ]);
  assert.equal(text, "use of uninitialized value 'x'");
  const [diagnostic] = k.w.sink.sorted();
  assert.match(diagnostic?.notes.join(' ') ?? '', /moved/);
  assert.ok(diagnostic?.secondary.some((label) => label.text === 'moved here'));
});

test('a move in a loop', () => {
  const k = kit();
  const text = messages(k, (h) => [
    h.var('x', k.w.res, h.call(k.mk)),
    h.loop(0, [h.if(h.call(k.flag), [h.break(0)]), h.expr(h.call(k.eat, h.own(h.move(h.local('x')))))]),
  ]);
  assert.equal(text, "use of uninitialized value 'x'");
});

test('missing return', () => {
  const k = kit();
  const fn = k.w.fn('f', [], k.w.int);
  assert.equal(
    messages(k, (h) => [h.if(h.call(k.flag), [h.return(h.int(1))])], fn),
    'return expected at end of function with results',
  );
  assert.equal(k.w.sink.sorted()[0]?.primary?.span, fn.span);
});

test('an initializer must set every field', () => {
  const k = kit();
  const owner = k.w.struct({
    name: 'Owner',
    fields: [
      ['a', k.w.res],
      ['b', k.w.res],
    ],
  });
  const fn = k.w.fn('__init__', [], owner.self, { parent: owner.id, named: 'self' });
  const text = messages(k, (h) => [h.assign(h.field(h.local('self'), 0), h.call(k.mk))], fn);
  assert.equal(text, "'self.b' is uninitialized at the implicit return from this function");
});

test('partial moves', () => {
  const pair = (k: Kit): HirFunction => k.w.fn('pair', [], k.w.pair);
  const k = kit();
  const make = pair(k);
  assert.equal(
    messages(k, (h) => [
      h.var('p', k.w.pair, h.call(make)),
      h.expr(h.call(k.eat, h.own(h.move(h.field(h.local('p'), 0))))),
      h.expr(h.call(k.val, h.field(h.local('p'), 1))),
    ]),
    "value 'p.a' cannot be consumed, because 'p' is used later",
  );
  const k2 = kit();
  const make2 = pair(k2);
  const show = k2.w.fn('show', [['p', 'imm', k2.w.pair]], k2.w.none);
  assert.equal(
    messages(k2, (h) => [
      h.var('p', k2.w.pair, h.call(make2)),
      h.expr(h.call(k2.eat, h.own(h.move(h.field(h.local('p'), 0))))),
      h.expr(h.call(show, h.local('p'))),
    ]),
    "use of uninitialized value 'p.a'",
  );
  const k3 = kit();
  const make3 = pair(k3);
  assert.equal(
    messages(k3, (h) => [
      h.var('p', k3.w.pair, h.call(make3)),
      h.expr(h.call(k3.eat, h.own(h.move(h.field(h.local('p'), 0))))),
    ]),
    "field 'p.a' destroyed out of the middle of a value, preventing the overall value from being destroyed",
  );
  const k4 = kit();
  const make4 = pair(k4);
  assert.equal(
    messages(k4, (h) => [
      h.var('p', k4.w.pair, h.call(make4)),
      h.expr(h.call(k4.eat, h.own(h.move(h.field(h.local('p'), 0))))),
      h.assign(h.field(h.local('p'), 0), h.call(k4.mk)),
    ]),
    '',
  );
});

test('a variable set only in try is not set after it', () => {
  const k = kit();
  const use = k.w.fn('use', [['n', 'imm', k.w.int]], k.w.none);
  assert.equal(
    messages(k, (h) => [
      h.var('port', k.w.int, null),
      h.try([h.assign(h.local('port'), h.call(k.may))], []),
      h.expr(h.call(use, h.local('port'))),
    ]),
    "use of uninitialized value 'port'",
  );
});

test('a value without destructor must be consumed', () => {
  const k = kit();
  const linear = k.w.struct({ name: 'L', destroy: { kind: 'none' } });
  const make = k.w.fn('make', [], linear.self);
  const finish = k.w.fn('finish', [['self', 'deinit', linear.self]], k.w.none);
  assert.equal(
    messages(k, (h) => [h.var('a', linear.self, h.call(make))]),
    "'a' abandoned without being explicitly destroyed: unhandled explicitly destroyed type 'L'",
  );
  const k2 = kit();
  assert.equal(
    messages(k2, () => [], k2.w.fn('g', [], k2.w.none)),
    '',
  );
  const fine = k.w.fn('fine', [], k.w.none);
  const before = k.w.messages().length;
  messages(
    k,
    (h) => [h.var('a', linear.self, h.call(make)), h.expr(h.call(finish, h.own(h.move(h.local('a')))))],
    fine,
  );
  assert.equal(k.w.messages().length, before);
});

test('a let is bound once', () => {
  const k = kit();
  const use = k.w.fn('use', [['n', 'imm', k.w.int]], k.w.none);
  const text = messages(k, (h) => [
    h.let('x', k.w.int, h.int(1)),
    h.assign(h.local('x'), h.int(2)),
    h.expr(h.call(use, h.local('x'))),
  ]);
  assert.match(text, /'let' value 'x' is already initialized/);
});

test('using a reference after its owner was moved', () => {
  const k = kit();
  const text = messages(k, (h) => {
    const a = h.var('a', k.w.res, h.call(k.mk));
    const reference = h.refOf(h.local('a'), h.originOf('a'));
    return [
      a,
      h.var('r', reference.type, reference),
      h.expr(h.call(k.eat, h.own(h.move(h.local('a'))))),
      h.expr(h.call(k.val, h.deref(h.local('r')))),
    ];
  });
  assert.equal(text, "use of uninitialized value 'a'");
});
