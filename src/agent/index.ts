export {
  createRandom,
  gainSpan,
  rewardSpan,
  type Json,
  type PageElement,
  type Random,
  type RewardSpan,
} from '../protocol/index.ts';
export {
  type Action,
  type AgentEmitted,
  type AgentEvent,
  type AgentInput,
  type ExploreRequest,
  type GuestDefinition,
  type ImproverEmitted,
  type ImproverEvent,
  type ImproverInput,
  type Lesson,
  type Mate,
  type MendRequest,
  type PlayReply,
  type PlayRequest,
  type StepView,
  type TrajectoryView,
} from '../protocol/index.ts';
export { defineAgent, defineImprover } from './define-agent.ts';
export {
  beginPolicy,
  groupAdvantages,
  improvePolicy,
  type EpisodeGroup,
  type GrpoSettings,
  type PolicyEpisode,
  type PolicyState,
  type PolicyStep,
} from '../optimization/index.ts';
export {
  directCourse,
  groupOf,
  isField,
  isPage,
  labelOf,
  pageSignature,
  rowOf,
  type PageView,
} from './page/page.ts';
export { linearScore, sampleIndex, softmax, type Features, type Weights } from '../optimization/index.ts';
export {
  isSameWord,
  numberSpans,
  quotedSpans,
  shareOfWords,
  withoutQuotes,
  wordsAround,
  wordsOf,
  type Span,
} from './page/spans.ts';
export { abstracted, findAbstraction, HOLE, holesOf, type Abstraction } from './programs/compression.ts';
export { enumerate, type Leaf, type ProgramFinding, type ProgramSearch } from './programs/enumeration.ts';
export {
  renderExpression,
  termOf,
  type Expression,
  type Operator,
  type Rendered,
  type Term,
} from './programs/expression.ts';
export { isSound } from './programs/observed-values.ts';
export type { Place } from './programs/place-costs.ts';
export { readArguments, type Instruction } from './page/instruction-arguments.ts';
export { lookAt, type Page, type Selector } from './page/page-query.ts';
export {
  accept,
  back,
  choose,
  click,
  defineSkill,
  dismiss,
  done,
  drag,
  fill,
  followSkill,
  hover,
  press,
  recallSkill,
  select,
  upload,
  type Course,
  type Skill,
  type SkillContext,
} from './skills/skill.ts';
export { withoutDetours, type Demonstration } from './induction/demonstration.ts';
export { induceSkills, type CounterEvidence } from './induction/induction.ts';
export { factorSkills } from './skills/factoring.ts';
export { skillOf, type Helper, type InducedSkill } from './skills/skill-program.ts';
export { helpersIn, helperSource, skillSource } from './skills/skill-source.ts';
export { EDIT_KINDS, editsOf, type EditKind, type SourceEdit } from './edits/source-edits.ts';
export { MUTATION_KINDS, mutationsOf, type Mutation, type MutationKind } from './edits/mutations.ts';
export { chanceOfWins } from '../statistics/index.ts';
export { applyEdit } from './edits/splice.ts';
export { isModuleText, namesIn, readSource, type SyntaxNode } from './edits/syntax.ts';
export { traced, type Traced } from './edits/tracing.ts';
