import {
  done,
  click,
  defineSkill,
  press,
  type Action,
  type AgentEmitted,
  type PageView,
  type Skill,
} from 'lamarck/agent';
import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import { createScout, type Learned } from '../scout.ts';

/** A page of buttons with these names, top down. */
function page(...names: readonly string[]): PageView {
  return {
    url: '/',
    elements: names.map((name, at) => ({ ref: `e${at}`, role: 'button', name, box: [0, 40 * at, 100, 24] })),
  };
}

interface Seen {
  readonly page: PageView;
  readonly error?: string;
}

/** What a scout with these skills decides on one page after the other: `skill name: label`, or `policy`. */
function decisions(skills: readonly Skill[], seen: readonly Seen[]): string[] {
  const learned = {
    policy: { temperature: 1, weights: {} },
    costs: {},
    library: [],
    skills,
  } as unknown as Learned;
  const actor = createActor(createScout(learned), {
    input: { instruction: 'Go on.', environment: 'toy', maxSteps: 20, seed: 'following' },
  });
  let decision: AgentEmitted | undefined;
  actor.on('decision', (emitted) => (decision = emitted));
  actor.start();
  return seen.map(({ page: view, error }, step) => {
    const affordances: Action[] = [{ done: {} }];
    const observation = JSON.parse(JSON.stringify(view));
    actor.send({ type: 'observe', step, observation, affordances, ...(error !== undefined && { error }) });
    const { action, note } = decision as AgentEmitted;
    const name = (note as { skill?: string }).skill;
    if (name === undefined) return 'policy';
    const [kind = ''] = Object.keys(action);
    return `${name}: ${view.elements.find(({ ref }) => ref === action[kind]?.['ref'])?.name ?? kind}`;
  });
}

/** Clicks these in turn, each by the first name that is there, then is done. */
function clicks(name: string, ...names: readonly (readonly string[])[]): Skill {
  return defineSkill({
    name,
    when: ({ page }) => page.has(...(names[0] ?? []).map((one) => ({ role: 'button', name: one }))),
    *steps({ page }) {
      for (const some of names)
        page = yield click(page.find(...some.map((one) => ({ role: 'button', name: one }))));
      yield done();
    },
  });
}

describe('a scout that follows a skill', () => {
  it('does one step of it on each page, to the end', () => {
    expect(
      decisions(
        [clicks('go', ['Start'], ['Next'])],
        [{ page: page('Start') }, { page: page('Next') }, { page: page('Over') }],
      ),
    ).toEqual(['go: Start', 'go: Next', 'go: done']);
  });

  it('goes by the next way of finding where an action was rejected', () => {
    const both = page('Start', 'Begin');
    expect(
      decisions(
        [clicks('go', ['Start', 'Begin'], ['Next'])],
        [{ page: both }, { page: both, error: 'covered' }, { page: page('Next') }],
      ),
    ).toEqual(['go: Start', 'go: Begin', 'go: Next']);
  });

  it('leaves it to the policy where no way is left, or what was rejected is about no element', () => {
    const one = page('Start');
    expect(decisions([clicks('go', ['Start'])], [{ page: one }, { page: one, error: 'covered' }])).toEqual([
      'go: Start',
      'policy',
    ]);
    const enter = defineSkill({
      name: 'enter',
      when: () => true,
      *steps() {
        for (;;) yield press('Enter');
      },
    });
    expect(decisions([enter], [{ page: one }, { page: one, error: 'no focus' }])).toEqual([
      'enter: press',
      'policy',
    ]);
  });

  it('takes it up again on a later page where it applies', () => {
    expect(
      decisions(
        [clicks('go', ['Start'], ['Next'])],
        [
          { page: page('Start') },
          { page: page('Lost') },
          { page: page('Start', 'Other') },
          { page: page('Next') },
        ],
      ),
    ).toEqual(['go: Start', 'policy', 'go: Start', 'go: Next']);
  });

  it('does not take it up twice on pages that look the same, nor repeat there what was in vain', () => {
    const start = page('Start');
    expect(
      decisions([clicks('go', ['Start'], ['Next'])], [{ page: start }, { page: start }, { page: start }]),
    ).toEqual(['go: Start', 'policy', 'policy']);
    const stubborn = clicks('stubborn', ['Start'], ['Start'], ['Start']);
    expect(decisions([stubborn], [{ page: start }, { page: start }, { page: start }])).toEqual([
      'stubborn: Start',
      'policy',
      'policy',
    ]);
  });

  it('tries another skill where the first knows no way on', () => {
    const lost = clicks('lost', ['Start'], ['Nowhere']);
    const other = clicks('other', ['Next']);
    expect(decisions([lost, other], [{ page: page('Start') }, { page: page('Next') }])).toEqual([
      'lost: Start',
      'other: Next',
    ]);
  });
});
