import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openArchive } from '../../src/genome/index.ts';
import { SummarySchema } from '../../src/protocol/index.ts';
import { openStore } from '../../src/store/index.ts';

/** All of a run that must not depend on when, or in how many sittings, it was done. */
export async function runFacts(folder: string): Promise<unknown> {
  const {
    wallSeconds: _wall,
    run: _run,
    ...summary
  } = SummarySchema.parse(JSON.parse(await readFile(join(folder, 'summary.json'), 'utf8')));
  const archive = await openArchive(join(folder, 'archive.git'));
  await using store = await openStore(folder);
  const episodes = (await store.outcomes()).map(({ key, hash, reward, stop, steps }) => ({
    key,
    hash,
    reward,
    stop,
    steps,
  }));
  return {
    summary,
    births: await archive.list(),
    champion: await archive.champion(),
    improvements: await store.improvements(),
    seals: await store.seals(),
    duplicates: store.duplicates,
    episodes: episodes.sort((left, right) => left.key.localeCompare(right.key)),
  };
}
