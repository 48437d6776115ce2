import { makeTask, type TaskFamily } from 'lamarck';
import { describe, expect, it } from 'vitest';
import { rowAction, searchAndChoose, signIn, web } from './index.ts';

interface WebParams {
  site: Record<string, string>;
  goal: unknown;
}

const SEEDS = Array.from({ length: 25 }, (_, seed) => seed);
const paramsOf = (family: TaskFamily, seed: number, difficulty: number): WebParams =>
  makeTask(family, seed, difficulty).params as WebParams;

describe.each(web.map((family) => [family.name, family] as const))('%s', (_name, family) => {
  it.each([1, 2, 3])(
    'makes the same task of a seed twice, and another one of another seed (difficulty %i)',
    (difficulty) => {
      const hashes = SEEDS.map((seed) => makeTask(family, seed, difficulty).hash);
      expect(SEEDS.map((seed) => makeTask(family, seed, difficulty).hash)).toEqual(hashes);
      expect(new Set(hashes).size).toBe(SEEDS.length);
    },
  );

  it('puts what is to be typed into double quotes', () => {
    for (const seed of SEEDS) expect(makeTask(family, seed, 1).instruction).toMatch(/"[^"]+"/);
  });

  it('accepts the goal and nothing beside it', () => {
    const [one, other] = [makeTask(family, 1, 2), makeTask(family, 2, 2)];
    const judge = (state: unknown) =>
      family.verify({
        evidence: { url: '/', state, answer: null },
        params: one.params,
        instruction: one.instruction,
      });
    expect(judge((one.params as WebParams).goal)).toBe(true);
    expect(judge((other.params as WebParams).goal)).toBe(false);
    expect(judge(null)).toBe(false);
    expect(judge({ ...((one.params as WebParams).goal as object), more: true })).toBe(false);
  });

  it('writes pages that load nothing from elsewhere', () => {
    for (const seed of SEEDS) {
      for (const html of Object.values(paramsOf(family, seed, 3).site))
        expect(html).not.toMatch(/(src|href)="(?!#|data:,)/);
    }
  });
});

describe('a page does not tell the answer', () => {
  it('sign-in holds neither name nor password', () => {
    for (const seed of SEEDS) {
      const { instruction, params } = makeTask(signIn, seed, 3);
      for (const [, quoted = ''] of instruction.matchAll(/"(.+?)"/g)) {
        expect((params as WebParams).site['/']).not.toContain(quoted);
      }
    }
  });

  it.each([
    ['row-action', rowAction],
    ['search-and-choose', searchAndChoose],
  ] as const)('%s asks for every place in the list', (_name, family) => {
    const places = Array.from({ length: 90 }, (_, seed) => {
      const { instruction, params } = makeTask(family, seed, 1);
      const [wanted = ''] = [...instruction.matchAll(/"(.+?)"/g)].map(([, quoted = '']) => quoted).slice(-1);
      const html = (params as WebParams).site['/results'] ?? (params as WebParams).site['/'] ?? '';
      const names = [...html.matchAll(/"name":"([^"]+)"/g)].map(([, name = '']) => name);
      const alike = names.filter(
        (name) => family === rowAction || name.endsWith(wanted.split(' ').at(-1) ?? ''),
      );
      return alike.indexOf(wanted);
    });
    for (const place of [0, 1, 2]) expect(places.filter((at) => at === place).length).toBeGreaterThan(12);
  });
});
