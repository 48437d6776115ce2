import type { ImprovementRecord } from './records.ts';
import type { Phase } from './run-event-records.ts';
import type { RunEvent } from './run-events.ts';
import type { Arms, Estimate, FamilyArms } from './summary.ts';

/** A genome of the archive, as far as it has been tried. */
export interface GenomeState {
  readonly id: string;
  /** Null for the seed. */
  readonly parent: string | null;
  readonly mate?: string;
  readonly kind: string;
  readonly rationale: string;
  /** Dev rounds that it has played, and its mean over them; undefined before the first. */
  readonly rounds: number;
  readonly dev?: Estimate;
  /** Against its parent. */
  readonly race: Race | null;
}

interface Race {
  readonly verdict: 'better' | 'not-better' | 'undecided';
  readonly difference: Estimate;
  readonly evidence: number;
}

/** What a run has come to: a function of its record alone, so that whoever reads it agrees. */
export interface RunState {
  readonly phase?: Phase;
  /** The budget in episodes that it goes by. */
  readonly budget?: number;
  /** Different episodes, and those of them that the last sitting has played. */
  readonly episodes: number;
  readonly played: number;
  /** The seed agent minus itself. */
  readonly noise?: Estimate;
  /** In the order of birth, the seed first. */
  readonly genomes: readonly GenomeState[];
  readonly refused: readonly { readonly parent: string; readonly kind: string; readonly reason: string }[];
  /** Where the arm is that only learns; `id` undefined where it still is the seed. */
  readonly learner: { readonly id?: string; readonly improvements: number };
  readonly finalists: readonly {
    readonly id: string;
    readonly dev: Estimate;
    readonly gain: Estimate;
    readonly evidence: number;
  }[];
  readonly champion?: { readonly id: string; readonly dev: Estimate };
  readonly sealed?: {
    readonly slice: number;
    readonly all: Arms;
    readonly suites: Readonly<Record<string, Arms>>;
    readonly unseenFamilies: FamilyArms | null;
  };
  /** The last sitting; `end` is undefined while it lasts, and where its process was killed. */
  readonly sitting?: { readonly since: number; readonly workers: number; readonly end?: string };
}

export const EMPTY_RUN: RunState = {
  episodes: 0,
  played: 0,
  genomes: [],
  refused: [],
  learner: { improvements: 0 },
  finalists: [],
};

/**
 * The state of a run from its events, in the order of the record.
 *
 * @example runStateOf([]) // EMPTY_RUN
 */
export function runStateOf(events: Iterable<RunEvent>): RunState {
  let state = EMPTY_RUN;
  for (const event of events) state = advance(state, event);
  return state;
}

/** The state of a run after one event more. */
export function advance(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'sitting-start':
      return { ...state, sitting: { since: event.at, workers: event.workers } };
    case 'sitting-end':
      return state.sitting ? { ...state, sitting: { ...state.sitting, end: event.reason } } : state;
    case 'phase-start': {
      const { phase, budget } = event;
      return { ...state, phase, budget, ...(phase === 'confirming' ? { finalists: [] } : {}) };
    }
    case 'episode':
      return { ...state, episodes: event.spent, played: event.played };
    case 'calibration': {
      const { genome, rounds, dev, noise } = event;
      if (state.genomes.some(({ id }) => id === genome)) return { ...state, noise };
      const rationale = 'The genome that the run began with.';
      const seed: GenomeState = {
        id: genome,
        parent: null,
        kind: 'seed',
        rationale,
        rounds,
        dev,
        race: null,
      };
      return { ...state, noise, genomes: [seed, ...state.genomes] };
    }
    case 'improvement':
      return event.arm === 'learner' ? afterLearning(state, event) : afterExpansion(state, event);
    case 'race-round': {
      const { genome, rounds, dev, race } = event;
      const genomes = state.genomes.map((each) =>
        each.id === genome && rounds >= each.rounds ? { ...each, rounds, dev, race } : each,
      );
      return { ...state, genomes };
    }
    case 'confirmation': {
      const { genome: id, dev, difference: gain, evidence } = event;
      return { ...state, finalists: [...state.finalists, { id, dev, gain, evidence }] };
    }
    case 'champion':
      return { ...state, champion: { id: event.genome, dev: event.dev } };
    case 'sealed-scores': {
      const { slice, all, suites, unseenFamilies } = event;
      return { ...state, sealed: { slice, all, suites, unseenFamilies } };
    }
    case 'seal':
    case 'activity':
      return state;
  }
}

function afterLearning(state: RunState, { child }: ImprovementRecord): RunState {
  if (child === null) return state;
  return { ...state, learner: { id: child, improvements: state.learner.improvements + 1 } };
}

function afterExpansion(state: RunState, improvement: ImprovementRecord): RunState {
  const { child, parent, mate, kind, rationale, refusal = 'no child' } = improvement;
  if (child === null) return { ...state, refused: [...state.refused, { parent, kind, reason: refusal }] };
  const genome: GenomeState = {
    id: child,
    parent,
    ...(mate === undefined ? {} : { mate }),
    kind,
    rationale,
    rounds: 0,
    race: null,
  };
  return { ...state, genomes: [...state.genomes, genome] };
}

/** The genome with the highest mean on dev tasks; the seed before any was tried. */
export function bestOf({ genomes }: RunState): GenomeState | undefined {
  const meanOf = ({ dev }: GenomeState): number => dev?.mean ?? -1;
  const [first, ...others] = genomes;
  return first && others.reduce((best, each) => (meanOf(each) > meanOf(best) ? each : best), first);
}

/** A genome's ancestors, the seed first, and itself. */
export function lineageOf({ genomes }: RunState, genome: GenomeState): readonly GenomeState[] {
  const line = [genome];
  for (let { parent } = genome; parent !== null;) {
    const found = genomes.find(({ id }) => id === parent);
    if (found === undefined) break;
    line.unshift(found);
    ({ parent } = found);
  }
  return line;
}
