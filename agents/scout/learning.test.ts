import {
  createRandom,
  quotedSpans,
  type Action,
  type AgentEmitted,
  type ImproverEmitted,
  type ImproverInput,
  type Lesson,
  type PageElement,
  type PageView,
  type PlayReply,
  type PlayRequest,
  type Skill,
  type StepView,
  type TrajectoryView,
} from 'lamarck/agent';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import improver from './improve.ts';
import { createScout, type Learned } from './scout.ts';

// A world of pages without a browser: enough to see learning happen within a test.

type Part = Omit<PageElement, 'ref' | 'box'> & { row?: number; does?: (text: string) => void };

interface World {
  readonly instruction: string;
  parts(): Part[];
  isWon(): boolean;
}

const FIRMS = ['Nordwind', 'Acme', 'Birch', 'Lumen', 'Kestrel', 'Polder'];

/** Sign in: two fields, in either order, then a button that is called differently from one to the next. */
function signIn(seed: number, difficulty: number): World {
  const random = createRandom(`sign in ${seed}`);
  const [user, password] = [random.pick(['mara', 'otto', 'lena']), `q${random.int(10, 99)}`];
  const [label, button, isSwapped] = [
    random.pick(['User name', 'Login']),
    random.pick(['Sign in', 'Enter']),
    random.chance(),
  ];
  const state = { user: '', password: '', isIn: false };
  return {
    instruction: `Sign in as "${user}" with password "${password}".`,
    parts: () => {
      if (state.isIn)
        return [
          { role: 'status', name: `Welcome, ${state.user}` },
          { role: 'button', name: 'Sign out' },
        ];
      const fields: Part[] = [
        { role: 'textbox', name: label, value: state.user, does: (text) => (state.user = text) },
        { role: 'textbox', name: 'Password', value: state.password, does: (text) => (state.password = text) },
      ];
      if (isSwapped && difficulty > 1) fields.reverse();
      return [
        ...fields,
        {
          role: 'button',
          name: button,
          does: () => (state.isIn = state.user !== '' && state.password !== ''),
        },
      ];
    },
    isWon: () => state.isIn && state.user === user && state.password === password,
  };
}

/** Press the right button in the right row. */
function inRow(seed: number, difficulty: number): World {
  const random = createRandom(`in row ${seed}`);
  const firms = random.sample(FIRMS, 2 + difficulty);
  const [goal, verb] = [random.pick(firms), random.pick(['Archive', 'Pay'])];
  const pressed: string[] = [];
  return {
    instruction: `${verb} the invoice from "${goal}".`,
    parts: () => [
      ...firms.flatMap((firm, row): Part[] => [
        { role: 'cell', name: firm, row },
        ...['Archive', 'Pay'].map((name): Part => ({
          role: 'button',
          name,
          row,
          does: () => pressed.push(`${name} ${firm}`),
        })),
      ]),
      ...pressed.slice(0, 1).map((): Part => ({ role: 'status', name: 'Saved' })),
    ],
    isWon: () => pressed.length === 1 && pressed[0] === `${verb} ${goal}`,
  };
}

const WORLDS: Readonly<Record<string, (seed: number, difficulty: number) => World>> = {
  'family-1': signIn,
  'family-2': inRow,
};

function elementsOf(world: World): (PageElement & { does?: (text: string) => void })[] {
  return world.parts().map(({ row, ...part }, at) => ({
    ...part,
    ref: `e${at}`,
    box: row === undefined ? [20, 300 + 40 * at, 100, 24] : [20 + 120 * (at % 3), 40 * row, 100, 24],
  }));
}

function affordancesOf(world: World): Action[] {
  const texts = quotedSpans(world.instruction).map(({ text }) => text);
  const acts = elementsOf(world).flatMap(({ role, ref }): Action[] =>
    role === 'button'
      ? [{ click: { ref } }]
      : role === 'textbox'
        ? texts.map((text) => ({ fill: { ref, text } }))
        : [],
  );
  return [...acts, { back: {} }, { done: {} }];
}

