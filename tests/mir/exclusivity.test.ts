/** Exclusivity at calls and interior references. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HirFunction, HirStatement } from '@kiln/compiler/sema/hir.ts';
import { type Hir, World } from './helpers.ts';

function messages(w: World, make: (h: Hir) => readonly HirStatement[]): string {
  const fn = w.fn('f', [], w.none);
  w.define(fn, make);
  w.lower(fn);
  return w.messages().join('; ');
}

interface Kit {
  readonly w: World;
  readonly mk: HirFunction;
  readonly pair: HirFunction;
  readonly two: HirFunction;
  readonly mixed: HirFunction;
}

function kit(): Kit {
  const w = new World();
  return {
    w,
    mk: w.fn('mk', [], w.res),
    pair: w.fn('pair', [], w.pair),
    two: w.fn(
      'two',
      [
        ['a', 'mut', w.res],
        ['b', 'mut', w.res],
      ],
      w.none,
    ),
    mixed: w.fn(
      'mixed',
      [
        ['a', 'mut', w.res],
        ['b', 'imm', w.res],
      ],
      w.none,
    ),
  };
}

test('one value passed mutably twice, or mutably and immutably', () => {
  const k = kit();
  assert.equal(
    messages(k.w, (h) => [
      h.var('x', k.w.res, h.call(k.mk)),
      h.expr(h.call(k.two, h.mut(h.local('x')), h.mut(h.local('x')))),
    ]),
    "aliasing values passed mutably to 'a' argument and passed mutably to 'b' argument in 'two' call",
  );
  const k2 = kit();
  assert.match(
    messages(k2.w, (h) => [
      h.var('x', k2.w.res, h.call(k2.mk)),
      h.expr(h.call(k2.mixed, h.mut(h.local('x')), h.local('x'))),
    ]),
    /mutably to 'a' argument and passed immutably to 'b'/,
  );
});

test('different fields do not overlap; a field and the whole do', () => {
  const k = kit();
  assert.equal(
    messages(k.w, (h) => [
      h.var('p', k.w.pair, h.call(k.pair)),
      h.expr(h.call(k.two, h.mut(h.field(h.local('p'), 0)), h.mut(h.field(h.local('p'), 1)))),
    ]),
    '',
  );
  const k2 = kit();
  const whole = k2.w.fn(
    'whole',
    [
      ['p', 'mut', k2.w.pair],
      ['r', 'imm', k2.w.res],
    ],
    k2.w.none,
  );
  assert.match(
    messages(k2.w, (h) => [
      h.var('p', k2.w.pair, h.call(k2.pair)),
      h.expr(h.call(whole, h.mut(h.local('p')), h.field(h.local('p'), 0))),
    ]),
    /^aliasing/,
  );
});

test('a register-trivial imm argument is copied first', () => {
  const w = new World();
  const add = w.fn(
    'add',
    [
      ['a', 'mut', w.int],
      ['b', 'imm', w.int],
    ],
    w.none,
  );
  assert.equal(
    messages(w, (h) => [h.var('k', w.int, h.int(1)), h.expr(h.call(add, h.mut(h.local('k')), h.local('k')))]),
    '',
  );
});

test('through a reference binding', () => {
  const k = kit();
  const text = messages(k.w, (h) => {
    const x = h.var('x', k.w.res, h.call(k.mk));
    const reference = h.refOf(h.local('x'), h.originOf('x'));
    return [
      x,
      h.var('r', reference.type, reference),
      h.expr(h.call(k.two, h.mut(h.local('x')), h.mut(h.deref(h.local('r'))))),
    ];
  });
  assert.match(text, /^aliasing/);
});

test('an element reference is invalid after the container was passed mutably', () => {
  const run = (mutate: 'append' | 'at' | 'none'): string => {
    const w = new World();
    const list = w.struct({ name: 'List', builtin: 'list', fields: [['n', w.int]] });
    const mk = w.fn('mk', [], list.self);
    const append = w.fn('append', [['self', 'mut', list.self]], w.none);
    const val = w.fn('val', [['r', 'imm', w.res]], w.int);
    return messages(w, (h) => {
      const l = h.var('l', list.self, h.call(mk));
      const origin = w.store.extendOrigin(h.originOf('l'), { kind: 'interior', name: 'element' });
      const at = w.fn('std.at', [['self', 'ref', list.self]], w.store.ref(w.res, origin, w.store.true));
      return [
        l,
        h.var('r', at.result, h.call(at, h.mut(h.local('l')))),
        ...(mutate === 'append' ? [h.expr(h.call(append, h.mut(h.local('l'))))] : []),
        ...(mutate === 'at' ? [h.expr(h.call(at, h.mut(h.local('l'))))] : []),
        h.expr(h.call(val, h.deref(h.local('r')))),
      ];
    });
  };
  assert.equal(run('append'), 'use of invalidated interior reference \'l["element"]\'');
  assert.equal(run('at'), '');
  assert.equal(run('none'), '');
});
