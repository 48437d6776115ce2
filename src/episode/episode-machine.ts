import { assign, fromPromise, setup } from 'xstate';
import type { Feedback } from '../environment/index.ts';
import {
  isInconclusive,
  jsonExcess,
  type EpisodeRecord,
  type Fault,
  type Json,
  type StopReason,
} from '../protocol/index.ts';
import { observationRecord } from '../trajectory/index.ts';
import type { Choice, LiveActor } from './actor.ts';
import type { View, WorldSession } from './world.ts';

/** Rejected actions in a row before `invalid-actions`. */
const REJECTIONS = 8;

/** What an episode needs of its host; every member may fail, and says by its error's boundary whose fault it is. */
export interface EpisodeServices {
  open(): Promise<WorldSession>;
  start(): Promise<LiveActor>;
  judge(evidence: Json): Promise<number>;
  classify(error: unknown, during: EpisodePhase): EpisodeFailure;
}

export type EpisodePhase = Fault['during'];

export interface EpisodeFailure {
  stop: Extract<StopReason, 'agent-error' | 'infrastructure-error' | 'cancelled' | 'time-limit'>;
  error: { code: string; boundary: string; message: string };
}

interface EpisodeContext {
  services: EpisodeServices;
  maxSteps: number;
  session?: WorldSession;
  actor?: LiveActor;
  view?: View;
  choice?: Choice;
  feedback: Feedback;
  step: number;
  rejections: number;
  records: EpisodeRecord[];
  stop?: StopReason;
  reward: number | null;
  error?: EpisodeFailure['error'];
  /** What was under way where an error ended it. */
  failedIn?: EpisodePhase;
}

/** How an episode came out. */
export type EpisodeOutput = Pick<
  EpisodeContext,
  'records' | 'reward' | 'step' | 'error' | 'failedIn' | 'view' | 'feedback'
> & { stop: StopReason };

/**
 * One try at one task: opening → starting → observing → deciding → acting → observing … → verifying → closed.
 * An agent's own failure closes it with reward 0, a fault of ours with no reward.
 */
