import { estimate, type Arms, type Summary } from '../protocol/index.ts';
import { joined, linesOf, style, type StyledText, type Text } from './styled-text.ts';
import { table } from './table.ts';

/** The table of a run: every arm on each suite, on all, and on families that were kept out, with intervals. */
export function outcomeTable({
  sealed,
  suites,
  unseenFamilies,
}: Pick<Summary, 'sealed' | 'suites' | 'unseenFamilies'>): StyledText {
  const row = (name: string, arms: Arms): string[] => [
    name,
    estimate(arms.random),
    estimate(arms.seedAgent),
    estimate(arms.learnerOnly),
    estimate(arms.champion),
    estimate(arms.oracle),
    estimate(arms.gain, true),
    estimate(arms.gainOverLearner, true),
    String(arms.gain.n),
  ];
  return table([
    ['', 'random', 'seed agent', 'learner only', 'champion', 'oracle', 'gain', 'over learner', 'tasks'],
    ...Object.entries(suites).map(([suite, arms]) => row(suite, arms)),
    row('all', sealed),
    ...(unseenFamilies ? [row('unseen families', unseenFamilies)] : []),
  ]);
}

/** What kinds of change were tried, and what came of them. */
export function kindsTable({ kinds }: Pick<Summary, 'kinds'>): StyledText {
  return table([
    ['kind of change', 'tried', 'admitted', 'better than its parent'],
    ...Object.entries(kinds).map(([kind, { tried, admitted, better }]) => [
      kind,
      ...[tried, admitted, better].map(String),
    ]),
  ]);
}

/** Lines of a snippet that is shown at the end of a run. */
const SNIPPET = 24;

/** A few lines of code that a champion's line wrote: a skill where it has one, else the first file that it changed. */
export function championLines(
  champion: Readonly<Record<string, string>>,
  seed: Readonly<Record<string, string>>,
): Text {
  const written = Object.keys(champion).filter((path) => champion[path] !== seed[path]);
  const path = written.find((each) => /^skills\/(?!index\.ts$).+\.ts$/.test(each)) ?? written[0];
  if (path === undefined) return '  Nothing: no child was better than the seed agent.';
  const lines = linesOf((champion[path] ?? '').trimEnd());
  const shown = lines.slice(0, SNIPPET).map((line) => `  ${line}`);
  const more = lines.length > SNIPPET ? [style('dim', `  … ${lines.length - SNIPPET} more lines`)] : [];
  return joined([style('dim', `  ${path}`), ...shown, ...more]);
}
