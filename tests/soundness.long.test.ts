import { afterAll, expect, it } from 'vitest';
import { createSandboxes } from '../src/presets.ts';
import { oneBad } from './fixtures/unsound.ts';
import { checkInProcess, faultsOf } from './support/check-family.ts';

const sandboxes = createSandboxes({ pages: 1 });
afterAll(() => sandboxes[Symbol.asyncDispose]());

it('solves all fixed instances by the oracle where there are no more than seeds, whichever is bad', async () => {
  for (let bad = 0; bad < 12; bad++) {
    const [fault] = faultsOf(await checkInProcess(oneBad(bad), sandboxes, 12));
    expect(fault?.says).toMatch(/^The oracle lost 1 of 12 tasks/);
  }
});
