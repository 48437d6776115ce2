export { ablate, ablationEpisodes, type Ablation } from './ablation.ts';
export { retest, type Finalist } from './confirming.ts';
export { differenceOf, meanOf, outcomeOf, pairsOf, type TaskOutcome } from './paired.ts';
export { devScore, pairedRounds, playRounds, type Round } from './rounds.ts';
export { seal, type Sealed } from './sealing.ts';
export { actorOf, difficultyAt, jobsAt, type Trial } from './trial.ts';
