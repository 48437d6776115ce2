import { afterAll, expect, it } from 'vitest';
import { createSandboxes } from '../../src/presets.ts';
import { oneBad } from '../fixtures/unsound.ts';
import { lists } from '../../tasks/programs/lists/index.ts';
import { rowAction } from '../../tasks/web/row-action/index.ts';
import { checkInProcess, expectSound, faultsOf } from '../support/check-family.ts';

const sandboxes = createSandboxes({ pages: 1 });
afterAll(() => sandboxes[Symbol.asyncDispose]());

it('solves all fixed instances by the oracle where there are no more than seeds, whichever is bad', async () => {
  for (let bad = 0; bad < 12; bad++) {
    const [fault] = faultsOf(await checkInProcess(oneBad(bad), sandboxes, 12));
    expect(fault?.says).toMatch(/^The oracle lost 1 of 12 tasks/);
  }
});

it.each([
  [rowAction, { coverage: 1, witness: "the page's own script", borrowed: 'sound' }],
  // What is submitted is a program, which no list of actions can hold, and which may solve other tasks too.
  [lists, { coverage: 0, witness: null, borrowed: 'unknown' }],
])(
  '$0.name is sound, whoever is its witness and however much of its solution is offered',
  async (family, of) => {
    const report = await checkInProcess(family, sandboxes);
    expectSound(report);
    const borrowed = report.findings.find(({ check }) => check === 'borrowed evidence')?.verdict;
    expect({ coverage: report.coverage, witness: report.witness, borrowed }).toEqual(of);
  },
);
