import { judgeAtLoad, type ProgramCandidate, type ProgramLimits, type ProgramOutcome } from 'lamarck';
import {
  recordedCases,
  recordingProgram,
  testedProgram,
  testResults,
  USUAL_FUEL,
  type Case,
  type Fuel,
} from 'lamarck/environments';
import type { FunctionTask } from './formats.ts';
import type { Problem, Row } from './reading.ts';

/** A function whose tests are cases, with the fuel that they are judged with. */
export interface PlayableTask extends FunctionTask {
  readonly publicCases: readonly Case[];
  readonly hiddenCases: readonly Case[];
  readonly fuel: Fuel;
}

/** Units of fuel that a right solution may take for all of its tests. */
const MOST_FUEL = 16_000_000;
/** How many times the fuel that its right solution takes a task has at least. */
const MARGIN = 4;
/** In ms for the tests of one row: a backstop for what takes no fuel. */
const MOST_WALL = 30_000;

/** A program that a row asks for, and its outcomes by input. */
type Asked = ProgramCandidate & { readonly limits: Partial<ProgramLimits> };
type Examined<Result> = Generator<Asked, Result, readonly ProgramOutcome[]>;

/** Why a row cannot be played: its column, and the rest of a sentence about that. */
class Unplayable extends Error {
  constructor(column: string, why: string) {
    super(`"${column}": ${why}`);
  }
}

/**
 * The rows that can be played, and why the others cannot: each assertion has to be a case, the right solution to pass the tests
 * within the fuel that others are judged with, and what the file holds at first not to pass them.
 */
export function playableRows(rows: readonly Row<FunctionTask>[]): {
  rows: Row<PlayableTask>[];
  problems: Problem[];
} {
  const playable: Row<PlayableTask>[] = [];
  const problems: Problem[] = [];
  const examinations = rows.map(({ place, columns }) => ({ place, examination: examined(columns) }));
  let asking = examinations.map((each) => ({
    ...each,
    answer: undefined as readonly ProgramOutcome[] | undefined,
  }));
  while (asking.length > 0) {
    const waiting = asking.flatMap(({ place, examination, answer }) => {
      try {
        const next = answer === undefined ? examination.next() : examination.next(answer);
        if (!next.done) return { place, examination, asked: next.value };
        playable.push({ place, columns: next.value });
      } catch (error) {
        if (!(error instanceof Unplayable)) throw error;
        problems.push({ place, fault: error.message });
      }
      return [];
    });
    // The programs of all rows in one process.
    const answers = judgeAtLoad(waiting.map(({ asked }) => asked));
    asking = waiting.map(({ place, examination }, at) => ({ place, examination, answer: answers[at] ?? [] }));
  }
  return { rows: playable.toSorted((one, other) => one.place.number - other.place.number), problems };
}

function* examined(task: FunctionTask): Examined<PlayableTask> {
  const { tests, hidden, text, isStub, solution } = task;
  const hiddenCases = yield* casesOf(task, hidden, 'tests');
  const publicCases =
    tests === undefined ? hiddenCases.slice(0, 1) : yield* casesOf(task, tests, 'public tests');
  let fuel = USUAL_FUEL;
  if (solution !== undefined) {
    const trial = yield* fuelFor(solution, publicCases, USUAL_FUEL.trial);
    const verdict = yield* fuelFor(solution, hiddenCases, USUAL_FUEL.verdict);
    fuel = { trial, verdict: Math.max(trial, verdict) };
  }
  const begun = testResults(yield testing(text, hiddenCases, fuel.verdict), hiddenCases);
  const unread = begun.find((result) => 'kind' in result && result.kind === 'syntax');
  if (isStub && unread && 'message' in unread)
    throw new Unplayable(
      'the text to begin with',
      `is no JavaScript module: ${unread.message.replace(/\.+$/, '')}`,
    );
  if (begun.every(({ ok }) => ok))
    throw new Unplayable('the text to begin with', 'passes all hidden tests already');
  return { ...task, publicCases, hiddenCases, fuel };
}

function* casesOf({ call, reference }: FunctionTask, script: string, what: string): Examined<Case[]> {
  const test = { script, call, reference };
  const [outcome] = yield {
    ...recordingProgram(test),
    limits: { fuel: MOST_FUEL, wallMilliseconds: MOST_WALL },
  };
  const isSlow = outcome?.ok === false && outcome.kind === 'fuel';
  const recorded = isSlow ? { fault: tooSlow() } : recordedCases(test, outcome);
  if ('fault' in recorded) throw new Unplayable(what, recorded.fault);
  return recorded.cases;
}

/** The fuel of a task: that which its right solution passes with, and a margin. Its tests are tried with ever more. */
function* fuelFor(solution: string, cases: readonly Case[], usual: number): Examined<number> {
  for (let units = usual / MARGIN; ; units = Math.min(MARGIN * units, MOST_FUEL)) {
    const results = testResults(yield testing(solution, cases, units), cases);
    const wrong = results.find(({ ok }) => !ok);
    if (wrong === undefined) return MARGIN * units;
    const isSlow = 'kind' in wrong && wrong.kind === 'fuel';
    if (!isSlow)
      throw new Unplayable(
        'the right solution',
        `does not pass its own tests: ${'message' in wrong ? wrong.message.replace(/\.+$/, '') : JSON.stringify(wrong)}`,
      );
    if (units === MOST_FUEL) throw new Unplayable('the right solution', tooSlow());
  }
}

const testing = (text: string, cases: readonly Case[], fuel: number): Asked => ({
  ...testedProgram(text, cases),
  limits: { fuel, wallMilliseconds: MOST_WALL },
});

function tooSlow(): string {
  return `takes more than ${MOST_FUEL.toLocaleString('en')} units of fuel for its tests, or never ends`;
}
