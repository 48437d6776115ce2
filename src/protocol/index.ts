export { FIELD_ROLES } from './field-roles.ts';
export { GENOME_PATH_SEGMENT, LONGEST_GENOME_PATH, MOST_GENOME_FILES } from './genome-path.ts';
export { clauseOf, LamarckError, messageOf, remedyInWords, type Boundary, type Remedy } from './errors.ts';
export { canonicalJson, type Json } from './json.ts';
export { jsonExcess } from './json-excess.ts';
export { gainSpan, rewardSpan, type RewardSpan } from './missing-reward.ts';
export {
  missingReasons,
  nothingPlayed,
  reasonsClause,
  type Ending,
  type MissingReason,
} from './missing-reasons.ts';
export { whyNotJson } from './plain-json.ts';
export { createRandom, type Random } from './random.ts';
export {
  ActionErrorSchema,
  ActionRecordSchema,
  DecisionRecordSchema,
  EpisodeEndSchema,
  EpisodeStartSchema,
  ImprovementRecordSchema,
  ObservationRecordSchema,
  RECORD_VERSION,
  RewardRecordSchema,
  TamperingRecordSchema,
  tamperingIn,
  SealRecordSchema,
  StateChangeSchema,
  TaskReferenceSchema,
  type ActorReference,
  type EpisodeRecord,
  type EpisodeStart,
  type Fault,
  type ImprovementRecord,
  type SealRecord,
  type Split,
  type StateChange,
  type TaskReference,
  type Trajectory,
} from './records.ts';
export {
  EVENT_VERSION,
  isRunEvent,
  parseRunEvent,
  RunEventSchemas,
  type Phase,
  type RunEventRecord,
} from './run-event-records.ts';
export type { RunEvent } from './run-events.ts';
export {
  advance,
  bestOf,
  EMPTY_RUN,
  lineageOf,
  runStateOf,
  type GenomeState,
  type RunState,
} from './run-state.ts';
export { guardedBy } from './guarded-by.ts';
export { shellWord } from './shell-word.ts';
export { unknownMembers } from './unknown-members.ts';
export { isInconclusive, isTerminated, isTruncated, type StopReason } from './stop-reason.ts';
export { patchBetween } from './line-diff.ts';
export { PARENT_RULES, SearchSchema, type ParentRule, type Search } from './search.ts';
export {
  RunChangeSchema,
  SummarySchema,
  type Arms,
  type Estimate,
  type FamilyArms,
  type RunChange,
  type Summary,
} from './summary.ts';
export { diffFiles, summarizeDiff, type FileDiff } from './files-diff.ts';
export { limitRemarks, remarksIn } from './remarks.ts';
export { describeChanges } from './run-changes.ts';
export {
  PageObservationSchema,
  type PageDialog,
  type PageElement,
  type PageObservation,
  type PageTab,
} from './page.ts';
export type {
  Action,
  AgentInput,
  AgentEvent,
  AgentEmitted,
  StepView,
  TrajectoryView,
  Lesson,
  Mate,
  ImproverInput,
  PlayRequest,
  ExploreRequest,
  MendRequest,
  PlayReply,
  ImproverEvent,
  ImproverEmitted,
  GuestDefinition,
} from './guest-contract.ts';
export { estimate } from './estimate.ts';
