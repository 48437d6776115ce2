import type { EpisodesEnded, Notice, Operation } from '../engine/index.ts';
import { style } from './styled-text.ts';
import { notice } from './terminal.ts';

/** Time between two lines on how far it is, in ms. */
const LINE_EVERY = 2000;

/**
 * Tells on standard error how an operation goes: its notices, and now and then how many episodes have ended.
 *
 * @param hear told of every other event
 * @param count told of every episode that has ended
 * @returns the operation's result
 */
export async function follow<Event extends { readonly type: string }, Result>(
  operation: Operation<Event | Notice | EpisodesEnded, Result>,
  hear: (event: Exclude<Event, Notice | EpisodesEnded>) => void = () => undefined,
  count: (done: number) => void = () => undefined,
): Promise<Result> {
  let told: number | undefined;
  for await (const event of operation) {
    if (event.type === 'notice') notice((event as Notice).text);
    else if (event.type === 'episodes') {
      count((event as EpisodesEnded).done);
      // What is loaded and opened first is not episodes.
      told ??= performance.now();
      if (performance.now() - told < LINE_EVERY) continue;
      told = performance.now();
      notice(style('dim', describeEpisodes(event as EpisodesEnded)));
    } else hear(event as Exclude<Event, Notice | EpisodesEnded>);
  }
  return operation;
}

/** `web/sign-in (1 of 3): 12 episodes of at least 40`, `12 of 40 episodes`. */
export function describeEpisodes({ done, of, atLeast, about }: EpisodesEnded): string {
  const what = about === undefined ? '' : `${about}: `;
  if (of !== undefined) return `${what}${done} of ${of} episodes`;
  return `${what}${done} episodes${atLeast !== undefined && done < atLeast ? ` of at least ${atLeast}` : ''}`;
}
