import type { Json } from '../protocol/index.ts';
import type { GenomeFiles } from './guests.ts';

/** Tasks at which drafts of an agent's own code are tried. */
export interface Trials {
  /** What each draft earns at each of these tasks, in [0, 1]; null where nothing may be concluded. */
  play(drafts: readonly GenomeFiles[], tasks: readonly (readonly Json[])[]): Promise<(number | null)[][]>;
}
