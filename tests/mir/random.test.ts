/** Random HIR bodies: what the checks accept must get drops that verify – no leak, no double drop, no use without a value. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyOwnership } from '@kiln/compiler/mir/dataflow/verify-ownership.ts';
import { TypeFacts } from '@kiln/compiler/mir/type-facts.ts';
import type { HirExpr, HirFunction, HirPlace, HirStatement } from '@kiln/compiler/sema/hir.ts';
import { type Hir, World } from './helpers.ts';

/** A small linear congruential generator: the same programs in every run. */
class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = (seed * 2654435761) >>> 0;
  }

  roll(sides: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * sides);
  }
}

interface Kit {
  readonly mk: HirFunction;
  readonly may: HirFunction;
  readonly pair: HirFunction;
  readonly val: HirFunction;
  readonly eat: HirFunction;
  readonly eatPair: HirFunction;
  readonly join: HirFunction;
  readonly flag: HirFunction;
  readonly fail: HirFunction;
}

class Generator {
  private readonly h: Hir;
  private readonly dice: Dice;
  private readonly kit: Kit;
  private readonly w: World;
  private count = 0;
  private labels = 0;

  constructor(w: World, h: Hir, kit: Kit, dice: Dice) {
    this.w = w;
    this.h = h;
    this.kit = kit;
    this.dice = dice;
  }

  block(depth: number, scope: readonly string[], loops: readonly number[]): HirStatement[] {
    const names = [...scope];
    const out: HirStatement[] = [];
    const length = 2 + this.dice.roll(4);
    for (let i = 0; i < length; i++) out.push(...this.statement(depth, names, loops));
    return out;
  }

  private isPair(name: string): boolean {
    return name.startsWith('p');
  }

  private pick(names: readonly string[]): string {
    return names[this.dice.roll(names.length)] ?? 'x';
  }

  private place(names: readonly string[]): HirPlace {
    const name = this.pick(names);
    const local = this.h.local(name);
    if (this.isPair(name)) return this.h.field(local, this.dice.roll(2));
    return local;
  }

  private value(names: readonly string[], depth = 0): HirExpr {
    const { h, kit } = this;
    switch (this.dice.roll(depth > 2 ? 3 : 7)) {
      case 0:
        return h.call(kit.mk);
      case 1:
        return h.copy(this.place(names));
      case 2:
        return this.dice.roll(2) === 0 ? h.move(this.place(names)) : h.call(kit.mk);
      case 3:
        return h.call(kit.may);
      case 4:
        return h.call(
          kit.join,
          this.place(names),
          h.own(this.value(names, depth + 1)),
          h.own(this.value(names, depth + 1)),
        );
      case 5:
        return h.conditional(h.call(kit.flag), this.value(names, depth + 1), this.value(names, depth + 1));
      default:
        return h.call(
          kit.join,
          this.value(names, depth + 1),
          h.own(this.value(names, depth + 1)),
          h.own(h.copy(this.place(names))),
        );
    }
  }

  private statement(depth: number, names: string[], loops: readonly number[]): HirStatement[] {
    const { h, kit, dice } = this;
    const deep = depth <= 0;
    switch (dice.roll(deep ? 8 : 14)) {
      case 0: {
        const value = this.value(names);
        const name = `v${this.count++}`;
        names.push(name);
        return [h.var(name, this.w.res, dice.roll(4) === 0 ? null : value)];
      }
      case 1: {
        const name = `p${this.count++}`;
        names.push(name);
        return [h.var(name, this.w.pair, h.call(kit.pair))];
      }
      case 2:
      case 3:
        return [h.assign(this.place(names), this.value(names))];
      case 4:
      case 5:
        return [h.expr(h.call(kit.val, this.place(names)))];
      case 6:
        return [h.expr(h.call(kit.eat, h.own(this.value(names))))];
      case 7: {
        const name = this.pick(names);
        const place = h.local(name);
        return [h.expr(h.call(this.isPair(name) ? kit.eatPair : kit.eat, h.own(h.move(place))))];
      }
      case 8:
      case 9:
        return [h.if(h.call(kit.flag), this.block(depth - 1, names, loops), this.block(depth - 1, names, loops))];
      case 10: {
        const label = this.labels++;
        return [
          h.loop(label, [h.if(h.call(kit.flag), [h.break(label)]), ...this.block(depth - 1, names, [...loops, label])]),
        ];
      }
      case 11:
        return [
          h.try(
            this.block(depth - 1, names, loops),
            dice.roll(3) === 0 ? null : this.block(depth - 1, names, loops),
            dice.roll(2) === 0 ? [] : this.block(0, names, []),
          ),
        ];
      case 12: {
        const target = loops[dice.roll(loops.length)];
        const leave = target === undefined ? h.return(this.value(names)) : h.break(target);
        return [h.if(h.call(kit.flag), [leave])];
      }
      default:
        return [h.if(h.call(kit.flag), [dice.roll(2) === 0 ? h.raise(h.call(kit.fail)) : h.return(this.value(names))])];
    }
  }
}

test('accepted bodies get correct drops', () => {
  let accepted = 0;
  for (let seed = 1; seed <= 1500; seed++) {
    const w = new World();
    const kit: Kit = {
      mk: w.fn('mk', [], w.res),
      may: w.fn('may', [], w.res, { raises: w.error }),
      pair: w.fn('pair', [], w.pair),
      val: w.fn('val', [['r', 'imm', w.res]], w.int),
      eat: w.fn('eat', [['r', 'var', w.res]], w.none),
      eatPair: w.fn('eatPair', [['r', 'var', w.pair]], w.none),
      join: w.fn(
        'join',
        [
          ['a', 'imm', w.res],
          ['b', 'var', w.res],
          ['c', 'var', w.res],
        ],
        w.res,
      ),
      flag: w.fn('flag', [], w.bool),
      fail: w.fn('fail', [], w.error),
    };
    const dice = new Dice(seed);
    const convention = (['var', 'imm', 'mut'] as const)[dice.roll(3)] ?? 'var';
    const fn = w.fn(
      'f',
      [
        ['x', convention, w.res],
        ['pself', dice.roll(2) === 0 ? 'deinit' : 'var', w.pair],
      ],
      w.res,
      { raises: w.error },
    );
    w.define(fn, (h) => [...new Generator(w, h, kit, dice).block(2, ['x', 'pself'], []), h.return(h.call(kit.mk))]);
    try {
      const body = w.lower(fn);
      if (body === null) continue;
      accepted++;
      verifyOwnership(body, new TypeFacts(w.program, w.store));
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      const body = w.lower(fn);
      assert.fail(`seed ${seed}: ${detail}\n${body === null ? w.print(w.built(fn)) : w.print(body)}`);
    }
  }
  assert.ok(accepted > 100, `only ${accepted} programs were accepted`);
});
