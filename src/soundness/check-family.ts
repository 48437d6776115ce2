import { placeInStack } from '../config/index.ts';
import { createScriptedActor, oracleActor, randomActor, type EpisodeJob } from '../episode/index.ts';
import { LamarckError, messageOf, type Trajectory } from '../protocol/index.ts';
import { makeTask, type Task, type TaskFamily } from '../task/index.ts';
import { checkAffordances, checkAnswers, checkLeaks } from './agent-view.ts';
import { boundedFamily } from './bounded-family.ts';
import { checkConduct } from './conduct.ts';
import { checkBorrowed, checkForging } from './forging.ts';
import { checkOpening } from './opening.ts';
import { checkFloor, checkOracle, checkRepetition, type Checking } from './reference-play.ts';
import { sound, unsound, type FamilyReport, type FamilyVerdict, type Finding } from './report.ts';
import { shiftClock } from './shifted-clock.ts';
import { scriptOf } from './solution.ts';
import { checkMalformed, checkMutants } from './verifier.ts';
import { checkWitness } from './witness.ts';

/** Tasks made at each difficulty: it costs no episode, so that a short check makes as many as a long one. */
const MADE = 50;

/** Tasks at each difficulty whose solutions are changed. */
const CHANGED = 2;

/**
 * Whether a family's tasks can be trusted to mean what they say: that they are repeatable, that they can be solved, that
 * nothing else earns, and that what an agent needs is shown to it and no more. Needs no agent.
 *
 * @throws LamarckError `LAMARCK_DRAINED` when asked to stop
 */
export async function checkFamily(family: TaskFamily, checking: Checking): Promise<FamilyReport> {
  try {
    return await examine(boundedFamily(family), checking);
  } catch (error) {
    if (LamarckError.isInstance(error) && error.code === 'LAMARCK_DRAINED') throw error;
    return reportOf(family, [brokenOff(error)], []);
  }
}

/** One family's failure says nothing of the others, which are checked all the same. */
function brokenOff(error: unknown): Finding {
  const remedy = LamarckError.isInstance(error) ? error.remedy : undefined;
  const place = placeInStack(error);
  return unsound(
    'completion',
    `The check broke off: ${place === undefined ? '' : `${place}: `}${messageOf(error)}`,
    remedy ??
      'Look at the hooks of the family and of its environment, and at the schemas of that: they must not throw, and not be asynchronous.',
  );
}

async function examine(family: TaskFamily, checking: Checking): Promise<FamilyReport> {
  const generation = checkGeneration(family, generatedSeeds(family, checking.seeds));
  if (generation.verdict === 'unsound') return reportOf(family, [generation], []);
  const opening = await checkOpening(family, difficultiesOf(family), checking);
  if (opening.verdict === 'unsound') return reportOf(family, [generation, opening], []);
  const jobsWith = (actor: EpisodeJob['actor'], count: number): EpisodeJob[] =>
    difficultiesOf(family).flatMap((difficulty) =>
      playedSeeds(family, count).map((seed) => ({
        actor,
        family,
        seed,
        difficulty,
        repeat: 0,
        isAccountable: false,
      })),
    );
  const first = family.oracle ? await checking.rollout.play(jobsWith(oracleActor, 1)) : [];
  if (first.length > 0 && first.every(({ end }) => end.stop === 'infrastructure-error'))
    return reportOf(family, [generation, opening, checkOracle(family, first)], first);
  const solutions = family.oracle ? await checking.rollout.play(jobsWith(oracleActor, checking.seeds)) : [];
  const wins = solutions.filter(({ end }) => end.reward === 1);
  const few = difficultiesOf(family).flatMap((difficulty) =>
    wins.filter(({ start }) => start.task.difficulty === difficulty).slice(0, CHANGED),
  );
  const mutants = await checkMutants(family, few, checking);
  const witness = checkWitness(family, mutants.judged);
  const affordances = checkAffordances(wins);
  const repetition = await checkRepetition(family, few, checking);
  const findings = [
    generation,
    opening,
    checkOracle(family, solutions),
    repetition.finding,
    await checkFloor('doing nothing', jobsWith(createScriptedActor([]), checking.floorTasks), checking),
    await checkFloor('random actions', jobsWith(randomActor, checking.floorTasks), checking),
    await checkFloor('blind actions', blindJobs(family, wins, checking.floorTasks), checking),
    await checkMalformed(family, few),
    mutants.finding,
    await checkForging(family, wins, checking),
    await checkBorrowed(family, wins, checking.floor),
    witness.finding,
    await checkConduct(family, few),
    affordances.finding,
    checkAnswers(wins),
    checkLeaks(family, few),
  ];
  return {
    ...reportOf(family, findings, solutions),
    mutation: mutants.score,
    witness: witness.name,
    flakes: repetition.flakes,
    coverage: affordances.coverage,
  };
}

