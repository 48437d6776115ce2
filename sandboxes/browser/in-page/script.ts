import { installActing } from './acting.ts';
import { installClock } from './clock.ts';
import { installColors } from './colors.ts';
import { installContainment } from './containment.ts';
import { installElements } from './elements.ts';
import { installObserving } from './observing.ts';
import { installPlaying } from './playing.ts';
import { installRandom } from './random.ts';
import { installReacting } from './reacting.ts';
import { installResetting } from './resetting.ts';
import { installSettling } from './settling.ts';
import { installSyntheticInput } from './synthetic-input.ts';

// Resetting remembers what the window was like, hence comes last.
const parts = [
  installRandom,
  installClock,
  installContainment,
  installSettling,
  installElements,
  installColors,
  installReacting,
  installObserving,
  installActing,
  installSyntheticInput,
  installPlaying,
  installResetting,
];

/** Name of the entry in a document's `Server-Timing` header that tells it `<seed>.<elapsed ms>`. */
export const timingName = 'lamarck';

/** Expression for the object that the parts build. */
export const inPage = 'globalThis[Symbol.for("lamarck")]';

/**
 * Runs in every document before its own scripts. Seed and clock travel with the document in a response header,
 * because nothing else that the host can send is there in time.
 */
export const inPageScript = `(() => {
  const told = performance.getEntriesByType('navigation')[0]?.serverTiming.find(({ name }) => name === '${timingName}');
  const [seed, elapsed] = told?.description.split('.') ?? [];
  const page = {};
  Object.defineProperty(window, Symbol.for('lamarck'), { value: page });
  ${parts.map((part) => `(${String(part)})(page);`).join('\n')}
  if (seed) page.seed(seed);
  page.resetClock(Number(elapsed ?? 0));
})()`;
