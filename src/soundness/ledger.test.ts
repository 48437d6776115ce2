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
  await ledger.keep(reach, 'sound');
  await ledger.keep(descend, 'unchecked');
  const reopened = openLedger(file);
  expect([await reopened.find(reach), await reopened.find(descend)]).toEqual(['sound', 'unchecked']);
  expect(await reopened.find({ ...reach, verify: () => true })).toBeUndefined();
  expect(await reopened.find({ ...reach, maxSteps: 3 })).toBeUndefined();
  expect(await openLedger(file, 'other code').find(reach)).toBeUndefined();
  const { generate } = reach;
  const harder = {
    ...reach,
    generate: (context: Parameters<typeof generate>[0]) => generate({ ...context, difficulty: 9 }),
  };
  expect(await reopened.find(harder)).toBeUndefined();
  expect(await readFile(file, 'utf8')).toContain('"counter/reach"');
});

it('believes nothing of a check that knew two verdicts only', async () => {
  const file = join(folder, 'older.json');
  const ledger = openLedger(file);
  await ledger.keep(reach, 'sound');
  const older = (await readFile(file, 'utf8')).replaceAll('"verdict": "sound"', '"sound": true');
  await writeFile(file, older);
  expect(await ledger.find(reach)).toBeUndefined();
});

it('takes a broken file for an empty one', async () => {
  const file = join(folder, 'broken.json');
  await writeFile(file, '{ "x": ');
  const ledger = openLedger(file);
  expect(await ledger.find(reach)).toBeUndefined();
  await ledger.keep(reach, 'sound');
  expect(await ledger.find(reach)).toBe('sound');
});
