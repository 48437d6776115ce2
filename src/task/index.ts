export { brokenFamily } from './broken-family.ts';
export { defineTask, type TaskDefinition, type TaskFamily } from './define-task.ts';
export { FamilyNameSchema } from './family-name.ts';
export type { GeneratedTask } from './instances.ts';
export { readAction, recordedOracle, type Recording } from './recording.ts';
export { SPLIT_SIZE, splitOf, splitSeed } from './splits.ts';
export { ORACLE_EXPECTED, startOracle } from './start-oracle.ts';
export { makeTask, type Task } from './task.ts';
export type { Judgement, Verdict, VerdictPart } from './verdict.ts';
