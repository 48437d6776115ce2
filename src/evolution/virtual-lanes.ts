/** Hears each unit of work that a move has done; unequal ones count once. */
export interface LaneTally extends ReadonlySet<string> {
  add(key: string): void;
}

interface Lane<Move, Outcome> {
  /** Where it stands, in units of work. */
  clock: number;
  busy?: { readonly move: Move; readonly work: Set<string>; done?: { readonly outcome: Outcome } };
}

/**
 * Runs moves on several lanes at once so that what is decided never depends on which machine is how fast: time is counted
 * in work (different keys told to a move's tally), and moves end in the order of that time. A move under way has done at
 * least the work that it has told of, so a conclusion waits only until no other can come before it: a conservative
 * parallel simulation (Chandy & Misra 1979) whose events are real work. There is no barrier: a lane that is free decides
 * at once with all that was concluded before its time.
 *
 * @param options decide: the next move, given those under way; undefined where there is none for now: asked again after
 * each conclusion. The run ends when nothing is under way and there is none.
 * @throws what `run` or `conclude` throws first, once every other move under way has ended; `halt` is called with it to hasten that.
 */
export async function runLanes<Move, Outcome>(options: {
  lanes: number;
  decide(underWay: readonly Move[]): Move | undefined;
  run(move: Move, tally: LaneTally): Promise<Outcome>;
  conclude(move: Move, outcome: Outcome, work: ReadonlySet<string>): void | Promise<void>;
  halt(error: unknown): void;
}): Promise<void> {
  const { decide, run, conclude, halt } = options;
  const lanes: Lane<Move, Outcome>[] = Array.from({ length: options.lanes }, () => ({ clock: 0 }));
  const running = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;
  let wake: () => void = () => {};

  const fail = (error: unknown): void => {
    if (!failure) halt(error);
    failure ??= { error };
  };

  const start = (lane: Lane<Move, Outcome>, move: Move): void => {
    const work = new WorkSet(() => wake());
    const busy: NonNullable<typeof lane.busy> = { move, work };
    lane.busy = busy;
    const working = run(move, work).then((outcome) => void (busy.done = { outcome }), fail);
    const ended = working.finally(() => {
      running.delete(ended);
      wake();
    });
    running.add(ended);
  };

  for (;;) {
    for (const lane of lanes) {
      if (lane.busy) continue;
      const move = decide(lanes.flatMap(({ busy }) => (busy ? [busy.move] : [])));
      if (move !== undefined) start(lane, move);
    }
    if (lanes.every(({ busy }) => busy === undefined)) return;
    let first = firstToEnd(lanes);
    while (first.busy?.done === undefined && failure === undefined) {
      await new Promise<void>((resolve) => (wake = resolve));
      first = firstToEnd(lanes);
    }
    if (failure !== undefined) {
      await Promise.allSettled(running);
      throw failure.error;
    }
    const { move, work, done } = required(first.busy);
    const now = first.clock + work.size;
    delete first.busy;
    // A lane that stood still begins again now, with what is now known.
    for (const lane of lanes) if (!lane.busy) lane.clock = now;
    try {
      await conclude(move, required(done).outcome, work);
    } catch (error) {
      fail(error);
      await Promise.allSettled(running);
      throw error;
    }
  }
}

/** The busy lane that ends first, as far as is known; where two may end together, the one that stands first. */
function firstToEnd<Move, Outcome>(lanes: readonly Lane<Move, Outcome>[]): Lane<Move, Outcome> {
  const busy = lanes.filter((lane) => lane.busy !== undefined);
  const endOf = ({ clock, busy: each }: Lane<Move, Outcome>): number => clock + (each?.work.size ?? 0);
  return busy.reduce((first, lane) => (endOf(lane) < endOf(first) ? lane : first));
}

class WorkSet extends Set<string> {
  readonly #onAdd: () => void;

  constructor(onAdd: () => void) {
    super();
    this.#onAdd = onAdd;
  }

  override add(key: string): this {
    super.add(key);
    this.#onAdd();
    return this;
  }
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('A lane ended without an outcome.');
  return value;
}
