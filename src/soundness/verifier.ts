import { canonicalJson, type Json, type Trajectory } from '../protocol/index.ts';
import type { TaskFamily } from '../task/index.ts';
import { actionMutants } from './action-mutants.ts';
import { evidenceMutants, malformedEvidence } from './evidence-mutants.ts';
import { rewardOf } from './evidence-reward.ts';
import type { Checking } from './reference-play.ts';
import { sound, unknown, unsound, type Finding, type MutationScore } from './report.ts';
import { evidenceOf, placeOf, scriptOf } from './solution.ts';

/** Share of mutants that a verifier has to refuse. */
const LEAST = 0.95;
/** Changes of one piece of evidence: more are thinned out evenly. */
const MOST_OF_EVIDENCE = 200;

interface Verdict {
  readonly what: string;
  /** The member of the evidence that was changed; undefined where an action was. */
  readonly field?: string;
  readonly isRefused: boolean;
  /**
   * The verifier accepted this small change although it refuses every large change of the same value: the task may
   * ask for an approximate value.
   */
  readonly isTolerated?: boolean;
}

/** What is no evidence earns nothing: its schema refuses it, or its verifier. */
export async function checkMalformed(family: TaskFamily, wins: readonly Trajectory[]): Promise<Finding> {
  let tried = 0;
  for (const trajectory of wins) {
    const evidence = evidenceOf(trajectory);
    if (evidence === undefined) continue;
    for (const { what, evidence: malformed } of malformedEvidence(evidence)) {
      tried++;
      const reward = await rewardOf(family, trajectory.start.task, malformed);
      if (reward !== undefined && reward > 0)
        return unsound(
          'malformed evidence',
          `Evidence that is ${what} earns ${reward} (${placeOf(trajectory)}).`,
          "State the environment's evidence with zod as narrowly as it is, and judge all that a task asks for.",
        );
    }
  }
  return tried === 0
    ? unknown('malformed evidence', 'there is no evidence to spoil')
    : sound('malformed evidence', `earns nothing, spoiled in ${tried} ways`);
}

/**
 * Solutions with one action changed, and evidence with one thing changed, lose. An action whose change leaves the
 * evidence as it is changed nothing; a member of the evidence of which no change matters is not judged, and is named.
 */
export async function checkMutants(
  family: TaskFamily,
  wins: readonly Trajectory[],
  checking: Checking,
): Promise<{ finding: Finding; score: MutationScore; judged: readonly string[] }> {
  const judged = wins.flatMap((trajectory) => {
    const evidence = evidenceOf(trajectory);
    return evidence === undefined ? [] : [{ trajectory, evidence }];
  });
  const verdicts: Verdict[] = [];
  for (const { trajectory, evidence } of judged)
    verdicts.push(...(await changedEvidence(family, trajectory, evidence)));
  const fields = [...new Set(verdicts.flatMap(({ field }) => field ?? []))];
  const silent = fields.filter((name) =>
    verdicts.every(({ field, isRefused }) => field !== name || !isRefused),
  );
  // What no seed repeats differs by itself: there, only what is judged can tell that an action mattered.
  const beside = family.environment.repeatability === 'seeded' ? [] : silent;
  const isSame = (one: Json, other: Json): boolean =>
    canonicalJson(without(one, beside)) === canonicalJson(without(other, beside));
  const rough = [...new Set(verdicts.flatMap(({ field, isTolerated }) => (isTolerated && field) || []))];
  for (const { trajectory, evidence } of judged)
    verdicts.push(...(await changedActions(family, trajectory, evidence, { isSame, rough }, checking)));
  const counted = verdicts.filter(
    ({ field, isTolerated }) => !isTolerated && (field === undefined || !silent.includes(field)),
  );
  const refused = counted.filter(({ isRefused }) => isRefused).length;
  const score = { mutants: counted.length, refused };
  const finding = findingOf(score, counted, { fields, silent, rough });
  return { finding, score, judged: fields.filter((name) => !silent.includes(name)) };
}

