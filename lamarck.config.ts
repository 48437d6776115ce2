import { defineConfig } from 'lamarck';
import { programs, web } from 'lamarck/tasks';

/** What `npm start` runs: four families of each suite, a few minutes on two cores. */
const STARTERS = [
  'sign-in',
  'row-action',
  'search-and-choose',
  'booking-wizard',
  'lists',
  'strings',
  'numbers',
  'records',
];
const isStarter = ({ name }: { name: string }): boolean =>
  STARTERS.includes(name.slice(name.indexOf('/') + 1));

export default defineConfig({
  suites: { web: web.filter(isStarter), programs: programs.filter(isStarter) },
  folds: 4,
  budget: { episodes: 2600, improvement: 300 },
});
