import type { Action, ImproverInput, PlayRequest, TrajectoryView } from 'lamarck/agent';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../pages/action-choice.ts';
import { studyPolicy } from './policy.ts';
import type { Study } from './study.ts';

const families = [{ family: 'family-1', environment: 'toy', difficulties: 1 }];
const input: ImproverInput = {
  files: { 'policy.json': '{"temperature":1,"weights":{}}' },
  families,
  lessons: [],
  scope: 'learning',
  mates: [],
  demonstrations: [],
  trajectories: [],
  budget: { episodes: 400 },
  seed: 'study',
};
const affordances: Action[] = [{ click: { ref: 'e0' } }, { click: { ref: 'e1' } }];

/** An episode of one click: on the button, or on the link, which wins. */
function episode(task: number, ref: 'e0' | 'e1'): TrajectoryView {
  const observation = {
    url: '/',
    elements: [
      { ref: 'e0', role: 'button', name: 'Stop', box: [0, 0, 80, 20] },
      { ref: 'e1', role: 'link', name: 'Go on', box: [0, 40, 80, 20] },
    ],
  };
  const steps = [{ observation, affordances, action: { click: { ref } } }];
  const reward = ref === 'e1' ? 1 : 0;
  return {
    ...{ family: 'family-1', environment: 'toy', task, difficulty: 1, instruction: 'Go.' },
    ...{ steps, reward, stop: 'environment-done' },
  };
}

const isSearch = ({ request }: Study): boolean => request !== undefined && 'tries' in request;
const draftOf = ({ request }: Study): Policy =>
  JSON.parse((request as PlayRequest).files['policy.json'] ?? '') as Policy;

/** Answers what is asked for with losses alone. */
function lose(study: Study): Study {
  const { tasks, repeats } = study.request as PlayRequest;
  const played = tasks.flatMap(({ task }) => Array.from({ length: repeats }, () => episode(task, 'e0')));
  return study.learn(played, 300);
}

const tasksOf = ({ request }: Study) => (request !== undefined && 'tasks' in request ? request.tasks : []);

describe('a study of the policy', () => {
  it('has an arm that nobody won searched for a win before it is tried, once', () => {
    const first = studyPolicy(input, families, 400);
    const second = first.learn([], 390);
    expect([first, second, lose(second)].map(isSearch)).toEqual([true, false, false]);
    expect(tasksOf(first)).toHaveLength(2);
  });

  it('searches another task of an arm where a win was found', () => {
    const second = studyPolicy(input, families, 400).learn([episode(7, 'e1')], 397);
    expect([isSearch(second), tasksOf(second).length]).toEqual([true, 1]);
    expect(isSearch(second.learn([episode(8, 'e1')], 395))).toBe(false);
  });

  it('searches nothing that the genome wins already, and goes on to what comes after it', () => {
    const seen = [{ ...episode(3, 'e1'), difficulty: 1 }];
    const harder = [{ family: 'family-1', environment: 'toy', difficulties: 2 }];
    const study = studyPolicy({ ...input, trajectories: seen }, harder, 400);
    expect(tasksOf(study).map(({ difficulty }) => difficulty)).toEqual([2, 2]);
    expect(isSearch(studyPolicy({ ...input, trajectories: seen }, families, 400))).toBe(false);
  });

  it('learns from a win that was found', () => {
    const found = studyPolicy(input, families, 400).learn([episode(7, 'e1')], 398);
    const { weights } = draftOf(found.learn([], 396));
    expect(weights['click × link']).toBeGreaterThan(0);
    expect(weights['click × button']).toBeLessThan(0);
  });

  it('is curious in every other round, while an arm is lost', () => {
    let study = lose(studyPolicy(input, families, 400).learn([], 390));
    const curious: boolean[] = [];
    for (let round = 0; round < 4; round++, study = lose(study)) curious.push('curiosity' in draftOf(study));
    expect(curious).toEqual([true, false, true, false]);
  });
});
