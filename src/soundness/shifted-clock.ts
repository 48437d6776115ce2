/** Another year, month, day, hour and minute. */
const SHIFT = ((400 * 24 + 5) * 60 + 17) * 60_000;

/**
 * Makes it much later for everybody in this process who asks Date.
 *
 * @returns sets the clock right again
 */
export function shiftClock(): () => void {
  const Right = globalThis.Date;
  globalThis.Date = class extends Right {
    constructor(...when: []) {
      // Whoever says which date they mean gets that.
      super(...(when.length > 0 ? when : ([Right.now() + SHIFT] as unknown as [])));
    }

    static override now(): number {
      return Right.now() + SHIFT;
    }
  } as DateConstructor;
  return () => {
    globalThis.Date = Right;
  };
}
