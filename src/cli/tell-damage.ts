import type { RecordedRun } from '../engine/index.ts';
import { style, styled } from './styled-text.ts';
import { notice } from './terminal.ts';

/** Says on standard error what a record lacks, so that nobody takes the rest of it for all of it. */
export function tellDamage({ damage, lost }: Pick<RecordedRun, 'damage' | 'lost'>): void {
  const tell = (what: string, text: string): void => notice(styled`${style('yellow', what)} ${text}`);
  for (const part of damage) tell('damaged', `${part}; the rest is read.`);
  if (lost.length > 0)
    tell('lost', `${lost.length} episodes that run.db knew of are no longer in the record.`);
}