/** Plays one episode of at most 12 steps. */
function play(
  learned: Learned,
  { family, task, difficulty }: PlayRequest['tasks'][number],
  seed: string,
): TrajectoryView {
  const world = (WORLDS[family] as (typeof WORLDS)[string])(task, difficulty);
  const actor = createActor(createScout(learned), {
    input: { instruction: world.instruction, environment: 'toy', maxSteps: 12, seed },
  });
  let decision: AgentEmitted | undefined;
  actor.on('decision', (emitted) => (decision = emitted));
  actor.start();
  const steps: StepView[] = [];
  let stop = 'step-limit';
  while (steps.length < 12 && stop === 'step-limit') {
    const elements = elementsOf(world).map(({ does: _, ...element }) => element);
    const observation: PageView = { url: '/', elements };
    const affordances = affordancesOf(world);
    actor.send({
      type: 'observe',
      step: steps.length,
      observation: JSON.parse(JSON.stringify(observation)),
      affordances,
    });
    const { action, note } = decision as AgentEmitted;
    steps.push({
      observation: JSON.parse(JSON.stringify(observation)),
      affordances,
      action,
      ...(note !== undefined && { note }),
    });
    if ('done' in action) stop = 'agent-done';
    const [parameters] = Object.values(action);
    elementsOf(world)
      .find(({ ref }) => ref === parameters?.ref)
      ?.does?.(String(parameters?.text ?? ''));
  }
  return {
    family,
    environment: 'toy',
    task,
    difficulty,
    instruction: world.instruction,
    steps,
    reward: world.isWon() ? 1 : 0,
    stop,
  };
}

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const SEED_FILES = {
  'policy.json': read('policy.json'),
  'costs.json': read('costs.json'),
  'skills/index.ts': read('skills/index.ts'),
};

