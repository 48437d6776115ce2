import { makeTask, type Task, type TaskFamily } from 'lamarck';
import { afterAll, describe, expect, it } from 'vitest';
import { createBrowserSandbox } from '../../sandboxes/browser/index.ts';
import { createCompiler } from '../../sandboxes/compiler/index.ts';
import { createProgramSandbox } from '../../sandboxes/isolate/index.ts';
import { openSession, type Session } from '../../src/environment/index.ts';
import { createRandom, type Json } from '../../src/protocol/index.ts';
import { programs } from '../../tasks/programs/index.ts';
import { web } from '../../tasks/web/index.ts';

type Policy = (step: number, observation: Json, affordances: readonly Json[]) => Json | undefined;

/** How many tasks of each kind are played. */
export interface TaskCounts {
  /** Solved by their oracle, of each difficulty. */
  readonly solved: { readonly web: number; readonly programs: number };
  /** Lost by doing nothing, and by the solution of another. */
  readonly lost: number;
  /** Played by a random actor. */
  readonly random: number;
  /** With a button that nobody asked for. */
  readonly besides: number;
  /** With each special act, and with a frame. */
  readonly special: number;
  /** Whether the other acts of these tasks are left out and done wrongly too. */
  readonly others: boolean;
  readonly framed: number;
  /** Programs that only know the examples. */
  readonly known: number;
}

const sandboxes = {
  browser: createBrowserSandbox(),
  programs: createProgramSandbox(),
  compiler: createCompiler(),
};

/** Plays a task to its end in its real environment and judges it; `played` is what was done. */
async function play(
  family: TaskFamily,
  task: Task,
  policy: Policy,
): Promise<{ reward: number; played: Json[] }> {
  const session: Session = await openSession(family.environment, {
    params: task.params,
    instruction: task.instruction,
    random: createRandom(`world/${task.seed}`),
    signal: AbortSignal.timeout(30_000),
    sandboxes,
  });
  const played: Json[] = [];
  try {
    for (let step = 0; step < family.maxSteps; step++) {
      const action = policy(step, await session.observe(), (await session.affordances()) ?? []);
      if (action === undefined) break;
      played.push(action);
      if ((await session.act(action)).done) break;
    }
    const evidence = await session.evidence();
    const params = family.environment.params.parse(task.params);
    return {
      reward: Number(await family.verify({ evidence, params, instruction: task.instruction })),
      played,
    };
  } finally {
    await session.close();
  }
}

/** The reference solution of `task`; its params are parsed, as the verifier's are. */
function oracleOf(family: TaskFamily, task: Task): Policy {
  const params = family.environment.params.parse(task.params);
  const { oracle } = family;
  if (oracle === undefined) throw new Error(`"${family.name}" has no reference solution.`);
  let steps: Generator<unknown, void, unknown> | undefined;
  return (_step, observation) => {
    const next = steps
      ? steps.next(observation)
      : (steps = oracle({ observation, params, instruction: task.instruction })).next();
    return next.done ? undefined : (next.value as Json);
  };
}

/** The same actions whatever is seen. */
function listOf(actions: readonly Json[]): Policy {
  return (step) => actions[step];
}

function randomActor(seed: number): Policy {
  const random = createRandom(`actor/${seed}`);
  return (_step, _observation, affordances) =>
    affordances.length > 0 ? random.pick(affordances) : undefined;
}

const nameOf = (action: Json | undefined): string => Object.keys(action as object)[0] ?? '';
const seeds = (count: number): number[] => Array.from({ length: count }, (_, seed) => seed);

/** What else a page may take than clicks and texts: in some layouts, from difficulty 2 on. */
const SPECIAL: readonly (readonly [string, string, readonly string[]])[] = [
  ['hover', 'web/mail-triage', ['hover']],
  ['drag', 'web/mail-triage', ['drag']],
  ['drag', 'web/tree', ['drag']],
  ['accept a prompt', 'web/tree', ['accept']],
  ['accept a question', 'web/tabs-and-dialogs', ['accept']],
  ['dismiss a question', 'web/tabs-and-dialogs', ['accept', 'dismiss']],
  ['work in tabs', 'web/tabs-and-dialogs', ['tab', 'close']],
  ['upload', 'web/booking-wizard', ['upload']],
];

