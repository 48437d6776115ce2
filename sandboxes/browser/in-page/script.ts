import type { Application } from 'lamarck';
import { installRealInput } from './real-input.ts';
import { installClickPoints } from './click-points.ts';
import { installUnattended } from './unattended.ts';
import { installClock } from './clock.ts';
import { installColors } from './colors.ts';
import { installContainment } from './containment.ts';
import { installElements } from './elements.ts';
import { installForbiddenElements } from './forbidden-elements.ts';
import { installFrames } from './frames.ts';
import type { InPage } from './in-page.ts';
import { installListenedEvents } from './listened-events.ts';
import { installObserving } from './observing.ts';
import { installPlayableActions } from './playable-actions.ts';
import { installBodyReads } from './body-reads.ts';
import { installPendingWork } from './pending-work.ts';
import { installPlaying } from './playing.ts';
import { installRandom } from './random.ts';
import { installGestures } from './gestures.ts';
import { installRealTime } from './real-time.ts';
import { installRecording } from './recording.ts';
import { installForbiddenInput } from './forbidden-input.ts';
import { installResetting } from './resetting.ts';
import { installSettling } from './settling.ts';
import { installSyntheticInput } from './synthetic-input.ts';
import { installSyntheticPointer } from './synthetic-pointer.ts';
import { installTabs } from './tabs.ts';
import { installTurns } from './turns.ts';

type Part = (page: InPage) => void;

// What a page may well have a function of the same name for, the parts take from the window before the page does.
const acting: readonly Part[] = [
  installTabs,
  installContainment,
  installPendingWork,
  installBodyReads,
  installSettling,
  installListenedEvents,
  installElements,
  installColors,
  installGestures,
  installClickPoints,
  installObserving,
  installRealInput,
  installFrames,
  installUnattended,
  installRecording,
];
const playing: readonly Part[] = [
  installSyntheticPointer,
  installSyntheticInput,
  installPlayableActions,
  installPlaying,
  // Remembers what the window was like, hence comes last.
  installResetting,
];

/** Name of the entry in a document's `Server-Timing` header that tells it `<seed>.<elapsed ms>`. */
export const timingName = 'lamarck';

/** Tabs at once; further ones are refused, as by a popup blocker. */
export const mostTabs = 4;

/** Expression for the object that the parts build. */
export const inPage = 'globalThis[Symbol.for("lamarck")]';

/**
 * What runs in every document before its own scripts. Seed and clock travel with the document in a response header,
 * because nothing else that the host can send is there in time. A frame has both from the page around it; where the
 * browser gives the window of its empty first document to the next, what is installed there stays, and what a tab's window
 * was lent meanwhile goes.
 */
function scriptOf(parts: readonly Part[], { settleRule, forbidden }: PageRules): string {
  const { quietMilliseconds, mostMilliseconds, isHeld } = settleRule;
  return `(() => {
  const key = Symbol.for('lamarck');
  if (window[key]) return window[key].listen();
  Object.defineProperties(window, window[Symbol.for('lamarck own')] ?? {});
  let parent;
  try {
    if (window.parent !== window) parent = window.parent[key];
  } catch {}
  const told = performance.getEntriesByType('navigation')[0]?.serverTiming.find(({ name }) => name === '${timingName}');
  const [seed, elapsed] = told?.description.split('.') ?? [];
  const settleRule = { quietMilliseconds: ${quietMilliseconds}, mostMilliseconds: ${mostMilliseconds}, isHeld: ${isHeld} };
  const page = { mostTabs: ${mostTabs}, settleRule, forbidden: ${JSON.stringify(forbidden)}, ...(parent && { parent }) };
  Object.defineProperty(window, key, { value: page });
  ${parts.map((part) => `(${String(part)})(page);`).join('\n')}
  if (parent) return page.seed(parent.seedOf(window.frameElement));
  if (seed) page.seed(seed);
  page.resetClock(Number(elapsed ?? 0));
})()`;
}

type PageRules = Pick<InPage, 'settleRule' | 'forbidden'>;

/** For a site, whose time stands still between actions: it waits for what loads as long as that takes. */
export const siteScript = scriptOf([installTurns, installRandom, installClock, ...acting, ...playing], {
  settleRule: { quietMilliseconds: 0, mostMilliseconds: Infinity, isHeld: true },
  forbidden: { roles: [], names: [] },
});

/** For an application that somebody else serves. With a clock of its own it also has its own randomness: what it draws may be kept there. */
export function applicationScript(clock: Application['clock'], rules: PageRules): string {
  const time = clock === 'real' ? [installRealTime] : [installRandom, installClock];
  return scriptOf([installTurns, ...time, ...acting, installForbiddenElements, installForbiddenInput], rules);
}