/** What a genome's files say that was learned; its skills run as the source that was written. */
async function learnedIn(files: Readonly<Record<string, string | null>>): Promise<Learned> {
  const names = [...(files['skills/index.ts'] ?? '').matchAll(/from '\.\/(.+)\.ts'/g)].map((match) =>
    String(match[1]),
  );
  const library = new URL('../../src/agent/index.ts', import.meta.url).href;
  const skills = names.map(async (name): Promise<Skill> => {
    const source = stripTypeScriptTypes(String(files[`skills/${name}.ts`])).replace(
      "'lamarck/agent'",
      `'${library}'`,
    );
    return (
      (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(source)}`)) as {
        default: Skill;
      }
    ).default;
  });
  return {
    policy: JSON.parse(String(files['policy.json'])),
    costs: JSON.parse(String(files['costs.json'])),
    library: [],
    mendOrder: { tries: {}, choices: {} },
    skills: await Promise.all(skills),
  };
}

type Patch = Extract<ImproverEmitted, { type: 'patch' }>;

/** Lets the improver write a child of these files. */
async function improve(
  files: Readonly<Record<string, string>>,
  episodes: number,
  lessons: readonly Lesson[] = [],
) {
  const families = Object.keys(WORLDS).map((family) => ({ family, environment: 'toy', difficulties: 2 }));
  const input: ImproverInput = {
    files,
    families,
    lessons,
    scope: 'everything',
    mates: [],
    demonstrations: [],
    trajectories: [],
    budget: { episodes },
    seed: 'improvement',
  };
  const actor = createActor(improver.machine, { input });
  const calls: { id: number; arguments: PlayRequest }[] = [];
  let patch: Patch | undefined;
  actor.on('call', (call: (typeof calls)[number]) => calls.push(call));
  actor.on('patch', (emitted: Patch) => (patch = emitted));
  actor.start();
  let episodesLeft = episodes;
  for (let call = calls.shift(); call !== undefined; call = calls.shift()) {
    const request = call.arguments;
    const learned = await learnedIn({ ...files, ...request.files });
    const tries = request.tasks.flatMap((task) =>
      Array.from({ length: request.repeats }, (_, repeat) => ({ task, repeat })),
    );
    const trajectories = tries
      .slice(0, episodesLeft)
      .map(({ task, repeat }) => play(learned, task, `${task.task}/${repeat}`));
    episodesLeft -= trajectories.length;
    const value: PlayReply = { trajectories, episodesLeft };
    actor.send({ type: 'reply', id: call.id, value });
  }
  return { patch, status: actor.getSnapshot().status, episodes: episodes - episodesLeft };
}

/** Share of fresh tasks won, over all families and difficulties. */
function successOf(learned: Learned): number {
  const tasks = Object.keys(WORLDS).flatMap((family) =>
    [1, 2].flatMap((difficulty) =>
      Array.from({ length: 20 }, (_, at) => ({ family, difficulty, task: 900_000 + at })),
    ),
  );
  return tasks.filter((task) => play(learned, task, `fresh ${task.task}`).reward === 1).length / tasks.length;
}

const LEARNED_POLICY: Lesson[] = [{ kind: 'policy', verdict: 'better', gain: null }];
/** Policies came to nothing: it is the turn of skills. */
const VAIN_POLICIES: Lesson[] = Array.from({ length: 4 }, () => ({
  kind: 'policy',
  verdict: 'not-better',
  gain: -0.3,
}));

describe('a scout', () => {
  it('knows nothing at first: all that can be done is equally likely', async () => {
    const { policy } = await learnedIn(SEED_FILES);
    expect(policy).toEqual({ temperature: 1, weights: {} });
    const { steps } = play(
      await learnedIn(SEED_FILES),
      { family: 'family-2', task: 1, difficulty: 1 },
      'first',
    );
    expect(steps[0]?.note).toEqual({
      chance: Math.round(1000 / (steps[0]?.affordances?.length ?? 0)) / 1000,
      because: [],
    });
  });

  it('decides alike for equal seeds, and differently for others', async () => {
    const learned = await learnedIn(SEED_FILES);
    const tried = ['a', 'a', 'b'].map((seed) =>
      play(learned, { family: 'family-1', task: 1, difficulty: 1 }, seed).steps.map(({ action }) => action),
    );
    expect(tried[0]).toEqual(tried[1]);
    expect(tried[0]).not.toEqual(tried[2]);
  });

  it('says by which states it came to a decision', async () => {
    const states: unknown[] = [];
    const machine = createScout(await learnedIn(SEED_FILES));
    const actor = createActor(machine, {
      input: { instruction: 'Go.', environment: 'toy', maxSteps: 3, seed: 's' },
      inspect: (event) =>
        event.type === '@xstate.microstep' && states.push((event.snapshot as { value?: unknown }).value),
    });
    actor.start();
    actor.send({
      type: 'observe',
      step: 0,
      observation: { url: '/', elements: [] },
      affordances: [{ done: {} }],
    });
    expect(states).toEqual(['looks', 'weighs', 'acts']);
    const example = { input: [2], output: 4 };
    const signature = { parameters: [{ name: 'n', type: 'number' }], result: 'number' };
    actor.send({
      type: 'observe',
      step: 1,
      observation: { signature, examples: [example], runs: [], submitted: false },
    });
    expect(states.slice(3)).toEqual(['looks', 'thinks', 'acts']);
  });

  it('leaves a skill that has lost its way, and weighs instead', async () => {
    const lost: Skill = {
      name: 'lost',
      when: () => true,
      *steps() {
        yield undefined;
      },
    };
    const { steps } = play(
      { ...(await learnedIn(SEED_FILES)), skills: [lost] },
      { family: 'family-2', task: 1, difficulty: 1 },
      'lost',
    );
    expect(steps[0]?.note).toHaveProperty('chance');
  });
});

describe('its improver', () => {
  it('learns a policy that wins on fresh tasks, from knowing nothing', async () => {
    const before = successOf(await learnedIn(SEED_FILES));
    const { patch, status, episodes } = await improve(SEED_FILES, 500);
    const after = successOf(await learnedIn({ ...SEED_FILES, ...patch?.files }));
    expect(before).toBeLessThan(0.15);
    expect(after).toBeGreaterThan(0.85);
    expect([status, patch?.kind]).toEqual(['done', 'policy']);
    expect(episodes).toBeLessThanOrEqual(500);
    expect(patch?.rationale).toMatch(
      /^policy: \d+ weights from \d+ episodes; strongest ".+" [+-][\d.]+; train success [\d.]+ → [\d.]+/,
    );
  });

  it('writes what it won as skills: code that wins without any policy', async () => {
    const { patch } = await improve(SEED_FILES, 500);
    const skilled = await learnedIn({
      ...SEED_FILES,
      ...patch?.files,
      'policy.json': SEED_FILES['policy.json'],
    });
    expect(skilled.skills.length).toBeGreaterThan(0);
    expect(successOf(skilled)).toBeGreaterThan(successOf(await learnedIn(SEED_FILES)) + 0.3);
  });

  it('makes skills alone where policies gain nothing more', async () => {
    const { 'policy.json': policy } = (await improve(SEED_FILES, 500)).patch?.files ?? {};
    const parent = { ...SEED_FILES, 'policy.json': String(policy) };
    const { patch } = await improve(parent, 200, VAIN_POLICIES);
    expect(patch?.kind).toBe('skills');
    expect(Object.keys(patch?.files ?? {})).not.toContain('policy.json');
    expect(patch?.rationale).toMatch(/^skills: \d+ of \d+ induced kept after \d+ episodes; train success "/);
  });

  it('writes the same child again', async () => {
    expect(await improve(SEED_FILES, 80)).toEqual(await improve(SEED_FILES, 80));
  });

  it.each([0, 1, 2, 8, 9])('comes to an end with %i episodes', async (budget) => {
    for (const lessons of [[], LEARNED_POLICY]) {
      const { status, episodes } = await improve(SEED_FILES, budget, lessons);
      expect(status).toBe('done');
      expect(episodes).toBeLessThanOrEqual(budget);
    }
  });
});
