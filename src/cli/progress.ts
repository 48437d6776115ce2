import { diffFiles, estimate, summarizeDiff } from '../protocol/index.ts';
import type { EvolveEvent, TimeForecast } from '../engine/index.ts';
import { cut } from './cut.ts';
import { describeForecast } from './describe-forecast.ts';
import { describeEpisodes } from './follow.ts';
import { joined, style, styled, type Text } from './styled-text.ts';
import type { Output } from './terminal.ts';

/** Time between lines where there is no terminal to redraw, in ms. */
const LINE_EVERY = 10_000;
/** Time between lines on the checks before a run, in ms. */
const CHECKED_EVERY = 5000;
/** Columns of an improver's reason for a change, which may have 10,000 characters. */
const RATIONALE = 300;

const RACED = {
  better: 'better than its parent by',
  'not-better': 'not better than its parent:',
  undecided: 'undecided against its parent:',
} as const;

/** Shows a run as it goes: a few lines that are redrawn on a terminal, a line now and then elsewhere. */
export interface Progress {
  tell(event: EvolveEvent): void;
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
  /** Episodes of the whole run; undefined before it has started. */
  budget?: number;
  spent: number;
  played: number;
  left?: TimeForecast | null;
  best?: { id: string; text: string; mean: number };
  lineage: { id: string; parent: string }[];
  recent: number[];
}

export function createProgress({ output, now }: { output: Output; now: () => number }): Progress {
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
    if (state.budget === undefined) return;
    const rate = speed(state.recent, now());
    const { left } = state;
    const head = joined(
      [
        style('cyan', state.phase),
        `${state.spent} of ${state.budget} episodes`,
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
    standing: () => `${state.phase}, ${state.spent} of ${state.budget ?? 0} episodes`,
    stop() {
      clearInterval(timer);
      output.clear();
    },
    tell(event) {
      switch (event.type) {
        case 'episodes':
          // Of the checks before the run.
          if (now() - lastLine < CHECKED_EVERY) break;
          lastLine = now();
          output.line(style('dim', describeEpisodes(event)));
          break;
        case 'started':
          state.budget = event.episodes;
          lastLine = now();
          break;
        case 'time-left':
          state.left = event.left;
          break;
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
            styled`${style('green', '+')} ${event.id.slice(0, 8)} ← ${event.parent.slice(0, 8)}  ${cut(event.rationale, RATIONALE)} ${style('dim', `(${summarizeDiff(diffFiles(event.before, event.after))})`)}`,
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
        default:
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
