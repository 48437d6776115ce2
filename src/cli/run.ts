import { loadConfiguration } from '../config/index.ts';
import { runEpisode } from '../episode/index.ts';
import { loadGenome, openRunRecord } from '../evolution/index.ts';
import { boundedFamily } from '../soundness/index.ts';
import { actorNamed, seedGenomeFolder } from './agent-reference.ts';
import { trajectoryLines } from './describe-step.ts';
import { familyAt } from './family-at.ts';
import { openMachinery } from './machinery.ts';
import { assertReady } from './readiness.ts';
import { startRun } from './start-run.ts';
import { joined, style, styled } from './styled-text.ts';
import { notice, print, printJson } from './terminal.ts';

/** `lamarck run FAMILY`: one episode, recorded in a run of its own. Exits with 1 where something other than the agent ended it. */
export async function runCommand(
  familyName: string,
  options: { config?: string; agent?: string; seed: number; difficulty: number; json?: boolean },
): Promise<void> {
  const configuration = await loadConfiguration(options.config);
  // By one episode authors try what they wrote, and it may loop.
  const family = boundedFamily(familyAt(configuration, familyName, options.difficulty));
  assertReady([family]);
  await using machinery = openMachinery(configuration, notice);
  const { actor, genome } = await actorNamed(options.agent, configuration, machinery.minds);
  const trajectory = await runEpisode(
    { actor, family, seed: options.seed, difficulty: options.difficulty, repeat: 0 },
    machinery.world,
    new AbortController().signal,
  );
  const { folder, manifest } = await startRun(configuration, {
    kind: 'run',
    seed: options.seed,
    budget: { ...configuration.budget, episodes: 1 },
    search: configuration.search,
    agent: genome ?? (await loadGenome(seedGenomeFolder(configuration))),
  });
  await using record = await openRunRecord(folder);
  await record.memory.keep(trajectory);
  // Missing is not lost: what calls this must be able to tell them apart.
  if (trajectory.end.reward === null) process.exitCode = 1;
  if (options.json) {
    printJson(trajectory);
    return;
  }
  print(joined(trajectoryLines(trajectory)));
  print(
    style(
      'dim',
      styled`\nAs a page: npx lamarck replay ${manifest.run} ${trajectory.start.episode.slice(0, 12)} --html`,
    ),
  );
}
