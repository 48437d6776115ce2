// `npm run bench [-- NAME …] [-- --json]`: the speed of Lamarck beside what it could be, each in one run, taking turns;
// with `--peers` beside other programs, those that are installed (see docs/benchmarks.md).
import { holds, type Bar, type Benchmark, type Measured } from './speed/benchmark.ts';
import { browserEpisodes } from './speed/browser-episodes.ts';
import { browserGym, browserStep } from './speed/browser-step.ts';
import { candidates, checker } from './speed/candidates.ts';
import { serving } from './speed/serving.ts';
import { step } from './speed/step.ts';
import { syntheticPlay } from './speed/synthetic-play.ts';
import { bestOf, medianOf } from './speed/take-turns.ts';
import { twoPages } from './speed/two-pages.ts';

const BENCHMARKS: readonly Benchmark[] = [
  step,
  browserStep,
  browserEpisodes,
  candidates,
  syntheticPlay,
  twoPages,
];

const PEERS: readonly Benchmark[] = [checker, browserGym, serving];

const given = process.argv.slice(2);
const isJson = given.includes('--json');
const names = given.filter((argument) => !argument.startsWith('--'));
const offered = [...BENCHMARKS, ...PEERS];
const unknown = names.find((name) => !offered.some((benchmark) => benchmark.name === name));
if (unknown !== undefined) {
  console.error(
    `There is no benchmark "${unknown}"; there are: ${offered.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}

const chosen =
  names.length > 0
    ? offered.filter(({ name }) => names.includes(name))
    : given.includes('--peers')
      ? PEERS
      : BENCHMARKS;

const results: object[] = [];
for (const benchmark of chosen) {
  const reason = await benchmark.whyNot?.();
  if (reason !== undefined) {
    if (isJson) results.push({ name: benchmark.name, skipped: reason });
    else console.log(`\n${benchmark.name}: skipped, because ${reason}`);
    continue;
  }
  const measured = await benchmark.run();
  if (isJson) results.push({ name: benchmark.name, ...measured, hold: measured.bars.every(holds) });
  else print(benchmark, measured);
}
if (isJson) console.log(JSON.stringify(results, null, 2));

function print({ name, title, piece }: Benchmark, { times, bars }: Measured): void {
  console.log(`\n${name}: ${title}`);
  for (const timed of times) {
    const [best, median] = [bestOf(timed), medianOf(timed.rounds)].map(
      (microseconds) => `${show(microseconds)} µs`,
    );
    console.log(
      `  ${timed.name.padEnd(44)} ${best?.padStart(12)} a ${piece} at best, ${median} in the median round`,
    );
  }
  for (const bar of bars)
    console.log(`  ${holds(bar) ? '✓' : '✗'} ${bar.what}: ${show(bar.value)} ${bar.unit} (${boundOf(bar)})`);
}

function boundOf({ atMost, atLeast, unit }: Bar): string {
  return atMost === undefined ? `at least ${atLeast} ${unit}` : `at most ${atMost} ${unit}`;
}

function show(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
