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
export { linearScore, sampleIndex, softmax, type Features, type Weights } from './softmax.ts';
