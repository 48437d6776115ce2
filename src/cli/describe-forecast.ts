import type { TimeForecast } from '../engine/index.ts';
import { duration } from './figures.ts';

/** `1 to 3 min`, `10 s to 2 min`; marked where it is rough. */
export function describeForecast({ low, high, rough }: TimeForecast): string {
  const [from, to] = [duration(low), duration(high)];
  const [amount, unit] = from.split(' ');
  const span =
    from === to ? `about ${to}` : to.endsWith(` ${unit}`) ? `${amount} to ${to}` : `${from} to ${to}`;
  return rough ? `${span}, roughly, because the machine is busy` : span;
}