export const episodeMachine = setup({
  types: {
    context: {} as EpisodeContext,
    input: {} as { services: EpisodeServices; maxSteps: number },
    output: {} as EpisodeOutput,
  },
  actors: {
    open: fromPromise(({ input }: { input: EpisodeServices }) => input.open()),
    start: fromPromise(({ input }: { input: EpisodeServices }) => input.start()),
    decide: fromPromise(({ input }: { input: EpisodeContext }) =>
      required(input.actor).decide({
        type: 'observe',
        step: input.step,
        observation: required(input.view).observation,
        ...(input.view?.affordances ? { affordances: input.view.affordances as never } : {}),
        ...(input.feedback.error === undefined ? {} : { error: input.feedback.error }),
      }),
    ),
    act: fromPromise(({ input }: { input: EpisodeContext }) =>
      required(input.session).act(required(input.choice?.action)),
    ),
    verify: fromPromise(async ({ input }: { input: EpisodeContext }) => {
      const session = required(input.session);
      const evidence = await session.evidence();
      const attempts = (await session.tampering?.()) ?? [];
      const reward = await input.services.judge(evidence);
      return { evidence, attempts, reward: attempts.length > 0 ? 0 : reward };
    }),
  },
  actions: {
    recordView: assign(({ context }) => {
      const { observation, affordances } = required(context.view);
      return {
        records: append(context, observationRecord(context.step, observation, affordances)),
      };
    }),
    fail: assign(({ context, event }, { during }: { during: EpisodePhase }) => {
      const { stop, error } = context.services.classify(
        (event as unknown as { error: unknown }).error,
        during,
      );
      const reward = isInconclusive(stop) ? null : 0;
      return {
        stop,
        error,
        failedIn: during,
        reward,
        records: append(context, { type: 'reward', reward, evidence: null }),
      };
    }),
  },
  guards: {
    isOver: ({ context }) => stopOf(context) !== undefined,
    hasAction: (_, { choice }: { choice: Choice }) => choice.action !== undefined,
  },
}).createMachine({
  id: 'episode',
  context: ({ input }) => ({ ...input, feedback: {}, step: 0, rejections: 0, records: [], reward: null }),
  initial: 'opening',
  states: {
    opening: {
      invoke: {
        src: 'open',
        input: ({ context }) => context.services,
        onDone: {
          target: 'starting',
          actions: assign(({ event }) => ({ session: event.output, view: event.output.first })),
        },
        onError: { target: 'closed', actions: { type: 'fail', params: { during: 'opening' } } },
      },
    },
    starting: {
      invoke: {
        src: 'start',
        input: ({ context }) => context.services,
        onDone: { target: 'observing', actions: assign(({ event }) => ({ actor: event.output })) },
        onError: { target: 'closed', actions: { type: 'fail', params: { during: 'starting' } } },
      },
    },
    observing: {
      entry: 'recordView',
      always: [
        {
          guard: 'isOver',
          target: 'verifying',
          actions: assign(({ context }) => ({ stop: stopOf(context) })),
        },
        { target: 'deciding' },
      ],
    },
    deciding: {
      invoke: {
        src: 'decide',
        input: ({ context }) => context,
        onDone: [
          {
            guard: { type: 'hasAction', params: ({ event }) => ({ choice: event.output }) },
            target: 'acting',
            actions: assign(({ context, event }) => {
              const choice = withinBounds(event.output);
              return { choice, records: recordChoice(context, choice) };
            }),
          },
          {
            target: 'verifying',
            actions: assign(({ context, event }) => ({
              stop: 'agent-done' as const,
              records: recordChanges(context, event.output),
            })),
          },
        ],
        onError: { target: 'closed', actions: { type: 'fail', params: { during: 'deciding' } } },
      },
    },
    acting: {
      invoke: {
        src: 'act',
        input: ({ context }) => context,
        onDone: {
          target: 'observing',
          actions: assign(({ context, event: { output } }) => ({
            feedback: output.feedback,
            view: output.view,
            rejections: output.feedback.error === undefined ? 0 : context.rejections + 1,
            records:
              output.feedback.error === undefined
                ? context.records
                : append(context, {
                    type: 'action-error',
                    step: context.step,
                    message: output.feedback.error,
                  }),
            step: context.step + 1,
          })),
        },
        onError: { target: 'closed', actions: { type: 'fail', params: { during: 'acting' } } },
      },
    },
    verifying: {
      invoke: {
        src: 'verify',
        input: ({ context }) => context,
        onDone: {
          target: 'closed',
          actions: assign(({ context, event: { output } }) => ({
            reward: output.reward,
            records: append(
              context,
              ...(output.attempts.length > 0
                ? [{ type: 'tampering' as const, attempts: [...output.attempts] }]
                : []),
              { type: 'reward', reward: output.reward, evidence: output.evidence },
            ),
          })),
        },
        onError: { target: 'closed', actions: { type: 'fail', params: { during: 'verifying' } } },
      },
    },
    closed: { type: 'final' },
  },
  output: ({ context }) => ({ ...context, stop: context.stop ?? 'infrastructure-error' }),
});

/** The stop reason that is due when a new view has come, if any. */
function stopOf({ feedback, rejections, step, maxSteps }: EpisodeContext): StopReason | undefined {
  if (feedback.done) return 'environment-done';
  if (rejections >= REJECTIONS) return 'invalid-actions';
  return step >= maxSteps ? 'step-limit' : undefined;
}

// One list an episode, appended to in place: the machine owns it, and copying it at every step would be quadratic.
function append({ records }: EpisodeContext, ...more: EpisodeRecord[]): EpisodeRecord[] {
  records.push(...more);
  return records;
}

function recordChanges(context: EpisodeContext, { changes }: Choice): EpisodeRecord[] {
  return append(
    context,
    ...changes.map((change) => ({ type: 'state-change' as const, step: context.step, ...change })),
  );
}

function recordChoice(context: EpisodeContext, choice: Choice): EpisodeRecord[] {
  recordChanges(context, choice);
  return append(
    context,
    { type: 'decision', step: context.step, ...(choice.note === undefined ? {} : { note: choice.note }) },
    { type: 'action', step: context.step, action: choice.action ?? null },
  );
}

/** What could be neither sent nor recorded is no action, which every world rejects; the note says why. */
function withinBounds(choice: Choice): Choice {
  const [action, note] = [jsonExcess(choice.action), jsonExcess(choice.note)];
  if (action !== undefined) return { ...choice, action: null, note: `The action ${action}.` };
  return note === undefined ? choice : { ...choice, note: `The note ${note}.` };
}

function required<T>(value: T | undefined): T {
  if (value === undefined)
    throw new Error('The episode came to a state without what the state before it provides.');
  return value;
}
