import { canonicalJson, type Json, type Trajectory } from '../protocol/index.ts';
import { makeTask, type TaskFamily } from '../task/index.ts';
import { textsOf, valuesOf } from './action-mutants.ts';
import { leaksIn } from './leaks.ts';
import { sound, unknown, unsound, type Finding } from './report.ts';
import { actionsOf, placeOf } from './solution.ts';

/** Whether agents that choose among affordances can do what the oracle does. That they cannot is no fault: programs have no list. */
export function checkAffordances(wins: readonly Trajectory[]): { finding: Finding; coverage: number | null } {
  const offered = wins.flatMap(({ records }) =>
    records.flatMap((record) => {
      if (record.type !== 'action') return [];
      const seen = records.find((other) => other.type === 'observation' && other.step === record.step);
      if (seen?.type !== 'observation' || seen.affordances === undefined) return [];
      const action = canonicalJson(record.action);
      return [seen.affordances.some((affordance) => canonicalJson(affordance) === action)];
    }),
  );
  if (offered.length === 0) return { finding: unknown('affordances', 'none are offered'), coverage: null };
  const covered = offered.filter(Boolean).length;
  const says = `offer ${covered} of the oracle's ${offered.length} actions`;
  return { finding: sound('affordances', says), coverage: covered / offered.length };
}

/**
 * Whether what the solution types and counts was told or shown before. That it was not is no fault: sums have to be worked
 * out. But it may be that nobody could know it, which only a person can tell.
 */
export function checkAnswers(wins: readonly Trajectory[]): Finding {
  const answers = wins.flatMap((trajectory) => {
    let known = trajectory.start.task.instruction.toLowerCase();
    return trajectory.records.flatMap((record) => {
      if (record.type === 'observation')
        known += canonicalJson([record.observation, record.affordances ?? []]).toLowerCase();
      return record.type === 'action'
        ? valuesOf([record.action]).map((text) => ({ text, isKnown: known.includes(text.toLowerCase()) }))
        : [];
    });
  });
  const unseen = answers.filter(({ isKnown }) => !isKnown).map(({ text }) => text);
  if (answers.length === 0) return unknown('answers', 'the solution gives none');
  return unseen.length === 0
    ? sound('answers', `all ${answers.length} were told or shown before they were given`)
    : unknown(
        'answers',
        `${unseen.length} of ${answers.length} that the oracle gave were neither told nor shown before, such as "${unseen[0]?.slice(0, 60) ?? ''}": see that an agent can work them out`,
      );
}

/** Pages among the parameters hold nothing hidden that the solution needs and the instruction does not say. */
export function checkLeaks(family: TaskFamily, wins: readonly Trajectory[]): Finding {
  let pages = 0;
  for (const trajectory of wins) {
    const { task } = trajectory.start;
    const said = task.instruction.toLowerCase();
    const answers = textsOf(actionsOf(trajectory)).filter((text) => !said.includes(text.toLowerCase()));
    const { params } = makeTask(family, task.seed, task.difficulty);
    for (const page of textsWithin(params as Json).filter((text) => /<[a-z!]/i.test(text))) {
      pages++;
      const [leak] = leaksIn(page, answers);
      if (leak !== undefined)
        return unsound(
          'leaks',
          `The page has the answer in it without showing it: ${leak.slice(0, 120)} (${placeOf(trajectory)}).`,
          'Take it out of attributes, hidden fields and comments; keep what the verifier needs in `goal`.',
        );
    }
  }
  return pages === 0
    ? unknown('leaks', 'there are no pages among the parameters')
    : sound('leaks', `none in ${pages} pages`);
}

function textsWithin(value: Json): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsWithin) : [];
}
