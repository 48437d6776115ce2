import { describe, expect, it } from 'vitest';
import { describeChanges } from '../protocol/index.ts';
import { changesBetween, type RunFingerprint } from './fingerprint.ts';

const NOTHING: RunFingerprint = { files: {}, packages: {}, lamarck: {}, families: {}, settings: {} };

describe('changes between two fingerprints of a run', () => {
  it('are none between equal ones', () => {
    const fingerprint = { ...NOTHING, files: { 'a.ts': '1' }, settings: { folds: '5' } };
    expect(changesBetween(fingerprint, structuredClone(fingerprint))).toEqual([]);
  });

  it('name what has changed, was added and was removed, with values that can be read', () => {
    const before = {
      ...NOTHING,
      files: { 'a.ts': '1', 'b.ts': '2' },
      settings: { 'budget.improvement': '40' },
    };
    const after = {
      ...NOTHING,
      files: { 'a.ts': '3', 'c.ts': '2' },
      settings: { 'budget.improvement': '60' },
    };
    const changes = changesBetween(before, after);
    expect(describeChanges(changes)).toBe(
      'a.ts (changed), b.ts (removed), c.ts (added), budget.improvement (40 → 60)',
    );
  });

  it('name a family once that is there no longer, and the parts of one that is another', () => {
    const before = { 'tasks of a/b': '1', 'verify of a/b': '2', 'tasks of c/d': '1', 'verify of c/d': '2' };
    const after = { 'tasks of a/b': '1', 'verify of a/b': '3' };
    const changes = changesBetween({ ...NOTHING, families: before }, { ...NOTHING, families: after });
    expect(describeChanges(changes)).toBe('family c/d (removed), verify of a/b');
  });

  it('leave out a file outside the project that only lies elsewhere', () => {
    const before = { ...NOTHING, files: { '../../data/rows.jsonl': '1' } };
    expect(changesBetween(before, { ...NOTHING, files: { '../elsewhere/rows.jsonl': '1' } })).toEqual([]);
    expect(changesBetween(before, { ...NOTHING, files: { '../elsewhere/rows.jsonl': '2' } })).toHaveLength(2);
  });

  it('are counted where they are too many for a sentence', () => {
    const files = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`${at}.ts`, '1']));
    expect(describeChanges(changesBetween(NOTHING, { ...NOTHING, files }))).toMatch(/, and 30 more$/);
  });
});
