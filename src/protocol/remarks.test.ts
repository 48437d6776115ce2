import { describe, expect, it } from 'vitest';
import type { Json } from './json.ts';
import { limitRemarks, remarksIn } from './remarks.ts';

const of = { tests: 'hidden tests', total: 3, fuel: 1_000_000 };

describe('remarks on a verdict', () => {
  it('name each limit that ended a program, with the tests lost to it', () => {
    const { remarks = [] } = limitRemarks(['fuel', 'throw', 'timeout', 'fuel'], of);
    expect(remarks).toEqual([
      expect.stringContaining('used up its fuel in 2 of 3 hidden tests (1,000,000 units for all of them)'),
      expect.stringContaining('was still running at its time limit in 1 of 3 hidden tests'),
    ]);
  });

  it('are no member of the evidence where no limit struck', () => {
    expect(limitRemarks(['throw', 'wrong'], of)).toEqual({});
  });

  it('are read from evidence, whatever else an environment keeps under that name', () => {
    expect(remarksIn({ remarks: ['One.', 2, 'Two.'] })).toEqual(['One.', 'Two.']);
    const others: readonly (Json | undefined)[] = [
      null,
      undefined,
      7,
      [],
      {},
      { remarks: 'One.' },
      { remarks: null },
    ];
    for (const evidence of others) expect(remarksIn(evidence)).toEqual([]);
  });
});
