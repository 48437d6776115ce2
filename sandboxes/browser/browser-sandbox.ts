import type {
  ApplicationLease,
  BrowserSandbox,
  BrowserStatistics,
  PageLease,
  ResetTier,
  SiteView,
} from 'lamarck';
import type { Browser } from 'playwright';
import { ApplicationPage } from './application-page.ts';
import { sandboxDisposed } from './faults.ts';
import { launchChromium } from './launch-chromium.ts';
import { PageDriver } from './page-driver.ts';
import { SiteLease } from './page-lease.ts';
import { resolveChromium } from './resolve-chromium.ts';
import type { ReadSiteFile } from './site-server.ts';

/** Where a page lives from one lease to the next. */
interface Seat {
  driver?: PageDriver | undefined;
  /** Leases that its page has had. */
  worn: number;
}

/** Leases after which a page is given up: a renderer keeps a little of every document that it ever wrote over. */
const MOST_LEASES = 150;

/** Sites need nothing from the network, applications are somewhere on it: each have a browser of their own. */
type Reach = 'nothing' | 'network';

interface Waiting {
  take(seat: Seat): void;
  giveUp(error: unknown): void;
}

/**
 * Pages of a Chromium, leased one after the other. The browser starts with the first lease, and again with the next
 * one where it has died.
 *
 * @param options.executablePath a Chromium to use; otherwise one is looked for, see {@link resolveChromium}.
 * @param options.pages leases at once; two suit two cores. Others wait in order.
 * @param options.firstSeat the number of the first page, where other processes lease pages too.
 * @param options.visible opens windows that a person sees, where there is a display.
 * @param options.readFile how the files of a site's folder are read.
 * @param options.hungAfterMilliseconds how long the page of a site may take over anything, in ms of wall time: what takes
 * longer is held for a loop without end. 25,000 where nothing is said.
 * @param options.onNotice hears, in sentences, what a person may want to know: which browser, and that it died.
 */