function reportOf(
  family: TaskFamily,
  findings: readonly Finding[],
  solutions: readonly Trajectory[],
): FamilyReport {
  const mean = (of: (trajectory: Trajectory) => number): number =>
    solutions.reduce((sum, trajectory) => sum + of(trajectory), 0) / Math.max(1, solutions.length);
  const verdict = verdictOf(family, findings);
  return {
    family: family.name,
    verdict,
    sound: verdict === 'sound',
    findings,
    mutation: { mutants: 0, refused: 0 },
    witness: null,
    flakes: null,
    coverage: null,
    steps: mean(({ end }) => end.steps),
    milliseconds: mean(({ end }) => end.wallMilliseconds),
  };
}

function verdictOf({ oracle }: TaskFamily, findings: readonly Finding[]): FamilyVerdict {
  if (findings.some(({ verdict }) => verdict === 'unsound')) return 'unsound';
  return oracle ? 'sound' : 'unchecked';
}

function difficultiesOf({ difficulties }: TaskFamily): number[] {
  return Array.from({ length: difficulties }, (_, index) => index + 1);
}

/** The first task that is another one when all are made again, the last first, on another day. */
function changedLater(family: TaskFamily, made: readonly Task[]): Task | undefined {
  const setRight = shiftClock();
  try {
    return made
      .toReversed()
      .find(({ seed, difficulty, hash }) => makeTask(family, seed, difficulty).hash !== hash);
  } finally {
    setRight();
  }
}

/** Tasks that cost episodes: of fixed instances, of each split in turn, and none twice. */
function playedSeeds({ instanceSeeds }: TaskFamily, count: number): readonly number[] {
  return instanceSeeds?.slice(0, count) ?? Array.from({ length: count }, (_, seed) => seed);
}

/** Fixed instances are all looked at, whatever split they belong to. */
function generatedSeeds(family: TaskFamily, seeds: number): readonly number[] {
  return family.instanceSeeds ?? playedSeeds(family, Math.max(MADE, seeds));
}

/** Equal seeds make equal tasks, that fit the environment and cross processes as they are; other seeds make others. */
function checkGeneration(family: TaskFamily, seeds: readonly number[]): Finding {
  for (const difficulty of difficultiesOf(family)) {
    const hashes = new Set<string>();
    const made: Task[] = [];
    for (const seed of seeds) {
      const where = `at seed ${seed}, difficulty ${difficulty}`;
      try {
        const task = makeTask(family, seed, difficulty);
        hashes.add(JSON.stringify([task.instruction, task.params]));
        made.push(task);
        if (makeTask(family, seed, difficulty).hash !== task.hash)
          return unsound(
            'generation',
            `generate() made two different tasks ${where}.`,
            'Take all randomness from the `random` that it is given, and no time.',
          );
        const parsed = family.environment.params.safeParse(task.params);
        if (!parsed.success)
          return unsound(
            'generation',
            `The parameters ${where} do not fit the environment "${family.environment.name}": ${parsed.error.issues[0]?.path.join('.') ?? ''} ${parsed.error.issues[0]?.message ?? ''}.`,
            'Make generate() return what the environment states as its params.',
          );
      } catch (error) {
        if (!LamarckError.isInstance(error)) throw error;
        return unsound('generation', error.message, error.remedy ?? 'Mend generate().');
      }
    }
    const changed = changedLater(family, made);
    if (changed !== undefined)
      return unsound(
        'generation',
        `generate() made another task at seed ${changed.seed}, difficulty ${difficulty} after other seeds, with another date.`,
        'Take all randomness from the `random` that it is given, and no time; keep nothing from one task to the next.',
      );
    if (hashes.size < 3)
      return unsound(
        'generation',
        `${seeds.length} seeds at difficulty ${difficulty} make ${hashes.size} different task${hashes.size === 1 ? '' : 's'}.`,
        'Draw more of a task from `random`: what is always the same is learned by heart.',
      );
  }
  return sound('generation', `equal seeds make equal tasks, in ${seeds.length} seeds a difficulty`);
}

/** The solution of one task, done to another that asks for something else. */
function blindJobs(family: TaskFamily, wins: readonly Trajectory[], tasks: number): EpisodeJob[] {
  return difficultiesOf(family).flatMap((difficulty) => {
    const own = wins.filter(({ start }) => start.task.difficulty === difficulty);
    return own.slice(0, tasks).flatMap(({ start: { task } }, at) => {
      const other = own[(at + 1) % own.length];
      if (other === undefined || other.start.task.instruction === task.instruction) return [];
      const script = scriptOf(other, family);
      const actor = script.actor(script.actions);
      return [{ actor, family, seed: task.seed, difficulty, repeat: 0, isAccountable: false }];
    });
  });
}
