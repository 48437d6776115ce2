import { kill } from 'node:process';
import { blamingGuest } from '../../src/evolution/guest-blame.ts';
import { processesBelow } from './child-processes.fixture.ts';
import { PLAYING_IMPROVER } from './good-genomes.fixture.ts';
import type { GuestSandbox } from 'lamarck';

/** Linux only. */
export const endAll = (name: string, signal: NodeJS.Signals): void => {
  for (const pid of processesBelow(name)) kill(pid, signal);
};

/** Improves once; `between` is called before each delivery. */
async function improveOnce(guests: GuestSandbox, between: () => void): Promise<unknown> {
  const guest = await guests.boot({ files: PLAYING_IMPROVER, entry: 'improve.ts', input: {}, seed: 'a' });
  const answers = [guest.started.answer];
  try {
    for (const id of [1, 2]) {
      between();
      answers.push((await guest.deliver({ type: 'reply', id, value: {} })).answer);
    }
    return answers;
  } finally {
    await guest.dispose();
  }
}

/** What an improvement comes to, and what it comes to when a signal from outside ends its process twice. */
export async function improveTwice(
  guests: GuestSandbox,
  signal: NodeJS.Signals,
): Promise<{ undisturbed: unknown; disturbed: unknown }> {
  const undisturbed = await blamingGuest(() => improveOnce(guests, () => undefined));
  let ends = 0;
  const disturbed = await blamingGuest(() =>
    improveOnce(guests, () => {
      if (ends++ < 2) endAll('agent-process', signal);
    }),
  );
  return { undisturbed, disturbed };
}