function findingOf(
  { mutants, refused }: MutationScore,
  counted: readonly Verdict[],
  { fields, silent, rough }: Record<'fields' | 'silent' | 'rough', readonly string[]>,
): Finding {
  if (fields.length > 0 && silent.length === fields.length)
    return unsound(
      'mutants',
      `The verifier accepts whatever is changed in the evidence (${silent.join(', ')}).`,
      'Make verify() compare the evidence with what the task asks for.',
    );
  if (mutants === 0) return unknown('mutants', 'there is no solution to change');
  const share = refused / mutants;
  const beside =
    (silent.length > 0 ? `; not judged: ${silent.join(', ')}` : '') +
    (rough.length > 0 ? `; small changes are accepted of: ${rough.join(', ')}` : '');
  if (share >= LEAST) return sound('mutants', `${refused} of ${mutants} are refused${beside}`);
  const accepted = counted.filter(({ isRefused }) => !isRefused).map(({ what }) => what);
  return unsound(
    'mutants',
    `The verifier accepts ${mutants - refused} of ${mutants} changed solutions, such as: ${accepted.slice(0, 3).join('; ')}${beside}.`,
    'Make verify() ask for each thing that the task asks for, and for nothing besides having happened.',
  );
}

/** Whether only numbers differ of which the verifier accepts small changes. */
function isRoughly(one: Json, other: Json, rough: readonly string[]): boolean {
  const numbers = rough.filter((name) => typeof (one as Record<string, Json> | null)?.[name] === 'number');
  return canonicalJson(without(one, numbers)) === canonicalJson(without(other, numbers));
}

function without(evidence: Json, members: readonly string[]): Json {
  if (evidence === null || typeof evidence !== 'object' || Array.isArray(evidence)) return evidence;
  return Object.fromEntries(Object.entries(evidence).filter(([name]) => !members.includes(name)));
}

async function changedEvidence(
  family: TaskFamily,
  trajectory: Trajectory,
  evidence: Json,
): Promise<Verdict[]> {
  const mutants = [...evidenceMutants(evidence)];
  const every = Math.max(1, Math.ceil(mutants.length / MOST_OF_EVIDENCE));
  const places = [...Map.groupBy(mutants, ({ path }) => path)].filter((_, at) => at % every === 0);
  const verdicts: Verdict[] = [];
  for (const [path, changes] of places) {
    const what = `${path} changed (${placeOf(trajectory)})`;
    const judged: { isNear: boolean; isRefused: boolean }[] = [];
    for (const { evidence: changed, isNear } of changes) {
      const reward = await rewardOf(family, trajectory.start.task, changed);
      // What its schema refuses never comes to the verifier.
      if (reward !== undefined) judged.push({ isNear, isRefused: reward < 1 });
    }
    const far = judged.filter(({ isNear }) => !isNear);
    const isBounded = far.length > 0 && far.every(({ isRefused }) => isRefused);
    for (const { isNear, isRefused } of judged)
      verdicts.push({
        what,
        field: changes[0]?.field ?? '',
        isRefused,
        isTolerated: isNear && isBounded && !isRefused,
      });
  }
  return verdicts;
}

async function changedActions(
  family: TaskFamily,
  trajectory: Trajectory,
  evidence: Json,
  { isSame, rough }: { isSame: (one: Json, other: Json) => boolean; rough: readonly string[] },
  { rollout }: Checking,
): Promise<Verdict[]> {
  const { seed, difficulty } = trajectory.start.task;
  const script = scriptOf(trajectory, family);
  const mutants = actionMutants(script.actions);
  const played = await rollout.play(
    mutants.map(({ actions }) => ({
      actor: script.actor(actions),
      family,
      seed,
      difficulty,
      repeat: 0,
      isAccountable: false,
    })),
  );
  return played.flatMap((changed, at) => {
    const other = evidenceOf(changed);
    if (other === undefined || isSame(other, evidence)) return [];
    const what = `${mutants[at]?.what ?? ''} (${placeOf(trajectory)})`;
    const isRefused = changed.end.reward !== 1;
    return [{ what, isRefused, isTolerated: !isRefused && isRoughly(other, evidence, rough) }];
  });
}
