import { z } from 'zod';

/** What a page tells of itself after {@link withProtocol}; `fault` where it does not follow the protocol. */
export const PageStateSchema = z.union([
  z.object({ fault: z.string() }),
  z.object({
    ready: z.boolean(),
    done: z.boolean(),
    /** In [-1, 1], not scaled by the time that was taken. */
    raw: z.number(),
    instruction: z.string(),
  }),
]);

/**
 * Runs in a page of MiniWoB++, after its own scripts: takes away what is shown to people only, begins an episode with a seed,
 * and tells the verifier how it stands. The page's own functions expect the nodes that were taken away, so they are put back
 * while such a function runs.
 */
function playByProtocol(seed: number): void {
  const HIDDEN = ['reward-display', 'click-canvas', 'sync-task-cover'];
  const page = window as unknown as Record<string, unknown> & { lamarckEvidence: () => unknown };
  /** Globals may be declared in ways that do not make them members of the window. */
  const read = (name: string): unknown => {
    try {
      return (0, eval)(name) as unknown;
    } catch {
      return undefined;
    }
  };
  const begin = (): string => {
    const core = read('core') as Record<string, ((...values: unknown[]) => unknown) | undefined> | undefined;
    const seedrandom = (Math as unknown as Record<string, unknown>)['seedrandom'] as
      ((seed: number) => unknown) | undefined;
    for (const name of ['startEpisodeReal', 'endEpisode', 'getUtterance'])
      if (typeof core?.[name] !== 'function') throw new Error(`it has no core.${name}()`);
    if (core === undefined || typeof seedrandom !== 'function')
      throw new Error('it has no Math.seedrandom()');

    let query: ChildNode[] = [];
    const parked: { node: Element; parent: Element; next: Element | null }[] = [];
    const putBack = (): void => {
      const shown = document.getElementById('query');
      if (shown && shown.childNodes.length === 0) shown.replaceChildren(...query);
      for (const { node, parent, next } of parked.splice(0).reverse())
        if (!document.getElementById(node.id))
          parent.insertBefore(node, next?.parentElement === parent ? next : null);
    };
    const takeAway = (): void => {
      for (const id of HIDDEN) {
        const node = document.getElementById(id);
        if (!node?.parentElement) continue;
        parked.push({ node, parent: node.parentElement, next: node.nextElementSibling });
        node.remove();
      }
      const shown = document.getElementById('query');
      if (shown) query = [...shown.childNodes];
      shown?.replaceChildren();
      core['clearTimer']?.();
      const draws = core['canvasDrawClick'] as EventListener | undefined;
      if (draws)
        for (const target of [window, document, document.body]) target.removeEventListener('click', draws);
    };
    for (const name of ['startEpisodeReal', 'endEpisode', 'getUtterance']) {
      const own = core[name];
      core[name] = (...values) => {
        putBack();
        try {
          return own?.apply(core, values);
        } finally {
          takeAway();
        }
      };
    }
    seedrandom.call(Math, seed);
    (core as Record<string, unknown>)['EPISODE_MAX_TIME'] = 1_000_000;
    core['startEpisodeReal']?.();
    const asked = core['getUtterance']?.() as string | { utterance: string };
    return typeof asked === 'string' ? asked : asked.utterance;
  };

  let instruction: string | undefined;
  let fault = 'its load event did not come';
  window.addEventListener('load', () => {
    try {
      instruction = begin();
    } catch (error) {
      fault = error instanceof Error ? error.message : String(error);
    }
  });
  page.lamarckEvidence = () =>
    instruction === undefined
      ? { fault }
      : {
          ready: read('WOB_TASK_READY') !== false,
          done: read('WOB_DONE_GLOBAL') === true,
          raw: Number(read('WOB_RAW_REWARD_GLOBAL')) || 0,
          instruction: instruction.trim(),
        };
}

/** A page's text, which begins an episode as soon as it is loaded. */
export function withProtocol(html: string, seed: number): string {
  return `${html}\n<script>(${playByProtocol.toString()})(${seed});</script>`;
}
