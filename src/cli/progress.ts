import { diffGenomes, summarizeDiff, type RunEvent } from '../evolution/index.ts';
import { cut } from './cut.ts';
import { estimate } from './figures.ts';
import type { RunClock } from './run-clock.ts';
import { joined, style, styled, type Text } from './styled-text.ts';
import type { Output } from './terminal.ts';
import { describeForecast } from './time-forecast.ts';

/** Time between lines where there is no terminal to redraw, in ms. */
const LINE_EVERY = 10_000;
/** Columns of an improver's reason for a change, which may have 10,000 characters. */
const RATIONALE = 300;

const RACED = {
  better: 'better than its parent by',
  'not-better': 'not better than its parent:',
  undecided: 'undecided against its parent:',
} as const;

/** Shows a run as it goes: a few lines that are redrawn on a terminal, a line now and then elsewhere. */
export interface Progress {
  tell(event: RunEvent): void;
  /** A line that stays. */
  say(text: Text): void;
  /** How far it is, as a clause. */
  standing(): Text;
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
  output: Output;
  now: () => number;
  clock: RunClock;
  /** Running processes per core. */
  load: () => number;
}): Progress {
  const { budget, output, now, clock, load } = options;
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
    const head = joined(
      [
        style('cyan', state.phase),
        `${state.spent} of ${budget} episodes`,
        ...(rate > 0 ? [`${rate.toFixed(1)}/s`] : []),
        ...(left && state.played > 0 ? [`left: ${describeForecast(left)}`] : []),
      ],
      ' · ',
    );
    const best = state.best
      ? [styled`best ${state.best.id} ${state.best.text}  ${style('dim', lineageOf(state))}`]
      : [];
    if (output.isTerminal) {
      const arms = [state.activity, state.learner].filter(Boolean).join(' · ');
      output.redraw(joined([head, ...best, ...(arms === '' ? [] : [style('dim', arms)])]));
    } else if (now() - lastLine >= LINE_EVERY) {
      lastLine = now();
      output.line(joined([head, ...best, ...(state.activity === '' ? [] : [state.activity])], ' | '));
    }
  };
  const say = (text: Text): void => {
    output.clear();
    output.line(text);
    draw();
  };
  const timer = setInterval(draw, output.isTerminal ? 200 : 1000);
  timer.unref();

  return {
    say,
    standing: () => `${state.phase}, ${state.spent} of ${budget} episodes`,
    stop() {
      clearInterval(timer);
      output.clear();
    },
    tell(event) {
      clock.hear(event);
      switch (event.type) {
        case 'phase':
          state.phase = event.phase;
          state.learner = '';
          if (event.phase === 'reporting') output.clear();
          break;
        case 'activity':
          if (event.arm === 'learner') state.learner = event.text;
          else state.activity = event.text;
          break;
        case 'learned':
          say(style('dim', `learner only → ${event.id.slice(0, 8)}  ${cut(event.rationale, RATIONALE)}`));
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
            styled`${style('green', '+')} ${event.id.slice(0, 8)} ← ${event.parent.slice(0, 8)}  ${cut(event.rationale, RATIONALE)} ${style('dim', `(${summarizeDiff(diffGenomes(event.before, event.after))})`)}`,
          );
          break;
        case 'child-refused':
          say(styled`${style('yellow', '–')} no child of ${event.parent.slice(0, 8)}: ${event.reason}`);
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
