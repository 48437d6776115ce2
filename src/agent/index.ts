export { createRandom, type Json, type Random } from '../protocol/index.ts';
export {
  type Action,
  type AgentEmitted,
  type AgentEvent,
  type AgentInput,
  type GuestDefinition,
  type ImproverEmitted,
  type ImproverEvent,
  type ImproverInput,
  type Lesson,
  type PlayReply,
  type PlayRequest,
  type StepView,
  type TrajectoryView,
} from './contract.ts';
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
} from './grpo.ts';
export {
  directCourse,
  groupOf,
  isField,
  isPage,
  labelOf,
  pageSignature,
  rowOf,
  type PageElement,
  type PageView,
} from './page.ts';
export { linearScore, sampleIndex, softmax, type Features, type Weights } from './softmax.ts';
export {
  isSameWord,
  numberSpans,
  quotedSpans,
  shareOfWords,
  withoutQuotes,
  wordsAround,
  wordsOf,
  type Span,
} from './spans.ts';
export {
  enumerate,
  operatorsIn,
  renderExpression,
  type Expression,
  type Finding,
  type Leaf,
  type Operator,
  type Rendered,
  type Search,
} from './enumeration.ts';
export {
  back,
  choose,
  click,
  defineSkill,
  done,
  fill,
  followSkill,
  lookAt,
  press,
  readArguments,
  recallSkill,
  select,
  type Instruction,
  type Page,
  type Selector,
  type Skill,
} from './skill.ts';
export {
  actionOf,
  induceSkills,
  withoutDetours,
  type Demonstration,
  type InducedSkill,
  type InducedStep,
  type SelectorExpression,
  type TextExpression,
} from './induction.ts';
export { skillName, skillSource, startingSteps } from './skill-source.ts';
