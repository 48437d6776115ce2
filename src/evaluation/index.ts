export { discoveries } from './discoveries.ts';
export { clusteredInterval, type Interval } from './interval.ts';
export { gainEvidence, raceVerdict, type Verdict } from './race.ts';
