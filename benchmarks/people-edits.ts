/**
 * Edits that people made to their own code, as lessons for scout's order of edits: changes in this repository's history and between
 * released versions of packages that are one typed edit each. Few of them mend bugs; all are edits that somebody found right.
 *
 * Without words it tells where, among the edits near it, the one that was made is put by each order, in packages that no order is learned
 * from. An order of planted faults is that of faults in our repair modules whose mend is one edit.
 *
 *     npm run bench:people-edits -- [--write] [--cache FOLDER]
 *
 * `--write` writes `agents/scout/people-lessons.json`. Versions are fetched by `npm pack` and kept in the cache.
 */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packLessons, peopleLessons, unpackLessons } from '../agents/scout/improve/people-lessons.ts';
import { learnOrder, noOrder, type Choice } from '../agents/scout/repairs/mend-order.ts';
import { estimate } from '../src/protocol/index.ts';
import { table } from './table.ts';
import { clusteredInterval } from '../src/statistics/index.ts';
import { placesOf } from './people-edits/places.ts';
import { plantedLessons } from './people-edits/planted-lessons.ts';
import { historyOf, releasesOf, type Package } from './people-edits/sources.ts';
import { typedChanges, type Change, type TypedChange } from './people-edits/typed-changes.ts';

/** The last commit that lessons are taken from: with it the lessons are the same ever after. */
const COMMIT = 'b6b3875';
const LEARNED_FROM: readonly Package[] = [
  {
    name: 'luxon',
    folder: 'src',
    versions:
      '1.20.0 1.21.0 1.22.0 1.23.0 1.24.1 1.25.0 1.26.0 1.27.0 1.28.0 2.0.2 2.1.1 2.2.0 2.3.0 2.3.2 2.4.0 2.5.0 3.0.4 3.1.0 3.2.0 3.3.0 3.4.0 3.4.4 3.5.0 3.7.0 3.7.2'.split(
        ' ',
      ),
  },
  {
    name: 'marked',
    folder: 'src',
    versions:
      '0.8.0 0.8.2 1.0.0 1.1.1 1.2.0 1.2.5 1.2.9 2.0.0 2.0.3 2.0.7 2.1.3 3.0.0 3.0.4 3.0.8 4.0.0 4.0.10 4.0.19 4.2.0 4.3.0'.split(
        ' ',
      ),
  },
  {
    name: 'moment',
    folder: 'src/lib',
    versions:
      '2.12.0 2.13.0 2.14.1 2.15.0 2.16.0 2.17.0 2.18.0 2.19.0 2.20.0 2.21.0 2.22.0 2.23.0 2.24.0 2.25.0 2.26.0 2.27.0 2.29.1 2.29.4 2.30.1'.split(
        ' ',
      ),
  },
];
/** Packages that no order is learned from: those whose figures were seen while this was built, and those that were run once, at its end. */
const CHECKED_ON: Readonly<Record<string, readonly Package[]>> = {
  'validator, dayjs (looked at)': [
    {
      name: 'validator',
      folder: 'es/lib',
      versions:
        '13.0.0 13.1.1 13.5.2 13.6.0 13.7.0 13.9.0 13.11.0 13.12.0 13.15.0 13.15.15 13.15.23 13.15.35'.split(
          ' ',
        ),
    },
    {
      name: 'dayjs',
      folder: 'esm',
      versions: '1.8.10 1.8.20 1.8.30 1.9.0 1.9.4 1.9.8 1.10.3 1.10.5 1.10.7 1.11.0 1.11.5 1.11.10'.split(
        ' ',
      ),
    },
  ],
  'commander, express, qs, ramda (not looked at)': [
    {
      name: 'commander',
      folder: 'lib',
      versions:
        '8.0.0 8.1.0 8.2.0 8.3.0 9.0.0 9.1.0 9.2.0 9.3.0 9.4.1 9.5.0 10.0.1 11.0.0 11.1.0 12.0.0 12.1.0 13.0.0 13.1.0 14.0.3'.split(
          ' ',
        ),
    },
    {
      name: 'express',
      folder: 'lib',
      versions:
        '3.0.6 3.1.2 3.2.6 3.3.8 3.4.8 3.5.3 4.0.0 4.1.2 4.2.0 4.3.2 4.4.5 4.5.1 4.6.1 4.7.4 4.8.8 4.9.8 4.10.8 4.11.2 4.12.4 4.13.4 4.14.1 4.15.5 4.16.4 4.17.3 4.18.3 4.19.2 4.20.0 4.21.2'.split(
          ' ',
        ),
    },
    {
      name: 'qs',
      folder: 'lib',
      versions:
        '1.0.2 1.1.0 1.2.2 2.0.0 2.1.0 2.2.5 2.3.3 2.4.2 3.1.0 4.0.0 5.0.0 5.1.0 5.2.1 6.0.6 6.1.4 6.2.6 6.3.5 6.4.3 6.5.5 6.6.3 6.7.5 6.8.5 6.9.9 6.10.7 6.11.4 6.12.6 6.13.4 6.14.3'.split(
          ' ',
        ),
    },
    {
      name: 'ramda',
      folder: 'src',
      versions:
        '0.15.1 0.16.0 0.17.1 0.18.0 0.19.1 0.20.1 0.21.0 0.22.1 0.23.0 0.24.1 0.25.0 0.26.1 0.27.2 0.28.0 0.29.1 0.30.1 0.31.3 0.32.0'.split(
          ' ',
        ),
    },
  ],
};
const LESSONS = new URL('../agents/scout/people-lessons.json', import.meta.url);

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    cache: { type: 'string', default: join(tmpdir(), 'lamarck-people-edits') },
  },
});

