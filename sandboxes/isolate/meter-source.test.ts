import { describe, expect, it } from 'vitest';
import { meterSource } from './meter-source.ts';
import { readModule } from './read-source.ts';

const metered = (text: string): string => meterSource(readModule(text, 'js'));

/** Runs a metered text, and counts its ticks. */
function ticksOf(text: string): { ticks: number; value: unknown } {
  let ticks = 0;
  const value: unknown = new Function('$fuel', metered(text))(() => {
    ticks += 1;
  });
  return { ticks, value };
}

describe('a metered source', () => {
  it.each([
    ['for (let i = 0; i < 3; i++) ;', 3],
    ['for (let i = 0; i < 3; i++) { i; }', 3],
    ['for (const a of [1, 2]) for (const b of [1, 2]) a + b;', 6],
    ['for (const key in { a: 1, b: 2 }) key;', 2],
    ['let i = 0; while (i < 4) i++;', 4],
    ['let i = 0; do i++; while (i < 4)', 4],
    ['outer: for (;;) inner: for (;;) break outer;', 2],
    ['(function () {})(); (() => {})(); (() => 1)();', 3],
    ['const add = (a) => (b) => a + b; add(1)(2);', 2],
    ['const make = () => ({ a: 1 }); make();', 1],
    ['let f; let i = 0; while (i++ < 2) f = () => i\nf();', 3],
    ['({ get a() { return 1; } }).a; ({ b() {} }).b();', 2],
    [
      'class A { constructor() {} m() {} static s() {} #p() {} q() { this.#p(); } } new A().m(); A.s(); new A().q();',
      6,
    ],
    ['class A { static { 1; } }', 1],
    ['class A { static /*{*/ { 1; } }', 1],
    ['[...(function* () { yield 1; yield 2; })()];', 1],
  ])('ticks at each loop body and each function: %s', (text, ticks) => {
    expect(ticksOf(text).ticks).toBe(ticks);
  });

  it('means what it meant', () => {
    const sum =
      'const sum = (n) => { let s = 0; for (let i = 1; i <= n; i++) if (i % 2) s += i; else s -= i; return s; };';
    expect(new Function('$fuel', `${metered(sum)} return sum(9)`)(() => {})).toBe(5);
  });
});
