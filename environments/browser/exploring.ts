import type { PageLease, Random } from 'lamarck';
import type { z } from 'zod';
import { candidateTexts, clickable, fields } from './affordances.ts';

/** A way through a site, and the evidence at its end. */
interface BrowserWalk<Action> {
  readonly actions: readonly Action[];
  readonly evidence: { url: string; state: JsonValue; answer: null };
}

type JsonValue = z.output<ReturnType<typeof z.json>>;

/**
 * Searches a site by synthetic play: what is typed are the texts of the instruction. Each walk ends with `done`, without
 * an answer.
 */
export async function exploreSite<Action>(
  page: Pick<PageLease, 'explore'>,
  instruction: string,
  { tries, steps, random }: { tries: number; steps: number; random: Random },
): Promise<readonly BrowserWalk<Action>[]> {
  const walks = await page.explore({
    tries,
    steps: steps - 1,
    seed: String(random.int(0, 2 ** 31 - 1)),
    texts: candidateTexts(instruction),
    roles: { click: [...clickable], fill: [...fields] },
  });
  return walks.map(({ actions, url, evidence }) => ({
    actions: [...actions, { done: {} }] as Action[],
    evidence: { url, state: evidence as JsonValue, answer: null },
  }));
}
