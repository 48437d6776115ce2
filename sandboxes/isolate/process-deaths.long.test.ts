import type { LamarckError } from 'lamarck';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentThat } from './good-genomes.fixture.ts';
import { createGuestSandbox } from './index.ts';
import { improveTwice } from './killed-improvement.fixture.ts';

const OBSERVE = { type: 'observe', step: 0, observation: {} };

describe.skipIf(process.platform !== 'linux')('a guest whose process ends', () => {
  let guests: ReturnType<typeof createGuestSandbox>;
  beforeEach(() => {
    guests = createGuestSandbox({ processes: 1 });
  });
  afterEach(() => guests[Symbol.asyncDispose]());

  it.each(['SIGTERM', 'SIGABRT'] as const)(
    'by %s from outside, twice in one improvement, comes to what it came to without',
    async (signal) => {
      const { undisturbed, disturbed } = await improveTwice(guests, signal);
      expect(guests.statistics.died).toBe(2);
      expect(disturbed).toEqual(undisturbed);
      expect(undisturbed).toMatchObject({ result: [{ kind: 'call' }, { kind: 'call' }, { kind: 'patch' }] });
    },
  );

  it('of its own doing is to blame after as many tries as an episode has', async () => {
    const files = agentThat(
      `const a: any = { length: 2 ** 53 - 1 }; Array.prototype.reverse.call(a); return {};`,
    );
    const limits = { deliveryMilliseconds: 200 };
    const attempt = async (): Promise<unknown> => {
      try {
        const guest = await guests.boot({ files, entry: 'agent.ts', input: {}, seed: 'a', limits });
        await guest.deliver(OBSERVE);
        return 'survived';
      } catch (error) {
        return (error as LamarckError).code;
      }
    };
    const codes = [await attempt(), await attempt(), await attempt()];
    expect(codes).toEqual(['LAMARCK_ISOLATES_DIED', 'LAMARCK_ISOLATES_DIED', 'LAMARCK_GUEST_CRASH']);
  });
});
