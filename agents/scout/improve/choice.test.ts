import { createRandom, type Lesson } from 'lamarck/agent';
import { describe, expect, it } from 'vitest';
import { chooseKind, type Occasion } from './choice.ts';

const lesson = (kind: string, gain: number | null, verdict: Lesson['verdict'] = 'undecided'): Lesson => ({
  kind,
  verdict,
  gain,
});

/** How often each kind is chosen of 1,000 times. */
function chosen(occasion: Partial<Occasion>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let time = 0; time < 1000; time++) {
    const whole = {
      lessons: [],
      shapes: ['pages', 'programs'] as const,
      scope: 'everything' as const,
      mates: 1,
      failedEdits: 0,
      ...occasion,
    };
    const kind = chooseKind(whole, createRandom(`choice ${time}`)) ?? 'none';
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

const LEARNED = [lesson('policy', 0.3), lesson('skills', 0.1), lesson('costs', 0.1), lesson('library', 0.1)];
const LEARNED_OUT = [...LEARNED, ...LEARNED, ...LEARNED].map(({ kind }) => lesson(kind, 0));

describe('what to improve next', () => {
  it('is every way of learning once, before anything else, but skills, which a policy makes along with it', () => {
    expect(Object.keys(chosen({})).sort()).toEqual(['costs', 'policy']);
    expect(chosen({ lessons: [lesson('policy', 0)] })).toEqual({ costs: 1000 });
    const onPages = chosen({ lessons: [lesson('policy', 0)], shapes: ['pages'], scope: 'learning' });
    expect(Object.keys(onPages).sort()).toEqual(['policy', 'skills']);
    expect(chosen({ shapes: ['programs'] })).toEqual({ costs: 1000 });
    expect(chosen({ shapes: ['programs'], lessons: [lesson('costs', 0)] })).toEqual({ library: 1000 });
    expect(chosen({ shapes: ['other'] })).toEqual({ policy: 1000 });
  });

  it('is only learning where only learning is allowed', () => {
    const kinds = Object.keys(chosen({ lessons: LEARNED, scope: 'learning' }));
    expect(kinds.every((kind) => ['policy', 'skills', 'costs', 'library'].includes(kind))).toBe(true);
    expect(chosen({ shapes: [], scope: 'learning' })).toEqual({ none: 1000 });
  });

  it('is often what gained, and seldom what did not', () => {
    const lessons = [lesson('policy', 0.3), lesson('skills', -0.1), lesson('costs', 0), lesson('library', 0)];
    const { policy = 0, skills = 0 } = chosen({ lessons, scope: 'learning' });
    expect(policy).toBeGreaterThan(800);
    expect(skills).toBeLessThan(50);
  });

  it('turns from what has been gained out', () => {
    const once = chosen({ lessons: LEARNED, scope: 'learning' });
    const later = [...LEARNED, lesson('policy', 0), lesson('policy', 0), lesson('policy', 0)];
    const after = chosen({ lessons: later, scope: 'learning' });
    expect(after['policy']).toBeLessThan((once['policy'] ?? 0) / 2);
  });

  it('gives what was never tried a turn, whatever the others gained', () => {
    const { edit = 0, recombine = 0 } = chosen({ lessons: LEARNED });
    expect(edit).toBeGreaterThan(100);
    expect(recombine).toBeGreaterThan(100);
    expect(chosen({ lessons: LEARNED, mates: 0 })['recombine']).toBeUndefined();
  });

  it('edits more once learning gains nothing, and less for every time that edits came to nothing', () => {
    const lessons = [...LEARNED_OUT, lesson('recombine', 0)];
    const counts = [0, 3, 12].map((failedEdits) => chosen({ lessons, failedEdits })['edit'] ?? 0);
    expect(counts[0]).toBeGreaterThan(counts[1] as number);
    expect(counts[1]).toBeGreaterThan(counts[2] as number);
  });

  it('trusts now and then an edit that no play can measure', () => {
    const counts = chosen({ lessons: LEARNED });
    for (const kind of ['improver-edit', 'feature']) {
      expect(counts[kind]).toBeGreaterThan(10);
      expect(counts[kind]).toBeLessThan(120);
    }
    const onPrograms = { lessons: [lesson('costs', 0), lesson('library', 0)], shapes: ['programs'] as const };
    expect(chosen(onPrograms)['improver-edit']).toBeGreaterThan(25);
    expect(chosen(onPrograms)['feature']).toBeUndefined();
  });

  it('trusts an edit of the improver by what those that came after it gained beyond what was expected', () => {
    const after = (gain: number): Lesson[] => [
      ...LEARNED_OUT,
      lesson('recombine', 0),
      lesson('improver-edit', 0),
      lesson('policy', gain),
      lesson('costs', gain),
      lesson('improver-edit', 0),
      lesson('skills', gain),
    ];
    const [bad = 0, good = 0] = [-0.2, 0.2].map(
      (gain) => chosen({ lessons: after(gain), failedEdits: 12 })['improver-edit'] ?? 0,
    );
    expect(good).toBeGreaterThan(2 * bad);
    const alone = [...LEARNED, lesson('improver-edit', -0.3)];
    expect(chosen({ lessons: alone })['improver-edit']).toBe(chosen({ lessons: LEARNED })['improver-edit']);
  });

  it('does not insist on a library that was handed down as costs', () => {
    const lessons = [lesson('costs', 0.1), lesson('costs', 0.1)];
    const { library = 0, costs = 0 } = chosen({ lessons, shapes: ['programs'], scope: 'learning' });
    expect(library).toBeGreaterThan(100);
    expect(costs).toBeGreaterThan(100);
  });

  it('learns nothing of what was neither measured nor decided', () => {
    const once = [lesson('policy', null), lesson('costs', null), lesson('library', null)];
    const often = [...once, ...once, ...once, ...once].map(({ kind }) => lesson(kind, null));
    expect(chosen({ lessons: often, scope: 'learning' })).toEqual(
      chosen({ lessons: once, scope: 'learning' }),
    );
  });

  it('takes a verdict for the gain where no race was run', () => {
    const refused = LEARNED.map(({ kind }) => lesson(kind, null, kind === 'costs' ? 'better' : 'refused'));
    const { costs = 0 } = chosen({ lessons: refused, scope: 'learning' });
    expect(costs).toBeGreaterThan(400);
  });
});
