import { createLogUpdate } from 'log-update';
import { diffGenomes, summarizeDiff, type RunEvent } from '../evolution/index.ts';
import type { RunClock } from './run-clock.ts';
import { estimate, style } from './terminal.ts';
import { describeForecast } from './time-forecast.ts';

/** Time between lines where there is no terminal to redraw, in ms. */
const LINE_EVERY = 10_000;

const RACED = {
  better: 'better than its parent by',
  'not-better': 'not better than its parent:',
  undecided: 'undecided against its parent:',
} as const;

/** Shows a run as it goes: a few lines that are redrawn on a terminal, a line now and then elsewhere. */
export interface Progress {
  tell(event: RunEvent): void;
  /** A line that stays. */
  say(text: string): void;
  stop(): void;
}

interface State {
  phase: string;
  activity: string;
  /** What the arm that only learns is doing. */
  learner: string;
  spent: number;
  played: number;
  best?: { id: string; text: string; mean: number };
  lineage: { id: string; parent: string }[];
  recent: number[];
}

export function createProgress(options: {
  budget: number;
  stream: NodeJS.WriteStream;
  now: () => number;
  clock: RunClock;
  /** Running processes per core. */
  load: () => number;
}): Progress {
  const { budget, stream, now, clock, load } = options;
  const live = stream.isTTY ? createLogUpdate(stream) : undefined;
  const state: State = {
    phase: 'starting',
    activity: '',
    learner: '',
    spent: 0,
    played: 0,
    lineage: [],
    recent: [],
  };
  let lastLine = now();

  const draw = (): void => {
    const rate = speed(state.recent, now());
    const left = clock.left(load());
    const head = [
      style('cyan', state.phase, stream),
      `${state.spent} of ${budget} episodes`,
      ...(rate > 0 ? [`${rate.toFixed(1)}/s`] : []),
      ...(left && state.played > 0 ? [`left: ${describeForecast(left)}`] : []),
    ].join(' · ');
    const best = state.best
      ? `best ${state.best.id} ${state.best.text}  ${style('dim', lineageOf(state), stream)}`
      : '';
    if (live)
      live(
        [head, best, style('dim', [state.activity, state.learner].filter(Boolean).join(' · '), stream)]
          .filter(Boolean)
          .join('\n'),
      );
    else if (now() - lastLine >= LINE_EVERY) {
      lastLine = now();
      stream.write(`${[head, best, state.activity].filter(Boolean).join(' | ')}\n`);
    }
  };
  const say = (text: string): void => {
    live?.clear();
    stream.write(`${text}\n`);
    draw();
  };
  const timer = setInterval(draw, live ? 200 : 1000);
  timer.unref();

  return {
    say,
    stop() {
      clearInterval(timer);
      live?.clear();
    },
    tell(event) {
      clock.hear(event);
      switch (event.type) {
        case 'phase':
          state.phase = event.phase;
          state.learner = '';
          if (event.phase === 'reporting') live?.clear();
          break;
        case 'activity':
          if (event.arm === 'learner') state.learner = event.text;
          else state.activity = event.text;
          break;
        case 'learned':
          say(style('dim', `learner only → ${event.id.slice(0, 8)}  ${event.rationale}`, stream));
          break;
        case 'episode':
          state.spent = event.spent;
          state.played = event.played;
          state.recent.push(now());
          break;
        case 'calibrated':
          state.best = { id: 'seed', text: estimate(event.seedAgent), mean: event.seedAgent.mean };
          say(
            `seed agent ${estimate(event.seedAgent)} on dev; against itself ${estimate(event.noise, true)}`,
          );
          break;
        case 'child-admitted':
          state.lineage.push({ id: event.id, parent: event.parent });
          say(
            `${style('green', '+', stream)} ${event.id.slice(0, 8)} ← ${event.parent.slice(0, 8)}  ${event.rationale} ${style('dim', `(${summarizeDiff(diffGenomes(event.before, event.after))})`, stream)}`,
          );
          break;
        case 'child-refused':
          say(`${style('yellow', '–', stream)} no child of ${event.parent.slice(0, 8)}: ${event.reason}`);
          break;
        case 'child-raced':
          if (!state.best || event.dev.mean > state.best.mean) {
            state.best = { id: event.id.slice(0, 8), text: estimate(event.dev), mean: event.dev.mean };
          }
          say(
            `  ${event.id.slice(0, 8)} is ${RACED[event.verdict]} ${estimate(event.difference, true)}; ${estimate(event.dev)} on dev, ${event.rounds} rounds`,
          );
          break;
        case 'confirmed':
          say(
            `${event.id.slice(0, 8)} ${estimate(event.dev)} on fresh dev tasks, ${estimate(event.difference, true)} against the seed`,
          );
          break;
        case 'finished':
          break;
      }
    },
  };
}

/** Episodes a second over the last 15 s. Trims what is older. */
function speed(recent: number[], now: number): number {
  while (recent[0] !== undefined && now - recent[0] > 15_000) recent.shift();
  const first = recent[0];
  return first === undefined || now - first < 500 ? 0 : recent.length / ((now - first) / 1000);
}

function lineageOf({ lineage, best }: State): string {
  const line: string[] = [];
  for (let at = lineage.find(({ id }) => id.startsWith(best?.id ?? '?')); at;) {
    line.unshift(at.id.slice(0, 8));
    const { parent } = at;
    at = lineage.find(({ id }) => id === parent);
  }
  return ['seed', ...line].join(' → ');
}
