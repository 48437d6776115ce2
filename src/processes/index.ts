export {
  markedEnvironment,
  startChild,
  startNodeChild,
  type Child,
  type ChildOptions,
  type NodeChildOptions,
} from './child.ts';
export { limitDescendants, type ChildLimits } from './limits.ts';
export { runChild, type ChildResult } from './run-child.ts';
export { endWithStarter } from './starter.ts';
export { makeTemporaryFolder, sweepTemporaryFolders } from './temporary-folder.ts';
