import {
  readManifest,
  readSummary,
  restoreManifest,
  writeManifest,
  type Recovery,
  type RunManifest,
  type RunRecord,
} from '../run/index.ts';
import { canonicalJson } from '../protocol/index.ts';
import { describeDamage, segmentName } from '../trajectory/index.ts';

/**
 * Mends what is damaged of a run that is resumed, and keeps the budget and the changes that it goes on with.
 *
 * @returns what was wrong and what is lost, a line each
 */
export async function takeUp(
  folder: string,
  manifest: RunManifest,
  record: RunRecord,
): Promise<readonly string[]> {
  const problem = await restoreManifest(folder);
  const { episodes } = await record.totals();
  const lines = await recoveryLines(folder, record.recovery, episodes, problem);
  const before = await readManifest(folder);
  if (canonicalJson(before) !== canonicalJson(manifest)) await writeManifest(folder, manifest);
  return lines;
}

/**
 * What was wrong with a run that is resumed, a line each, and what is done about it; nothing where nothing was.
 *
 * @param episodes that the record has now
 * @param manifestProblem what was wrong with `run.json`, in half a sentence
 */
async function recoveryLines(
  folder: string,
  { damage, torn, lost }: Recovery,
  episodes: number,
  manifestProblem: string | undefined,
): Promise<string[]> {
  const { summary, problem } = await readSummary(folder);
  // A segment that was cut between two frames shows no damage, and the database may be gone with it.
  const gone = Math.max(lost.length, (summary?.episodes ?? 0) - episodes);
  return [
    ...(manifestProblem === undefined ? [] : [`damaged   ${manifestProblem}: written anew from its copy`]),
    ...(problem === undefined ? [] : [`damaged   ${problem}: written anew when the run ends`]),
    ...damage.map(
      (part) =>
        `damaged   ${describeDamage(part)}${part.length > 0 ? '; moved to trajectories/damaged' : ''}`,
    ),
    ...torn.map(
      ({ segment, length }) =>
        `cut       ${length} bytes of an incomplete frame at the end of trajectories/${segmentName(segment)}`,
    ),
    ...(gone > 0
      ? [
          `lost      ${gone} ${gone === 1 ? 'episode' : 'episodes'}; what the run needs of them is played again`,
        ]
      : damage.length > 0
        ? ['lost      perhaps what these parts held; what the run needs of it is played again']
        : []),
  ];
}
