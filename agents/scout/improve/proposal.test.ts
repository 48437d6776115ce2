import type { ImproverInput } from 'lamarck/agent';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { improvingModules, modulesReached, playingModules } from './genome-reach.ts';
import { partsFrom } from './mate-parts.ts';
import { proposeFeature, proposeImproverEdit } from './proposal.ts';

const SCOUT = join(import.meta.dirname, '..');
const files = Object.fromEntries(
  readdirSync(SCOUT, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|json)$/.test(path) && !path.endsWith('.test.ts'))
    .map((path) => [path, readFileSync(join(SCOUT, path), 'utf8')]),
);
const inputWith = (seed: string) => ({ files, seed }) as unknown as ImproverInput;
const SEEDS = Array.from({ length: 24 }, (_, at) => `seed ${at}`);

describe('an edit on trust', () => {
  const patches = SEEDS.map((seed) => proposeImproverEdit(inputWith(seed)).patch());

  it('of the improver changes one of its own modules, and nothing that plays', () => {
    const paths = patches.map((patch) => {
      expect(patch?.kind).toBe('improver-edit');
      expect(patch?.rationale).toContain('its descendants must show its worth');
      const [path = '', ...more] = Object.keys(patch?.files ?? {});
      expect(more).toEqual([]);
      expect(patch?.files[path]).not.toBe(files[path]);
      return path;
    });
    expect(paths.every((path) => /^improve(\.ts|\/)/.test(path))).toBe(true);
    expect(new Set(paths).size).toBeGreaterThan(4);
  });

  it('of the improver is mostly one of its settings', () => {
    const settings = patches.filter((patch) => patch?.rationale.includes(' number '));
    expect(settings.length).toBeGreaterThan(SEEDS.length / 2);
  });

  it('of the features adds the conjunction of two', () => {
    const patch = proposeFeature(inputWith('feature')).patch();
    const [[path, text]] = Object.entries(patch?.files ?? {}) as [[string, string]];
    expect(path).toMatch(/^pages\/features\//);
    expect(text).toMatch(/note\(['"].+ & .+['"], Number\(/);
    expect(text.length).toBeGreaterThan((files[path] ?? '').length);
  });

  it('is none where there is nothing to edit', () => {
    const empty = { files: {}, seed: 'empty' } as unknown as ImproverInput;
    expect(proposeImproverEdit(empty).patch()).toBeUndefined();
    expect(proposeFeature(empty).patch()).toBeUndefined();
  });
});

describe('the modules of a genome', () => {
  it('are those that play and those that only write children; the means of thinking are left alone', () => {
    expect(playingModules(files)).toContain('pages/features/clicking.ts');
    expect(modulesReached(files, 'agent.ts')).toContain('programs/thinking-budget.ts');
    expect(playingModules(files)).not.toContain('programs/thinking-budget.ts');
    expect(improvingModules(files)).toContain('improve/choice.ts');
    expect(improvingModules(files).filter((path) => playingModules(files).includes(path))).toEqual([]);
    expect(improvingModules(files)).not.toContain('programs/thinking-budget.ts');
  });
});

describe('what a mate can give', () => {
  const own = {
    'agent.ts': "import './sight.ts';\nimport { a } from './sight.ts';\n",
    'sight.ts': 'export const a = 1;\n',
    'improve.ts': 'own\n',
    'policy.json': '{"temperature":0.1,"weights":{"a":1,"b":3}}',
    'costs.json': '{"unknown":8}',
    'edit-priors.json': '{"failures":1}',
    'skills/index.ts': "import skill1 from './mine.ts';\n",
    'skills/mine.ts': 'mine\n',
  };
  const mate = {
    ...own,
    'sight.ts': 'export const a = 2;\n',
    'improve.ts': "the mate's\n",
    'policy.json': '{"temperature":0.2,"weights":{"b":1,"c":5}}',
    'edit-priors.json': '{"failures":0}',
    'skills/index.ts': "import skill1 from './theirs.ts';\n",
    'skills/theirs.ts': 'theirs\n',
    'skills/helper.ts': 'helps\n',
    'skills/library/index.ts': 'helpers\n',
  };

  it('is told part by part; its improver and its priors are not among them', () => {
    const parts = Object.fromEntries(partsFrom(own, mate).map(({ name, files: given }) => [name, given]));
    expect(Object.keys(parts)).toEqual([
      'policy',
      'mean of both policies',
      'skills',
      'costs and library',
      'source',
      'source and policy',
    ]);
    expect(parts['source']).toEqual({ 'sight.ts': mate['sight.ts'] });
    expect(parts['costs and library']).toEqual({ 'skills/library/index.ts': 'helpers\n' });
    expect(parts['source and policy']).toEqual({ ...parts['source'], ...parts['policy'] });
    expect(JSON.parse(parts['mean of both policies']?.['policy.json'] ?? '')).toEqual({
      temperature: 0.1,
      weights: { a: 1, b: 2, c: 5 },
    });
  });

  it('includes its skills, recalled after the own ones, with what they call', () => {
    const skills = partsFrom(own, mate).find(({ name }) => name === 'skills')?.files ?? {};
    expect(Object.keys(skills).sort()).toEqual(['skills/helper.ts', 'skills/index.ts', 'skills/theirs.ts']);
    expect(skills['skills/index.ts']).toMatch(/mine\.ts[^]*theirs\.ts/);
  });

  it('is nothing where both are the same', () => {
    expect(partsFrom(own, own)).toEqual([]);
  });
});
