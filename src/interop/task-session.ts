import { checkAction, OpenEnvError, type OpenEnvCode, type OpenEnvReply } from '../environment/index.ts';
import { openEpisode, type Moment, type SteppedEpisode } from '../episode/index.ts';
import { isTruncated, messageOf, type Json } from '../protocol/index.ts';
import type { Task, TaskFamily } from '../task/index.ts';
import type { Offer } from './offer.ts';

/** What a reset or a step is answered with. */
export type Result = Extract<OpenEnvReply, { type: 'observation' }>['data'];
export type State = Extract<OpenEnvReply, { type: 'state' }>['data'];

/** Made once: over HTTP each request has a session. */
const CLOSED = new OpenEnvError('SESSION_ERROR', 'The session was closed.');

interface Playing {
  readonly id: string;
  readonly family: TaskFamily;
  readonly task: Task;
  readonly episode: SteppedEpisode;
  moment: Moment;
  isOver: boolean;
}

/** Told of a session's life. */
export interface SessionEvents {
  /** A task is to begin. @throws OpenEnvError where there is no place for it */
  begins(): void;
  /** Something is asked of it. */
  busy(): void;
  /** It has answered. */
  rest(): void;
  closed(): void;
}

/**
 * One client's tasks, one after the other, whatever protocol it speaks. What is asked at once is done in turn; a task that is
 * over has given back its page already. All faults are OpenEnvErrors.
 */
export class TaskSession {
  readonly #offer: Offer;
  readonly #events: SessionEvents;
  readonly #closing = new AbortController();
  #turn: Promise<unknown> = Promise.resolve();
  #playing: Playing | undefined;

  constructor(offer: Offer, events: SessionEvents) {
    this.#offer = offer;
    this.#events = events;
  }

  /** A task is under way, and has not come to its end. */
  get isPlaying(): boolean {
    return this.#playing?.isOver === false;
  }

  /** Begins a task, and gives up the one before. */
  reset(options: unknown): Promise<Result> {
    return this.#inTurn(async () => resultOf(await this.#begin(options)));
  }

  /** Acts; begins the next task where none was. */
  step(action: unknown): Promise<Result> {
    return this.#inTurn(async () => {
      const checked = checkAction(this.#offer.environment, action);
      if ('error' in checked) throw new OpenEnvError('VALIDATION_ERROR', checked.error);
      const playing = this.#playing ?? (await this.#begin({}));
      if (playing.isOver)
        throw new OpenEnvError('EXECUTION_ERROR', 'The episode is over: reset before the next action.');
      try {
        playing.moment = await playing.episode.step(action as Json);
        playing.isOver = playing.moment.stop !== undefined;
      } catch (error) {
        playing.isOver = true;
        throw asOpenEnvError(error, 'EXECUTION_ERROR');
      }
      return resultOf(playing);
    });
  }

  /** What was seen last; begins the next task where none was. */
  observe(): Promise<Result> {
    return this.#inTurn(async () => resultOf(this.#playing ?? (await this.#begin({}))));
  }

  get state(): State {
    const { id, moment, task } = this.#playing ?? {};
    return {
      episode_id: id ?? null,
      step_count: moment?.step ?? 0,
      ...(task && { family: task.family, seed: task.seed, difficulty: task.difficulty }),
    };
  }

  /** Gives up what is under way, also what waits for a page. Nothing can be asked afterwards. */
  async close(): Promise<void> {
    this.#closing.abort(CLOSED);
    await this.#turn;
    await this.#playing?.episode.close();
    this.#events.closed();
  }

  async #begin(options: unknown): Promise<Playing> {
    try {
      const { family, task, episodeId } = this.#offer.draw(options);
      this.#events.begins();
      await this.#playing?.episode.close();
      this.#playing = undefined;
      const episode = await openEpisode(family, task, this.#offer.world, this.#closing.signal);
      const id = episodeId ?? crypto.randomUUID();
      return (this.#playing = { id, family, task, episode, moment: episode.first, isOver: false });
    } catch (error) {
      throw asOpenEnvError(error, 'FACTORY_ERROR');
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(() => {
      this.#closing.signal.throwIfAborted();
      this.#events.busy();
      return work();
    });
    this.#turn = done.catch(() => {}).then(() => this.#events.rest());
    return done;
  }
}

function resultOf({ family, task, episode, moment }: Playing): Result {
  const { observation, affordances, error, step, stop, reward } = moment;
  const done = stop !== undefined;
  return {
    observation: {
      ...(observation as Record<string, unknown>),
      done,
      reward,
      truncated: done && isTruncated(stop),
      metadata: {
        instruction: episode.instruction,
        family: task.family,
        seed: task.seed,
        difficulty: task.difficulty,
        step,
        max_steps: family.maxSteps,
        ...(affordances ? { affordances } : {}),
        ...(error === undefined ? {} : { error }),
        ...(stop === undefined ? {} : { stop }),
      },
    },
    reward,
    done,
  };
}

/** An error as the protocol has it. */
export function asOpenEnvError(error: unknown, code: OpenEnvCode): OpenEnvError {
  return error instanceof OpenEnvError ? error : new OpenEnvError(code, messageOf(error), { cause: error });
}
