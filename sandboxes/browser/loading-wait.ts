import type { Arrivals } from './arrivals.ts';
import { resourcesLate } from './faults.ts';
import type { Hosting } from './hosting.ts';
import type { WallTime } from './wall-time.ts';

/** Times that one action may lead to resources, each asked for only after the ones before had arrived. */
const mostArrivals = 100;

interface Surroundings {
  readonly hosting: Hosting;
  readonly wallTime: WallTime;
  readonly dialogs: { readonly open: unknown; readonly closed: number };
  onLate(addresses: readonly string[]): void;
}

/** How one action waits for the resources that its page asks for. It gives up after a while, and says so. */
export class LoadingWait {
  readonly #arrivals: Arrivals;
  readonly #surroundings: Surroundings;
  readonly #heard: () => Promise<unknown>;
  /** Of wall time; while a dialog holds the page, nothing is counted. */
  #milliseconds = 0;
  #rounds = 0;
  isGivenUp = false;

  constructor(arrivals: Arrivals, surroundings: Surroundings, heard: () => Promise<unknown>) {
    this.#arrivals = arrivals;
    this.#heard = heard;
    this.#surroundings = surroundings;
  }

  /**
   * Lets arrive what was asked for by now.
   *
   * @throws LamarckError `LAMARCK_RESOURCES_LATE` where a site's own resources do not arrive; an application's may be looked at without.
   */
  async round(): Promise<void> {
    const { hosting, wallTime, dialogs, onLate } = this.#surroundings;
    const { mostMilliseconds, whenLate } = hosting.loading;
    const milliseconds = Math.max(1, mostMilliseconds - this.#milliseconds);
    const began = performance.now();
    const { closed } = dialogs;
    const { awaited: asked } = this.#arrivals;
    await wallTime.bounded('loading', () => this.#arrive(milliseconds), milliseconds + hosting.patience);
    const wasHeld = dialogs.open !== undefined || dialogs.closed !== closed;
    if (!wasHeld) this.#milliseconds += performance.now() - began;
    const isOverdue = this.#milliseconds >= mostMilliseconds;
    if (!isOverdue && this.#rounds < mostArrivals) return;
    const { awaited: left } = this.#arrivals;
    const awaited = left.length > 0 ? left : asked;
    if (isOverdue && whenLate === 'fault') {
      const fault = resourcesLate(awaited, mostMilliseconds);
      wallTime.fail(fault);
      throw fault;
    }
    this.isGivenUp = true;
    onLate(awaited);
  }

  async #arrive(milliseconds: number): Promise<void> {
    if (!this.#arrivals.areDeliverable) return new Promise((resolve) => setTimeout(resolve, 1));
    this.#rounds++;
    await this.#arrivals.deliver(AbortSignal.timeout(Math.ceil(milliseconds)), this.#heard);
  }
}
