import { createHash } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Json, Trajectory } from '../protocol/index.ts';
import { readFrames, toTrajectory } from '../trajectory/index.ts';
import { replayPage } from './replay-page.ts';
import { wireframe } from './replay-page-wireframe.ts';

describe('the page of a replay', () => {
  let onPage: Trajectory;
  let onProgram: Trajectory;
  let spoiled: Trajectory;
  beforeAll(async () => {
    const frames = await Array.fromAsync(
      readFrames(join(import.meta.dirname, '../../tests/fixtures/record-v1/trajectories')),
    );
    [onPage, onProgram, spoiled] = frames
      .filter(({ records }) => records[0]?.type === 'episode-start')
      .map(({ records }) => toTrajectory(records)) as [Trajectory, Trajectory, Trajectory];
  });

  it('tells of task, actor, outcome and every step', () => {
    const page = replayPage(onPage);
    expect(page).toContain('Sign in as &quot;ines&quot; with password');
    for (const text of [onPage.end.hash, 'genome 3f1c9a0d', 'environment-done', 'There is no element e99.']) {
      expect(page).toContain(text);
    }
    expect(page.match(/id="step-\d+"/g)).toHaveLength(6);
    expect(page).toContain('acting.choosing');
    expect(page).toContain('Old Town');
  });

  it('shows the remarks that an environment left in its evidence, and escapes them', () => {
    const { records } = onPage;
    const remarked = records.map((record) =>
      record.type === 'reward' ? { ...record, evidence: { remarks: ['Lost to <fuel>.'] } } : record,
    );
    const page = replayPage({ ...onPage, records: remarked });
    expect(page).toMatch(/Lost to &[#\w]+;fuel&[#\w]+;\./);
  });

  it('draws a page, and marks the element that was acted on', () => {
    const [, first = '', second = ''] = replayPage(onPage).split('<section');
    const box = /<div\s+class="box field empty acted[^"]*"\s+style="left:([\d.]+)%;top:([\d.]+)%;/.exec(
      first,
    );
    // The user name's field, at 112, 96 of a page that is 776 by 416.
    expect([Number(box?.[1]), Number(box?.[2])]).toEqual([
      expect.closeTo((100 * 112) / 776, 2),
      expect.closeTo((100 * 96) / 416, 2),
    ]);
    // Nothing has the reference that the second step names.
    expect(second).not.toContain(' acted');
  });

  it('tells of the frame and the colour of an element', () => {
    const element = {
      ref: 'e1',
      role: 'button',
      name: 'Pay',
      box: [0, 0, 40, 20] as [number, number, number, number],
    };
    const page = wireframe({ url: '/', elements: [{ ...element, frame: 'f1', color: 'red' }] }, undefined);
    expect(page.toString()).toContain('<td>f1</td>');
    expect(page.toString()).toContain('<td>red</td>');
  });

  it('shows texts of several lines as they are', () => {
    expect(replayPage(onProgram)).toContain(
      '<pre>export default function solve(pairs) {\n  return pairs;\n}\n</pre>',
    );
  });

  it('shows an episode that a fault of ours spoiled', () => {
    const page = replayPage(spoiled, { genomeFiles: { 'agent.ts': 'export default 1 < 2;\n' } });
    expect(page).toContain('LAMARCK_PAGE_LOST');
    expect(page).toContain('Outcome: no reward');
    expect(page).toContain('<pre>export default 1 &lt; 2;\n</pre>');
  });

  it('allows its own script by hash and nothing else, and fetches nothing', () => {
    const page = replayPage(onPage);
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(script).digest('base64');
    const policy = /content="(default-src[^"]*)"/.exec(page)?.[1]?.replaceAll('&#39;', "'");
    expect(policy).toBe(`default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'`);
    expect(page).not.toMatch(/\b(src|srcset|action|poster)=|@import|url\(|https?:/);
  });

  it('lets no text become markup, wherever it stands', () => {
    const hostile = fc.constantFrom(
      '</pre><script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "'><svg onload=alert(1)>",
      '<!--',
      '</title></style><script>',
      '&lt;b&gt;',
    );
    const calm = tagsOf(
      replayPage(replaceTexts(onPage, 'calm') as Trajectory, { genomeFiles: { calm: 'calm' } }),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        const page = replayPage(replaceTexts(onPage, text) as Trajectory, { genomeFiles: { [text]: text } });
        expect(tagsOf(page)).toEqual(calm);
      }),
      { numRuns: 12 },
    );
  });
});

/** The names of a page's tags and their attributes, in order: what escaped text cannot change. */
function tagsOf(page: string): string[] {
  return [...page.matchAll(/<([!/]?[a-z-]+)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>/gi)].map(
    ([, name, attributes = '']) =>
      `${name} ${attributes.replaceAll(/="[^"]*"/g, '').replaceAll(/\s+/g, ' ')}`,
  );
}

/** A trajectory whose free texts are all another text. */
function replaceTexts(value: unknown, text: string, key = ''): unknown {
  const FIXED = new Set(['type', 'hash', 'episode', 'ref', 'genome', 'split', 'stop']);
  if (typeof value === 'string') return FIXED.has(key) ? value : text;
  if (Array.isArray(value)) return value.map((member: Json) => replaceTexts(member, text, key));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, replaceTexts(member, text, name)]),
  );
}
