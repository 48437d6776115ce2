import { createRandom, type GuestDefinition } from 'lamarck/agent';
import type { AnyActorRef, AnyEventObject, InspectionEvent } from 'xstate';
import { GuestAbortController } from './abort-controller.ts';
import { dottedState, readableEvent } from './chart-changes.ts';
import { closeRealm } from './closed-realm.ts';
import { createFuelMeter } from './fuel-meter.ts';
import { writePlainJson } from './plain-json.ts';
import { describeThrown, pristine } from './pristine.ts';
import { readChart } from './read-chart.ts';
import { createTextQueue } from './text-queue.ts';
import { createVirtualClock } from './virtual-clock.ts';

/** Timers that may fire in one delivery before the guest is held to be stuck. */
const MOST_CLOCK_TICKS = 10_000;

interface Libraries {
  readonly xstate: typeof import('xstate');
  readonly agent: typeof import('lamarck/agent');
}

type Tick = () => void;

/** What is evaluated for a genome: its bundle, wrapped so that fuel and imports are handed in. */
type GenomeModule = (tick: Tick, require: (name: string) => unknown) => { default?: unknown };

export interface GuestOptions {
  kind: GuestDefinition['kind'];
  /** `read` answers with the chart and starts nothing. */
  purpose: 'run' | 'read';
  seed: string;
  fuel: number;
  messageCharacters: number;
}

/**
 * The guest's side of the message pump. The returned function is called with the text of a message (first the machine's
 * input, then events) and afterwards without one until it answers with a text; an empty text says that a timer ran and
 * it wants to be called again, once the promises that this set going have settled.
 */
export function createGuest(
  makeLibraries: (tick: Tick) => Libraries,
  genome: GenomeModule,
  optionsText: string,
): (message?: string) => string {
  const options = pristine.parse(optionsText) as GuestOptions;
  const meter = createFuelMeter(options.fuel);
  const clock = createVirtualClock();
  closeRealm({
    random: createRandom(options.seed).fork('Math.random').real,
    now: clock.now,
    extras: {
      AbortController: GuestAbortController,
      setTimeout: clock.setTimeout,
      setInterval: clock.setInterval,
      clearTimeout: clock.clear,
      clearInterval: clock.clear,
    },
  });

  let actor: AnyActorRef | undefined;
  let state = '';
  let ended = false;
  let fault = '';
  let changes = '';
  /** Text of the chart, where it was asked for. */
  let chart = '';
  /** Text of this turn's decision or patch. */
  let emitted = '';
  let hasDecided = false;
  let ticks = 0;
  /** Whether time may pass: only while an answer is owed, so an agent that awaits its first observation does not age. */
  let owes = false;
  /** Calls are answered one a turn; a chart may make several at once. */
  const waitingCalls = createTextQueue();

  const fail = (kind: 'throw' | 'protocol' | 'timeout', message: string): void => {
    if (fault === '') fault = `{"kind":"fault","fault":"${kind}","message":${pristine.stringify(message)}}`;
  };

  const attempt = (run: () => void): void => {
    try {
      run();
    } catch (error) {
      fail('throw', describeThrown(error));
    }
  };

  const receiveEmitted = (event: unknown): void => {
    let text: string;
    try {
      text = writePlainJson(event, options.messageCharacters);
    } catch (error) {
      return fail('protocol', `What the chart emitted ${describeThrown(error)}.`);
    }
    const { type } = pristine.parse(text) as { type?: unknown };
    if (type === 'call' && !hasDecided) return waitingCalls.add(text);
    if (hasDecided || !waitingCalls.isEmpty())
      return fail('protocol', 'The chart emitted a second answer in one turn.');
    hasDecided = true;
    emitted = text;
  };

  const inspect = (event: InspectionEvent): void => {
    if (event.type !== '@xstate.microstep' && event.type !== '@xstate.snapshot') return;
    if ((event.actorRef as AnyActorRef).sessionId !== event.rootId) return;
    const to = dottedState((event.snapshot as { value?: unknown }).value);
    if (to === state) return;
    const isAlways = event.type === '@xstate.microstep' && event._transitions[0]?.eventType === '';
    const name = state === '' ? 'start' : readableEvent(event.event.type, isAlways);
    const change = `{"from":${pristine.stringify(state)},"to":${pristine.stringify(to)},"event":${pristine.stringify(name)}}`;
    state = to;
    changes += (changes === '' ? '' : ',') + change;
    if (changes.length > options.messageCharacters)
      fail('protocol', 'The chart changed its state too often in one turn.');
  };

  const start = (inputText: string): void => {
    const libraries = makeLibraries(meter.tick);
    const exported = genome(meter.tick, (name) => {
      if (name === 'xstate') return libraries.xstate;
      if (name === 'lamarck/agent') return libraries.agent;
      throw new pristine.Error('Only xstate and lamarck/agent can be imported.');
    });
    const definition = exported.default as GuestDefinition | undefined;
    if (definition?.kind !== options.kind || typeof definition.machine !== 'object') {
      const maker = options.kind === 'agent' ? 'defineAgent' : 'defineImprover';
      return fail('protocol', `The entry has no default export made by ${maker}().`);
    }
    if (options.purpose === 'read') {
      chart = writePlainJson(readChart(definition.machine), options.messageCharacters);
      return;
    }
    const input: unknown = pristine.parse(inputText);
    const created = libraries.xstate.createActor(definition.machine, {
      input,
      inspect: (event) => attempt(() => inspect(event)),
    });
    actor = created;
    created.on('*', (event: unknown) => attempt(() => receiveEmitted(event)));
    created.subscribe({
      error: (error) => fail('throw', describeThrown(error)),
      complete: () => {
        ended = true;
      },
    });
    created.start();
    // A machine can be born in its final state, or in error, without telling its subscribers.
    const snapshot = created.getSnapshot() as { status: string; error?: unknown };
    if (snapshot.status === 'done') ended = true;
    if (snapshot.status === 'error') fail('throw', describeThrown(snapshot.error));
    owes = options.kind === 'improver';
  };

  const receive = (message: string): void => {
    changes = '';
    emitted = '';
    hasDecided = false;
    ticks = 0;
    if (actor === undefined) return start(message);
    owes = true;
    actor.send(pristine.parse(message) as AnyEventObject);
  };

  const answer = (): string => {
    if (meter.isSpent())
      return `{"kind":"fault","fault":"fuel","message":"It used up its ${options.fuel} units of fuel."}`;
    if (fault !== '') return fault;
    if (chart !== '') return `{"kind":"chart","chart":${chart}}`;
    const text = emitted === '' ? waitingCalls.take() : emitted;
    if (text !== undefined) return `{"kind":"emitted","event":${text},"changes":[${changes}]}`;
    if (ended) return `{"kind":"end","changes":[${changes}]}`;
    if (!owes) return `{"kind":"idle","changes":[${changes}]}`;
    if (ticks++ > MOST_CLOCK_TICKS) {
      fail('timeout', `Its timers fired ${MOST_CLOCK_TICKS} times without an answer.`);
      return fault;
    }
    let hasAdvanced = true;
    attempt(() => {
      hasAdvanced = clock.advance();
    });
    if (!hasAdvanced) owes = false;
    return '';
  };

  return (message) => {
    if (message === undefined) return answer();
    attempt(() => receive(message));
    return '';
  };
}
