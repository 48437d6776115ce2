// `npm run bench [-- NAME …] [-- --json]`: the speed of Lamarck beside what it could be, each in one run, taking turns.
import { holds, type Bar, type Benchmark, type Measured } from './speed/benchmark.ts';
import { browserEpisodes } from './speed/browser-episodes.ts';
import { browserStep } from './speed/browser-step.ts';
import { candidates } from './speed/candidates.ts';
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

const given = process.argv.slice(2);
const isJson = given.includes('--json');
const names = given.filter((argument) => !argument.startsWith('--'));
const unknown = names.find((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
if (unknown !== undefined) {
  console.error(
    `There is no benchmark "${unknown}"; there are: ${BENCHMARKS.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}

const results: object[] = [];
for (const benchmark of BENCHMARKS) {
  if (names.length > 0 && !names.includes(benchmark.name)) continue;
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
