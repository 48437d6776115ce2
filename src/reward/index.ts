export { explain, judge, measure, verificationContext } from './judge.ts';
export { majority } from './majority.ts';
export { all, any, gate, weighted } from './rubric.ts';
