import type { Project, TimeForecast } from '../engine/index.ts';
import {
  advance,
  bestOf,
  EMPTY_RUN,
  estimate,
  lineageOf,
  summarizeDiff,
  type GenomeState,
  type RunEvent,
} from '../protocol/index.ts';
import { cut } from './cut.ts';
import { describeForecast } from './describe-forecast.ts';
import { joined, style, styled, type Text } from './styled-text.ts';
import type { Output } from './terminal.ts';

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
  tell(event: RunEvent): Promise<void>;
  /** How long the rest is likely to take. */
  forecast(left: TimeForecast | null): void;
  /** A line that stays. */
  say(text: Text): void;
  /** How far it is, as a clause. */
  standing(): Text;
  stop(): void;
}

/** @param reference what a person calls the run by, once it has begun */
export function createProgress(output: Output, project: Project, reference: () => string): Progress {
  const now = (): number => performance.now();
  let run = EMPTY_RUN;
  /** What the archive is doing, and the arm that only learns. */
  const activity = { archive: '', learner: '' };
  let left: TimeForecast | null = null;
  const recent: number[] = [];
  let lastLine = now();

  const draw = (): void => {
    if (run.phase === undefined) return;
    const rate = speed(recent, now());
    const head = joined(
      [
        style('cyan', run.phase),
        `${run.episodes} of ${run.budget} episodes`,
        ...(rate > 0 ? [`${rate.toFixed(1)}/s`] : []),
        ...(left && run.played > 0 ? [`left: ${describeForecast(left)}`] : []),
      ],
      ' · ',
    );
    const best = bestOf(run);
    const line = best ? style('dim', lineageOf(run, best).map(nameOf).join(' → ')) : '';
    const top = best?.dev ? [styled`best ${nameOf(best)} ${estimate(best.dev)}  ${line}`] : [];
    const arms = [activity.archive, activity.learner].filter(Boolean);
    if (output.isTerminal)
      output.redraw(joined([head, ...top, ...(arms.length === 0 ? [] : [style('dim', arms.join(' · '))])]));
    else if (now() - lastLine >= LINE_EVERY) {
      lastLine = now();
      output.line(joined([head, ...top, ...arms.slice(0, 1)], ' | '));
    }
  };
  const say = (text: Text): void => {
    output.clear();
    output.line(text);
    draw();
  };
  // The archive of a run that another process works on may be behind its record.
  const changeOf = (parent: string, child: string): Promise<string> =>
    project
      .archive(reference())
      .then(async (archive) => summarizeDiff(await archive.diff(parent, child)))
      .catch(() => 'not in the archive');
  const timer = setInterval(draw, output.isTerminal ? 200 : 1000);
  timer.unref();

  return {
    say,
    standing: () =>
      run.phase === undefined ? 'starting' : `${run.phase}, ${run.episodes} of ${run.budget} episodes`,
    stop() {
      clearInterval(timer);
      output.clear();
    },
    forecast(given) {
      left = given;
    },
    async tell(event) {
      const before = run;
      run = advance(run, event);
      switch (event.type) {
        case 'phase-start':
          activity.learner = '';
          if (event.phase === 'reporting') output.clear();
          break;
        case 'activity':
          activity[event.arm ?? 'archive'] = event.text;
          break;
        case 'episode':
          recent.push(now());
          break;
        case 'calibration':
          say(`seed agent ${estimate(event.dev)} on dev; against itself ${estimate(event.noise, true)}`);
          break;
        case 'improvement': {
          const { arm, parent, child, refusal = 'no child' } = event;
          const rationale = cut(event.rationale, RATIONALE);
          if (arm === 'learner') {
            if (child !== null) say(style('dim', `learner only → ${child.slice(0, 8)}  ${rationale}`));
          } else if (child === null)
            say(styled`${style('yellow', '–')} no child of ${parent.slice(0, 8)}: ${refusal}`);
          else
            say(
              styled`${style('green', '+')} ${child.slice(0, 8)} ← ${parent.slice(0, 8)}  ${rationale} ${style('dim', `(${await changeOf(parent, child)})`)}`,
            );
          break;
        }
        case 'race-round': {
          const { genome, race, dev, rounds } = event;
          const known = before.genomes.find(({ id }) => id === genome)?.race;
          if (race === null || race.verdict === known?.verdict) break;
          say(
            `  ${genome.slice(0, 8)} is ${RACED[race.verdict]} ${estimate(race.difference, true)}; ${estimate(dev)} on dev, ${rounds} rounds`,
          );
          break;
        }
        case 'confirmation':
          say(
            `${event.genome.slice(0, 8)} ${estimate(event.dev)} on fresh dev tasks, ${estimate(event.difference, true)} against the seed`,
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

function nameOf({ id, parent }: GenomeState): string {
  return parent === null ? 'seed' : id.slice(0, 8);
}
