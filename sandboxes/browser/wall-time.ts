import { messageOf, type LamarckError } from 'lamarck';
import { pageHung } from './faults.ts';

const sessionGone = /has been closed|Session closed|Target closed|Target crashed/i;

/** Work on one page, each piece bounded in wall time; the first fault fails all that is under way, for good. */
export class WallTime {
  readonly #milliseconds: number;
  readonly #whenGone: () => LamarckError;
  readonly #dialogs: () => { readonly isOpen: boolean; readonly closed: number };
  readonly #underWay = new Set<(error: LamarckError) => void>();
  #failure: LamarckError | undefined;

  /**
   * @param milliseconds that a piece may take.
   * @param whenGone the fault where the page's session has ended.
   * @param dialogs of the page: while one is open, the page waits for its answer and time does not count.
   */
  constructor(
    milliseconds: number,
    whenGone: () => LamarckError,
    dialogs: () => { readonly isOpen: boolean; readonly closed: number },
  ) {
    this.#milliseconds = milliseconds;
    this.#whenGone = whenGone;
    this.#dialogs = dialogs;
  }

  get failure(): LamarckError | undefined {
    return this.#failure;
  }

  fail(error: LamarckError): void {
    this.#failure ??= error;
    for (const reject of this.#underWay) reject(this.#failure);
    this.#underWay.clear();
  }

  bounded<T>(
    doing: string,
    work: () => Promise<T>,
    milliseconds = this.#milliseconds,
    overdue = () => pageHung(doing, milliseconds),
  ): Promise<T> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise<T>((resolve, reject) => {
      let timer: NodeJS.Timeout;
      const watch = (): void => {
        const { closed } = this.#dialogs();
        timer = setTimeout(() => {
          const now = this.#dialogs();
          if (now.isOpen || now.closed !== closed) watch();
          else this.fail(overdue());
        }, milliseconds);
      };
      watch();
      const end =
        <V>(settle: (value: V) => void) =>
        (value: V): void => {
          clearTimeout(timer);
          this.#underWay.delete(fail);
          settle(value);
        };
      const fail = end<unknown>(reject);
      this.#underWay.add(fail);
      work().then(end(resolve), (error: unknown) => {
        if (sessionGone.test(messageOf(error))) this.fail(this.#whenGone());
        fail(this.#failure ?? error);
      });
    });
  }
}
