import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { descend, reach } from '../../tests/fixtures/counters/counter.ts';
import { openLedger } from './ledger.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lamarck-ledger-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('knows a family until anything that can be seen of it changes', async () => {
  const file = join(folder, 'deep', 'soundness.json');
  const ledger = openLedger(file);
  expect(await ledger.find(reach)).toBeUndefined();
  await ledger.keep(reach, true);
  await ledger.keep(descend, false);
  const reopened = openLedger(file);
  expect([await reopened.find(reach), await reopened.find(descend)]).toEqual([true, false]);
  expect(await reopened.find({ ...reach, verify: () => true })).toBeUndefined();
  expect(await reopened.find({ ...reach, maxSteps: 3 })).toBeUndefined();
  const { generate } = reach;
  const harder = {
    ...reach,
    generate: (context: Parameters<typeof generate>[0]) => generate({ ...context, difficulty: 9 }),
  };
  expect(await reopened.find(harder)).toBeUndefined();
  expect(await readFile(file, 'utf8')).toContain('"counter/reach"');
});

it('takes a broken file for an empty one', async () => {
  const file = join(folder, 'broken.json');
  await writeFile(file, '{ "x": ');
  const ledger = openLedger(file);
  expect(await ledger.find(reach)).toBeUndefined();
  await ledger.keep(reach, true);
  expect(await ledger.find(reach)).toBe(true);
});
