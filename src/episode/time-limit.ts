import type { HoldClock } from '../environment/index.ts';

/**
 * A limit of wall time, except of that in which its clock is held. Has to be ended.
 *
 * @param reason that its signal is aborted with; default as that of `AbortSignal.timeout()`
 */
export function createTimeLimit(
  milliseconds: number,
  reason: Error = new DOMException('The operation was aborted due to timeout', 'TimeoutError'),
): { readonly signal: AbortSignal; readonly hold: HoldClock; end(): void } {
  const over = new AbortController();
  const abort = (): void => over.abort(reason);
  let left = milliseconds;
  let since = performance.now();
  let timer: NodeJS.Timeout | undefined = setTimeout(abort, left);
  let isEnded = false;
  return {
    signal: over.signal,
    hold: (isHeld) => {
      if (isEnded || isHeld === (timer === undefined)) return;
      if (isHeld) {
        clearTimeout(timer);
        timer = undefined;
        left -= performance.now() - since;
      } else {
        since = performance.now();
        timer = setTimeout(abort, left);
      }
    },
    end: () => {
      isEnded = true;
      clearTimeout(timer);
    },
  };
}
