import type { HoldClock, Session } from '../environment/index.ts';
import { beginningOf, openTask, viewOf } from '../episode/index.ts';
import { createRandom, LamarckError, messageOf, type Json, type Remedy } from '../protocol/index.ts';
import { judge } from '../reward/index.ts';
import type { Sandboxes } from '../sandbox/index.ts';
import { makeTask, type Task, type TaskFamily } from '../task/index.ts';
import { RequestSchema, type Request, type Response } from './messages.ts';

interface Open {
  family: TaskFamily;
  task: Task;
  session: Session;
}

/** What was asked for, whether it is open by now or not. */
interface Held {
  readonly opening: Promise<Open>;
  readonly abort: AbortController;
  isOpen: boolean;
}

/**
 * The inside of an environment process: holds sessions for the orchestrator at the other end of the channel, each made again
 * here from its family and seed. Ends with the channel.
 */
export function serveWorld(options: {
  families: ReadonlyMap<string, TaskFamily>;
  sandboxes: Partial<Sandboxes>;
  send(response: Response): void;
}): (message: unknown) => Promise<void> {
  const sessions = new Map<number, Held>();

  async function open(request: Request & { method: 'open' }, { signal }: AbortController): Promise<Open> {
    const family = options.families.get(request.task.family);
    if (!family) {
      throw new LamarckError({
        code: 'LAMARCK_FAMILY_UNKNOWN',
        boundary: 'user',
        message: `The configuration has no task family "${request.task.family}".`,
        remedy: { text: 'Add it to a suite in lamarck.config.ts; these are listed.', command: 'tasks list' },
      });
    }
    const task = makeTask(family, request.task.seed, request.task.difficulty);
    const hold: HoldClock = (isHeld) => options.send({ type: 'hold', session: request.session, isHeld });
    const session = await openTask(family, task, { sandboxes: options.sandboxes, signal, hold });
    return { session, family, task };
  }

  async function held(id: number): Promise<Open> {
    const found = await sessions.get(id)?.opening;
    if (!found) throw new Error(`There is no session ${id}.`);
    return found;
  }

  async function handle(request: Request): Promise<unknown> {
    switch (request.method) {
      case 'open': {
        const abort = new AbortController();
        const opening = open(request, abort);
        const held: Held = { opening, abort, isOpen: false };
        sessions.set(request.session, held);
        opening.catch(() => sessions.delete(request.session));
        const { session } = await opening;
        held.isOpen = true;
        return beginningOf(session);
      }
      case 'act': {
        const { session } = await held(request.session);
        const feedback = await session.act(request.action);
        return { feedback, view: await viewOf(session) };
      }
      case 'evidence':
        return (await held(request.session)).session.evidence();
      case 'tampering':
        return (await held(request.session)).session.tampering();
      case 'demonstrate': {
        const { session, family } = await held(request.session);
        return session.demonstrate(family.oracle?.demonstrate ?? (() => undefined));
      }
      case 'explore': {
        const { tries, steps, seed } = request;
        const { session, family, task } = await held(request.session);
        const isWin = async (evidence: Json) => (await judge(family, task, evidence)) === 1;
        return (await session.explore({ tries, steps, random: createRandom(seed), isWin })) ?? null;
      }
      case 'close': {
        const held = sessions.get(request.session);
        sessions.delete(request.session);
        held?.abort.abort();
        const closing = held?.opening.then(
          ({ session }) => session.close(),
          () => undefined,
        );
        // What is still opening stops for the signal, or never returns: nobody waits for it.
        if (held?.isOpen) await closing;
        else closing?.catch(() => undefined);
        return null;
      }
    }
  }

  return async (message) => {
    const request = RequestSchema.parse(message);
    try {
      options.send({ type: 'reply', id: request.id, ok: true, value: await handle(request) });
    } catch (error) {
      options.send({ type: 'reply', id: request.id, ok: false, error: describe(error) });
    }
  };
}

function describe(error: unknown): {
  code: string;
  boundary: string;
  message: string;
  remedy?: Remedy | undefined;
} {
  if (!LamarckError.isInstance(error))
    return { code: 'LAMARCK_UNEXPECTED', boundary: 'environment', message: messageOf(error) };
  const { code, boundary, message, remedy } = error;
  return { code, boundary, message, remedy };
}
