/** What a verifier may say: true or false, a share in [0, 1], or that with what it is made of. */
export type Judgement = boolean | number | Verdict;

/** A reward with its reasons: a tree whose leaves were judged by themselves. */
export interface Verdict {
  /** In [0, 1]. */
  readonly reward: number;
  /** How it comes of its parts; a leaf has none. */
  readonly by: 'all' | 'any' | 'weighted' | 'gate' | 'itself';
  readonly parts: readonly VerdictPart[];
}

export interface VerdictPart extends Verdict {
  readonly name: string;
  /** Weight of the criterion beside the others, where they are weighed. */
  readonly weight?: number;
}
