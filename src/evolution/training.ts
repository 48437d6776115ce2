import { z } from 'zod';
import { actorOf } from '../evaluation/index.ts';
import type { PlayReply } from '../agent/index.ts';
import { LamarckError, type Json, type Trajectory } from '../protocol/index.ts';
import { SPLIT_SIZE, splitSeed, type TaskFamily } from '../task/index.ts';
import { applyPatch, genomeOf, type Genome } from '../genome/index.ts';
import type { RunContext } from './run-context.ts';
import { mendItself, modulesOf, taskNamed } from './self-mending.ts';
import { viewOf } from './trajectory-view.ts';

const TasksSchema = z
  .array(
    z.object({
      family: z.string(),
      task: z
        .number()
        .int()
        .min(0)
        .max(SPLIT_SIZE - 1),
      difficulty: z.number().int().min(1),
    }),
  )
  .max(1024);
type TrainTask = z.infer<typeof TasksSchema>[number];

const PlayRequestSchema = z.object({
  files: z.record(z.string(), z.string().nullable()),
  tasks: TasksSchema,
  repeats: z.number().int().min(1).max(32),
});

const ExploreRequestSchema = z.object({ tasks: TasksSchema, tries: z.number().int().min(1).max(1024) });

const MendRequestSchema = z.object({
  module: z.string(),
  tests: TasksSchema.min(1).max(64),
  hidden: TasksSchema.min(1).max(256),
  runs: z.number().int().min(1).max(1024),
});

/** What an improver may ask of the world while it makes a child: train tasks only, until its episodes are spent. */
export interface Training {
  /** Answers a call of the improver. @throws LamarckError `LAMARCK_GUEST_PROTOCOL` where it is none that there is. */
  answer(name: string, request: Json): Promise<PlayReply>;
  readonly spent: number;
}

/** @param parent what drafts are changes of */
export function createTraining(run: RunContext, parent: Genome, episodes: number): Training {
  let left = episodes;

  async function play(request: unknown): Promise<PlayReply> {
    const { files, tasks, repeats } = parse(PlayRequestSchema, 'play', request);
    const planned = tasks
      .flatMap((task) => Array.from({ length: repeats }, (_, repeat) => ({ ...task, repeat })))
      .slice(0, left);
    const trajectories = await playDraft(files, planned);
    return {
      trajectories: trajectories.map((trajectory, place) =>
        viewOf(trajectory, planned[place]?.family ?? '', planned[place]?.task ?? 0),
      ),
      episodesLeft: left,
    };
  }

  function playDraft(
    files: Readonly<Record<string, string | null>>,
    planned: readonly (TrainTask & { repeat: number })[],
  ): Promise<Trajectory[]> {
    const actor = actorOf(run, genomeOf(applyPatch(parent.files, files)));
    left -= planned.length;
    return run.rollout.play(
      planned.map((task) => ({
        actor,
        ...trainTask(run, task),
        difficulty: task.difficulty,
        repeat: task.repeat,
      })),
    );
  }

  async function mend(request: unknown): Promise<PlayReply> {
    const { module, tests, hidden, runs } = parse(MendRequestSchema, 'mend', request);
    if (!Object.hasOwn(modulesOf(parent.files), module))
      throw guestError(`asked to mend "${module}", which is not among its files of code`);
    for (const task of [...tests, ...hidden]) trainTask(run, task);
    // The repair itself, its last run of the tests, and the hidden ones with and without what it changed.
    const affordable = Math.min(runs, Math.floor((left - 1 - 2 * hidden.length) / tests.length) - 1);
    if (affordable < 1) return { trajectories: [], episodesLeft: left };
    left--;
    const repair = await mendItself(run, parent, {
      module,
      tests,
      hidden,
      runs: affordable,
      trials: {
        play: (drafts, tasks) =>
          Promise.all(
            drafts.map(async (draft) => {
              const planned = tasks.map((named) => ({ ...taskNamed(named), repeat: 0 }));
              return (await playDraft(draft, planned)).map(({ end }) => end.reward);
            }),
          ),
      },
    });
    return { trajectories: [viewOf(repair, 'self', 0)], episodesLeft: left };
  }

  async function explore(request: unknown): Promise<PlayReply> {
    const { tasks, tries } = parse(ExploreRequestSchema, 'explore', request);
    // Each takes a search, and the confirmation of what it found.
    const affordable = tasks.slice(0, Math.floor(left / 2));
    left -= affordable.length;
    const jobs = affordable.map((task) => ({
      ...trainTask(run, task),
      difficulty: task.difficulty,
      tries,
    }));
    const wins = await run.rollout.explore(jobs);
    const trajectories = wins.flatMap((win, place) => {
      const task = affordable[place];
      return win && task ? [viewOf(win, task.family, task.task)] : [];
    });
    left -= trajectories.length;
    return { trajectories, episodesLeft: left };
  }

  return {
    get spent() {
      return episodes - left;
    },
    answer: (name, request) => {
      if (name === 'play') return play(request);
      if (name === 'explore') return explore(request);
      if (name === 'mend') return mend(request);
      throw guestError(`called "${name}", which there is not`);
    },
  };
}

function trainTask(
  run: RunContext,
  { family: alias, task, difficulty }: TrainTask,
): { family: TaskFamily; seed: number } {
  const family = run.families.find((each) => each.alias === alias)?.family;
  if (!family || difficulty > family.difficulties)
    throw guestError(`asked to play "${alias}" at difficulty ${difficulty}, which is not among its families`);
  return { family, seed: splitSeed('train', run.seed, task) };
}

function parse<Schema extends z.ZodType>(schema: Schema, call: string, request: unknown): z.output<Schema> {
  const parsed = schema.safeParse(request);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw guestError(`asked for ${call} with invalid arguments: ${issue?.message} at ${issue?.path.join('.')}`);
}

function guestError(what: string): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_GUEST_PROTOCOL',
    boundary: 'agent',
    message: `The improver ${what}`,
  });
}
