export { discoveries } from './discoveries.ts';
export { clusteredInterval, type Interval } from './interval.ts';
export { gainEvidence, raceVerdict, type RaceVerdict } from './race.ts';
export { gainOf, isAhead, scoreOf, type Outcome, type Pairing, type Score } from './score.ts';
export { chanceOfWins } from './sign-test.ts';
