import { z } from 'zod';
import type { ActionOf, ActionSchemas, Environment } from '../environment/index.ts';
import { LamarckError, messageOf, type Json } from '../protocol/index.ts';

const JsonSchema = z.json() as z.ZodType<Json>;

/** A game that was won, as `lamarck tasks play --save` writes it. */
const RecordingSchema = z.object({
  version: z.literal(1),
  family: z.string(),
  instruction: z.string(),
  params: JsonSchema,
  /** In the notation of the environment. */
  actions: z.array(JsonSchema),
});
export type Recording = z.infer<typeof RecordingSchema>;

/**
 * A reference solution from recorded games: a task that was played is played again as it was; any other, as the first game
 * with the task's parameters in the place of those that it had.
 *
 * @param recordings what `lamarck tasks play --save FILE` wrote, read from their files
 * @throws LamarckError `LAMARCK_RECORDING_INVALID`
 *
 * @example
 * import game from './buy.json' with { type: 'json' };
 * defineTask({ name: 'shop/buy', environment: shop, oracle: recordedOracle(shop, [game]), … });
 */
export function recordedOracle<
  Params extends z.ZodType,
  Observation extends z.ZodType,
  Actions extends ActionSchemas,
  Evidence extends z.ZodType,
>(
  environment: Environment<Params, Observation, Actions, Evidence>,
  recordings: readonly unknown[],
): (context: {
  observation: z.output<Observation>;
  params: z.output<Params>;
  instruction: string;
}) => Generator<ActionOf<Actions>, void, Observation['_zod']['output']> {
  const games = recordings.map(readRecording);
  const [first] = games;
  if (first === undefined) throw invalid('no recording was given');
  return function* ({ observation, params, instruction }) {
    const played = games.find((game) => game.instruction === instruction);
    const { actions } = played ?? withParameters(first, params as Json);
    let seen: unknown = observation;
    for (const action of actions)
      seen = yield environment.notation.read(action, seen as z.output<Observation>) as ActionOf<Actions>;
  };
}

function readRecording(value: unknown, at: number): Recording {
  const parsed = RecordingSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(`number ${at + 1} of those given is no recording:\n${z.prettifyError(parsed.error)}`);
}

function invalid(why: string): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_RECORDING_INVALID',
    boundary: 'task',
    message: `recordedOracle() cannot make an oracle: ${why}.`,
    remedy: { text: 'Record a game.', command: 'tasks play NAME --save FILE' },
  });
}

/** The same game with other texts: those of its parameters are replaced, longest first, wherever they stand. */
function withParameters(game: Recording, params: Json): Recording {
  const before = textsOf(game.params);
  const after = new Map(textsOf(params));
  const exchanges = before
    .flatMap(([path, text]): [string, string][] => {
      const other = after.get(path);
      return text === '' || other === undefined || other === text ? [] : [[text, other]];
    })
    .sort(([one], [other]) => other.length - one.length);
  if (exchanges.length === 0) return game;
  const pattern = new RegExp(exchanges.map(([text]) => RegExp.escape(text)).join('|'), 'g');
  const exchanged = new Map(exchanges);
  const change = (value: Json): Json => {
    if (typeof value === 'string') return value.replace(pattern, (text) => exchanged.get(text) ?? text);
    if (Array.isArray(value)) return value.map(change);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, change(of as Json)]));
  };
  return { ...game, actions: game.actions.map(change) };
}

/** Texts and numbers of a value by where they are. */
function textsOf(value: Json, path = ''): [path: string, text: string][] {
  if (typeof value === 'string' || typeof value === 'number') return [[path, String(value)]];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, of]) => textsOf(of as Json, `${path}/${key}`));
}

/** The next action of a recording where an observation is at hand. @throws LamarckError `LAMARCK_RECORDING_STALE` */
export function readAction(environment: Environment, written: Json, observation: Json): Json {
  try {
    return environment.notation.read(written, observation);
  } catch (error) {
    throw new LamarckError({
      code: 'LAMARCK_RECORDING_STALE',
      boundary: 'task',
      message: `What was recorded cannot be done again: ${messageOf(error)}`,
      remedy: 'Record it anew, or let the world begin the same each time.',
      cause: error,
    });
  }
}
