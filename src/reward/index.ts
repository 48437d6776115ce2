export { explain, judge, measure, verificationContext } from './judge.ts';
export { LEAST_TRIES, majority } from './majority.ts';
export { all, any, gate, weighted } from './rubric.ts';