/** Buttons that applications show and no task asks for. */
const OTHERS = ['Export', 'Print page', 'Share', 'Refresh'];

/** Describes the families that come with the package, each of which is played in its real environment. */
export function describeTasks(counts: TaskCounts): void {
  afterAll(async () => {
    await sandboxes.browser[Symbol.asyncDispose]();
    await sandboxes.programs[Symbol.asyncDispose]();
  });

  describe.each([...web, ...programs].map((family) => [family.name, family] as const))(
    '%s',
    (_name, family) => {
      const isWeb = family.environment.name === 'browser';

      it.each([1, 2, 3])('is solved by its oracle, within its steps (difficulty %i)', async (difficulty) => {
        for (const seed of seeds(isWeb ? counts.solved.web : counts.solved.programs)) {
          const task = makeTask(family, seed, difficulty);
          const { reward } = await play(family, task, oracleOf(family, task));
          expect(reward, `${task.instruction} (seed ${seed})`).toBe(1);
        }
      });

      it('is lost by doing nothing, and by doing what another task asked for', async () => {
        for (const seed of seeds(counts.lost)) {
          const task = makeTask(family, seed, 2);
          const other = makeTask(family, seed + 100, 2);
          expect((await play(family, task, () => undefined)).reward).toBe(0);
          if (isWeb) expect((await play(family, task, listOf([{ done: {} }]))).reward).toBe(0);
          const { played } = await play(family, other, oracleOf(family, other));
          expect(
            (await play(family, task, listOf(played))).reward,
            `${task.instruction} ≠ ${other.instruction}`,
          ).toBe(0);
        }
      });

      it('is seldom won by a random actor', async () => {
        let won = 0;
        const tries = seeds(counts.random);
        for (const seed of tries)
          won += (await play(family, makeTask(family, seed, 1), randomActor(seed))).reward;
        expect(won / tries.length).toBeLessThanOrEqual(0.25);
      });
    },
  );

  describe.each(web.map((family) => [family.name, family] as const))(
    '%s, verified strictly',
    (_name, family) => {
      it('is lost where any action of the solution is left out', async () => {
        const task = makeTask(family, 3, 3);
        const { played } = await play(family, task, oracleOf(family, task));
        expect(nameOf(played.at(-1))).toBe('done');
        for (const left of seeds(played.length - 1)) {
          const { reward } = await play(family, task, listOf(played.toSpliced(left, 1)));
          expect(reward, `without ${JSON.stringify(played[left])}`).toBe(0);
        }
      });

      it('is lost where a text is typed or an option is chosen wrongly', async () => {
        const task = makeTask(family, 4, 3);
        const { played } = await play(family, task, oracleOf(family, task));
        for (const [index, action] of played.entries()) {
          const { fill } = action as { fill?: { ref: string; text: string } };
          if (!fill) continue;
          // A field for numbers takes no letters.
          const text = /^\d+$/.test(fill.text) ? `${fill.text}1` : `${fill.text}x`;
          const altered = played.with(index, { fill: { ...fill, text } });
          expect((await play(family, task, listOf(altered))).reward, `with ${text}`).toBe(0);
        }
      });

      it('is lost where a button that nobody asked for is pressed besides', async () => {
        const isBesides = ({ params }: Task): boolean =>
          'besides' in ((params as { goal: object }).goal ?? {});
        const tasks = seeds(counts.besides).map((seed) => makeTask(family, seed, 3));
        for (const task of tasks.filter(isBesides)) {
          const solve = oracleOf(family, task);
          let pressed = 0;
          const { reward, played } = await play(family, task, (step, observation, affordances) => {
            const { elements } = observation as {
              elements: { ref: string; name: string; coveredBy?: string }[];
            };
            const button = elements.find(({ name, coveredBy }) => OTHERS.includes(name) && !coveredBy);
            // A dialog that lies over it is dealt with first.
            if (pressed > 0 || !button) return solve(step, observation, affordances);
            pressed++;
            return { click: { ref: button.ref } };
          });
          expect(pressed).toBe(1);
          expect(reward, JSON.stringify(played)).toBe(0);
        }
      });

      it('may be won without `done`', async () => {
        const task = makeTask(family, 5, 1);
        const { played } = await play(family, task, oracleOf(family, task));
        expect((await play(family, task, listOf(played.slice(0, -1)))).reward).toBe(1);
      });
    },
  );

  describe.each(SPECIAL)('%s in %s', (_act, name, acts) => {
    /** Plays by the oracle; every action of it is one that the page offers. */
    async function solve(family: TaskFamily, task: Task) {
      const oracle = oracleOf(family, task);
      return play(family, task, (step, observation, affordances) => {
        const action = oracle(step, observation, affordances);
        if (action !== undefined) expect(affordances).toContainEqual(action);
        return action;
      });
    }

    it('is offered, solves, and loses where it is left out or done to something else', async () => {
      const family = web.find((one) => one.name === name) as TaskFamily;
      let found = 0;
      for (let seed = 0; seed < 60 && found < counts.special; seed++) {
        const task = makeTask(family, seed, 3);
        const { reward, played } = await solve(family, task);
        expect(reward, task.instruction).toBe(1);
        if (!acts.every((act) => played.some((action) => nameOf(action) === act))) continue;
        found++;
        for (const [index, action] of played.slice(0, -1).entries()) {
          if (!counts.others && !acts.includes(nameOf(action))) continue;
          const lists = [
            played.toSpliced(index, 1),
            ...variants(task, action).map((one) => played.with(index, one)),
          ];
          for (const list of lists)
            expect(
              (await play(family, task, listOf(list))).reward,
              `${task.instruction} ${JSON.stringify(list)}`,
            ).toBe(0);
        }
      }
      expect(found).toBe(counts.special);
    });

    /** The same kind of action, done wrongly. */
    function variants(task: Task, action: Json): Json[] {
      const { drag, upload, accept, dismiss } = action as Record<string, Record<string, string> | undefined>;
      const { files = {} } = task.params as { files?: Record<string, string> };
      if (drag) return [{ drag: { ref: drag['to'] ?? '', to: drag['ref'] ?? '' } }];
      if (upload) {
        const others = Object.keys(files).filter((file) => file !== upload['file']);
        return others.map((file) => ({ upload: { ref: upload['ref'] ?? '', file } }));
      }
      if (accept?.['text'] !== undefined)
        return [{ accept: { text: `${accept['text']}x` } }, { dismiss: {} }];
      return dismiss ? [{ accept: {} }] : [];
    }
  });

  describe('a frame in web/booking-wizard', () => {
    it('holds the wizard in some layouts, and is worked in as the page itself is', async () => {
      const family = web.find(({ name }) => name === 'web/booking-wizard') as TaskFamily;
      const framed = seeds(60)
        .flatMap((seed) => [2, 3].map((difficulty) => makeTask(family, seed, difficulty)))
        .filter(({ params }) => '/wizard' in (params as { site: object }).site);
      expect(framed.length).toBeGreaterThan(10);
      for (const task of framed.slice(0, counts.framed)) {
        const oracle = oracleOf(family, task);
        let isInFrame = false;
        const { reward } = await play(family, task, (step, observation, affordances) => {
          const { elements } = observation as { elements: { frame?: string }[] };
          isInFrame ||= elements.some(({ frame }) => frame !== undefined);
          const action = oracle(step, observation, affordances);
          if (action !== undefined) expect(affordances).toContainEqual(action);
          return action;
        });
        expect([reward, isInFrame], task.instruction).toEqual([1, true]);
      }
    });
  });

  describe.each(programs.map((family) => [family.name, family] as const))(
    '%s, verified strictly',
    (_name, family) => {
      it('is lost by a program that only knows the examples', async () => {
        for (const seed of seeds(counts.known)) {
          const task = makeTask(family, seed, 2);
          const { examples } = task.params as { examples: { input: Json[]; output: Json }[] };
          const known = JSON.stringify(
            Object.fromEntries(examples.map(({ input, output }) => [JSON.stringify(input), output])),
          );
          const source = `export default (...args) => (${known})[JSON.stringify(args)] ?? null;\n`;
          expect((await play(family, task, listOf([{ submit: { source } }]))).reward).toBe(0);
        }
      });
    },
  );
}
