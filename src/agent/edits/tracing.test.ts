import { describe, expect, it } from 'vitest';
import { mutationsOf } from './mutations.ts';
import { traced } from './tracing.ts';

const MODULE = `export function sign(n) {
  if (n < 0) return -1;
  else if (n > 0)
    return 1;
  for (let at = 0; at < 3; at++)
    n += at;
  const twice = [1, 2].map((each) => each * 2).filter(
    (each) => each > 2 && each < n ||
      each === 0,
  );
  return n === 3 ? twice.length
    : 0;
}
`;

/** The lines that run in a call, and what it gives. */
function run(text: string, input: number): { lines: number[]; value: unknown } {
  const { text: counted, linesOf } = traced(text, 'count');
  const reached = new Set<number>();
  const call = new Function('count', `${counted.replace('export ', '')}\nreturn sign;`) as (
    count: (place: number) => void,
  ) => (n: number) => unknown;
  const value = call((place) => reached.add(place))(input);
  return { lines: linesOf(reached), value };
}

describe('a traced module', () => {
  it('tells the lines that ran, of branches those that were taken', () => {
    expect(run(MODULE, -5)).toEqual({ lines: [2], value: -1 });
    expect(run(MODULE, 5)).toEqual({ lines: [2, 3, 4], value: 1 });
    expect(run(MODULE, 0)).toEqual({ lines: [2, 3, 5, 6, 7, 8, 9, 10, 11], value: 0 });
  });

  it('does what the module does, and so does each mutant of it', () => {
    const plain = (text: string, input: number): unknown => {
      const call = new Function(`${text.replace('export ', '')}\nreturn sign;`) as () => (
        n: number,
      ) => unknown;
      return call()(input);
    };
    const outcome = (give: () => unknown): unknown => {
      try {
        return give();
      } catch (error) {
        return String(error);
      }
    };
    for (const { start, end, replacement, kind } of mutationsOf(MODULE)) {
      // Some of these loop for ever, or are no JavaScript.
      if (/step|assignment|condition|direction|variable|leap|fallback/.test(kind)) continue;
      const mutant = MODULE.slice(0, start) + replacement + MODULE.slice(end);
      for (const input of [-2, 0, 4])
        expect(outcome(() => run(mutant, input).value)).toEqual(outcome(() => plain(mutant, input)));
    }
  });
});
