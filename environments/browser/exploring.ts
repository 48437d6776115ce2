import { FIELD_ROLES, type PageLease, type Random } from 'lamarck';
import type { z } from 'zod';
import { candidateTexts, clickable, mostDrags, mostHovers } from './affordances.ts';

type JsonValue = z.output<ReturnType<typeof z.json>>;
type Evidence = { url: string; state: JsonValue; answer: null };

/** A way through a site, and the evidence at its end. */
interface BrowserPlayout<Action> {
  readonly actions: readonly Action[];
  readonly evidence: Evidence;
}

interface Search {
  readonly tries: number;
  readonly steps: number;
  readonly random: Random;
  readonly isWin?: ((evidence: Evidence) => Promise<boolean>) | undefined;
}

/**
 * Searches a site by synthetic play: what is typed are the texts of the instruction. Each playout ends with `done`, without
 * an answer.
 */
export async function exploreSite<Action>(
  page: Pick<PageLease, 'explore'>,
  { instruction, files }: { instruction: string; files: Readonly<Record<string, string>> },
  { tries, steps, random, isWin }: Search,
): Promise<readonly BrowserPlayout<Action>[]> {
  const evidenceOf = ({ url, evidence }: { url: string; evidence: unknown }): Evidence => ({
    url,
    state: evidence as JsonValue,
    answer: null,
  });
  const playouts = await page.explore({
    tries,
    steps: steps - 1,
    seed: String(random.int(0, 2 ** 31 - 1)),
    texts: candidateTexts(instruction),
    roles: { click: [...clickable], fill: [...FIELD_ROLES] },
    files,
    most: { hovers: mostHovers, drags: mostDrags },
    isWin: isWin && ((playout) => isWin(evidenceOf(playout))),
  });
  return playouts.map((playout) => ({
    actions: [...playout.actions, { done: {} }] as Action[],
    evidence: evidenceOf(playout),
  }));
}