export function createBrowserSandbox(
  options: {
    executablePath?: string;
    pages?: number;
    firstSeat?: number;
    visible?: boolean;
    readFile?: ReadSiteFile;
    hungAfterMilliseconds?: number;
    onNotice?: (text: string) => void;
  } = {},
): BrowserSandbox {
  const notice = options.onNotice ?? (() => undefined);
  const seats: Seat[] = Array.from({ length: options.pages ?? 2 }, () => ({ worn: 0 }));
  const free = [...seats];
  const queue: Waiting[] = [];
  const counts = { launched: 0, leased: 0, refusedRequests: 0 };
  const resets: Record<ResetTier, number> = { 'in-page': 0, navigation: 0, 'fresh-context': 0 };
  const browsers = new Map<Reach, Promise<Browser>>();
  let disposed = false;
  const onRefused = (): void => void counts.refusedRequests++;
  const late = new Set<string>();
  const onLate = (addresses: readonly string[]): void => {
    const named = addresses.join(', ') || 'a document that was still loading';
    if (!late.has(named)) notice(`A page was looked at before all of it had arrived: ${named}.`);
    late.add(named);
  };

  const launch = async (reach: Reach): Promise<Browser> => {
    const chromium = await resolveChromium({ executablePath: options.executablePath });
    const launched = await launchChromium(chromium, { reach, visible: options.visible ?? false }, notice);
    counts.launched++;
    notice(`Chromium ${launched.version()} (${chromium.source}) started from ${chromium.executablePath}.`);
    launched.on('disconnected', () => {
      browsers.delete(reach);
      if (reach === 'nothing') for (const seat of seats) seat.driver = undefined;
      if (!disposed) notice('The browser ended; it is started again for the next page.');
    });
    return launched;
  };
  const running = (reach: Reach): Promise<Browser> => {
    const known = browsers.get(reach);
    if (known) return known;
    const launching = launch(reach);
    browsers.set(reach, launching);
    launching.catch(() => browsers.delete(reach));
    return launching;
  };

  const discard = async (seat: Seat): Promise<void> => {
    const { driver } = seat;
    seat.driver = undefined;
    await driver?.close();
  };
  const clear = async (seat: Seat, isKept: boolean): Promise<void> => {
    // A page that cannot even be silenced is of no more use; the next lease opens another.
    const isClean =
      isKept &&
      (await seat.driver?.retire().then(
        () => true,
        () => false,
      ));
    if (!isClean) await discard(seat);
  };
  const giveBack = (seat: Seat): void => {
    const next = queue.shift();
    if (next) next.take(seat);
    else free.push(seat);
  };
  const takeSeat = (signal?: AbortSignal): Promise<Seat> => {
    signal?.throwIfAborted();
    if (disposed) return Promise.reject(sandboxDisposed());
    // The one used last: its page is warm.
    const seat = free.pop();
    if (seat) return Promise.resolve(seat);
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        take: (taken) => {
          signal?.removeEventListener('abort', abort);
          resolve(taken);
        },
        giveUp: (error) => {
          signal?.removeEventListener('abort', abort);
          queue.splice(queue.indexOf(waiting), 1);
          reject(error as Error);
        },
      };
      const abort = (): void => waiting.giveUp(signal?.reason);
      signal?.addEventListener('abort', abort, { once: true });
      queue.push(waiting);
    });
  };

  const start = async (seat: Seat, view: SiteView, seed: string) => {
    const kept = seat.driver;
    if (kept && kept.remains !== 'context' && seat.worn < MOST_LEASES) {
      seat.worn++;
      return { driver: kept, ...(await kept.start(view, seed)) };
    }
    await discard(seat);
    const driver = await PageDriver.open(await running('nothing'), {
      onRefused,
      onLate,
      readFile: options.readFile,
      hungAfterMilliseconds: options.hungAfterMilliseconds,
    });
    seat.driver = driver;
    seat.worn = 1;
    return { driver, ...(await driver.start(view, seed)), tier: 'fresh-context' as const };
  };

  return {
    async lease({ seed, signal, ...view }): Promise<PageLease> {
      const seat = await takeSeat(signal);
      try {
        signal?.throwIfAborted();
        const { driver, tier, seen } = await start(seat, view, seed);
        resets[tier]++;
        counts.leased++;
        return new SiteLease(driver, { view, seed, tier, seen }, (clean) => {
          counts.leased--;
          // Whoever had the page need not wait for it; who has the seat next does.
          void clear(seat, clean && seat.driver === driver).then(() => giveBack(seat));
        });
      } catch (error) {
        await discard(seat);
        giveBack(seat);
        throw error;
      }
    },
    async leaseApplication({ seed, prepare, signal }): Promise<ApplicationLease> {
      const seat = await takeSeat(signal);
      try {
        // Its pages and those of sites have nothing in common, and it is the one that is used now.
        await discard(seat);
        const prepared = await prepare((options.firstSeat ?? 0) + seats.indexOf(seat));
        signal?.throwIfAborted();
        const page = await ApplicationPage.open({ ...prepared, seed }, await running('network'), {
          onRefused,
          onLate,
          onRelease: () => {
            counts.leased--;
            giveBack(seat);
          },
        });
        resets['fresh-context']++;
        counts.leased++;
        return page;
      } catch (error) {
        giveBack(seat);
        throw error;
      }
    },
    get statistics(): BrowserStatistics {
      return { ...counts, pages: seats.filter(({ driver }) => driver).length, resets: { ...resets } };
    },
    async [Symbol.asyncDispose]() {
      disposed = true;
      for (const waiting of [...queue]) waiting.giveUp(sandboxDisposed());
      await Promise.all(
        [...browsers.values()].map(async (launching) => {
          const launched = await launching.catch(() => undefined);
          await launched?.close().catch(() => undefined);
        }),
      );
    },
  };
}
