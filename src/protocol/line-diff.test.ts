import { applyPatch, formatPatch, structuredPatch } from 'diff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patchBetween } from './line-diff.ts';

const named = (name: string, text: string) => ({ name, text });

describe('the difference of two texts', () => {
  const text = fc
    .tuple(fc.array(fc.constantFrom('a', 'b', '', ' c'), { maxLength: 8 }), fc.boolean())
    .map(([lines, ends]) => lines.join('\n') + (ends && lines.length > 0 ? '\n' : ''));

  it.each([0, 1, 1000])('leads from one to the other, with a limit of %d lines', (most) => {
    fc.assert(
      fc.property(text, text, fc.constantFrom(0, 3), (before, after, context) => {
        const patch = patchBetween(named('a/f', before), named('b/f', after), { context, most });
        expect(applyPatch(before, patch)).toBe(after);
        expect(applyPatch(before, formatPatch(patch))).toBe(after);
      }),
    );
  });

  it('is as small as it can be within its limit', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== '' && after !== '');
        const options = { context: 3 };
        expect(patchBetween(named('f', before), named('f', after))).toEqual(
          structuredPatch('f', 'f', before, after, undefined, undefined, options),
        );
      }),
    );
  });

  it('is one hunk between the lines that are equal, where 90,000 lines are all others', () => {
    const rewritten = (word: string): string =>
      `first\n${Array.from({ length: 90_000 }, (_, at) => `${word} ${at}\n`).join('')}last\n`;
    const { hunks } = patchBetween(named('f', rewritten('old')), named('f', rewritten('new')));
    expect(hunks).toMatchObject([{ oldStart: 1, oldLines: 90_002, newStart: 1, newLines: 90_002 }]);
    expect(hunks[0]?.lines).toHaveLength(180_002);
  });
});
