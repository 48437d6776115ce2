export { openBlobs } from './blobs.ts';
export { describeDifferences } from './divergence.ts';
export { writeDurably } from './durable-file.ts';
export { followFrames } from './follow-frames.ts';
export type { FrameRecords } from './frame.ts';
export {
  describeDamage,
  readFrame,
  readFrames,
  type DamagedPart,
  type Frame,
  type TornTail,
} from './read-frames.ts';
export { recoverSegments, removeUnnamed, setDamageAside } from './recover-segments.ts';
export { reexecute } from './reexecute.ts';
export { segmentName, type FrameLocation } from './segment.ts';
export { openSegmentWriter } from './segment-writer.ts';
export { storeError } from './store-error.ts';
export { observationRecord, toTrajectory, trajectoryHash } from './trajectory.ts';
