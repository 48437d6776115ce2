import type { Store } from '../store/index.ts';
import { describeDamage } from '../trajectory/index.ts';
import { style } from './terminal.ts';

/** Says on standard error what a record lacks, so that nobody takes the rest of it for all of it. */
export function tellDamage({ damage, lost }: Pick<Store, 'damage' | 'lost'>): void {
  const tell = (what: string, text: string): void =>
    void process.stderr.write(`${style('yellow', what, process.stderr)} ${text}\n`);
  for (const part of damage) tell('damaged', `${describeDamage(part)}; the rest is read.`);
  if (lost.length > 0)
    tell('lost', `${lost.length} episodes that run.db knew of are no longer in the record.`);
}
