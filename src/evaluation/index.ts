export { clusteredInterval, interval, type Interval } from './interval.ts';
export { raceVerdict, type Verdict } from './race.ts';