function collect(name: string, changes: Iterable<Change>): TypedChange[] {
  let hunks = 0;
  const typed: TypedChange[] = [];
  for (const change of changes) {
    const found = typedChanges(change);
    hunks += found.hunks;
    typed.push(...found.typed);
  }
  process.stderr.write(`${name}: ${typed.length} typed edits in ${hunks} small hunks\n`);
  return typed;
}
const releases = (each: Package) => collect(each.name, releasesOf(each, values.cache));

if (values.write) {
  const typed = [...collect('this repository', historyOf(COMMIT)), ...LEARNED_FROM.flatMap(releases)];
  writeFileSync(LESSONS, `${JSON.stringify(packLessons(typed.map(({ lesson }) => lesson)))}\n`);
} else {
  const [planted, people] = [plantedLessons(), unpackLessons(peopleLessons)];
  const learned = (tries: readonly Choice[]) => learnOrder(noOrder, { tries, choices: [] }).tries;
  const orders = {
    uniform: {},
    'planted faults': learned(planted),
    "planted faults and people's edits": learned([...planted, ...people]),
  };
  const rows = Object.entries(CHECKED_ON).flatMap(([packages, versions]) => {
    const tried = versions.flatMap(releases);
    const clusters = tried.map(({ from }) => from.split(' ')[0] ?? '');
    const shareOf = (of: readonly number[], range: [number, number] = [0, 1]) =>
      clusteredInterval(
        of.map((value, at) => ({ value, cluster: clusters[at] ?? '' })),
        range,
      );
    const uniform = tried.map(({ lesson }) => placesOf(lesson, {}).withinTen);
    return Object.entries(orders).map(([order, weights]) => {
      const places = tried.map(({ lesson }) => placesOf(lesson, weights));
      const quick = places.map(({ withinTen }) => withinTen);
      return [
        packages,
        order,
        estimate(shareOf(places.map(({ place }) => place))),
        estimate(shareOf(quick)),
        estimate(
          shareOf(
            quick.map((value, at) => value - (uniform[at] ?? 0)),
            [-1, 1],
          ),
          true,
        ),
        String(tried.length),
      ];
    });
  });
  const head = [
    'packages',
    'order',
    'place (share of edits near it)',
    'within ten',
    'minus uniform',
    'edits',
  ];
  console.log(table([head, ...rows]).toString());
}
