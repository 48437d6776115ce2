export { openBlobs } from './blobs.ts';
export { describeDifferences } from './divergence.ts';
export { writeDurably } from './durable-file.ts';
export type { FrameRecords } from './frame.ts';
export {
  hasFrame,
  readFrame,
  readFrames,
  recoverSegments,
  type DamagedPart,
  type Frame,
} from './read-frames.ts';
export { reexecute } from './reexecute.ts';
export { type FrameLocation } from './segment.ts';
export { openSegmentWriter } from './segment-writer.ts';
export { storeError } from './store-error.ts';
export { observationRecord, toTrajectory, trajectoryHash } from './trajectory.ts';
