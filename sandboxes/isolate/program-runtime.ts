import { createRandom } from 'lamarck/agent';
import { closeRealm } from './closed-realm.ts';
import { createFuelMeter } from './fuel-meter.ts';
import { writePlainJson } from './plain-json.ts';
import { describeThrown, pristine } from './pristine.ts';

/**
 * The inside of a program's context. Returns the function that calls it: the text of a list of argument lists in, the
 * texts of their outcomes out, a line each. No two lists share a value: a program that changes one changes nothing else.
 *
 * @param surplus names of the globals to remove, a space between them.
 */
export function createProgram(
  evaluate: (tick: () => void) => unknown,
  fuel: number,
  outputCharacters: number,
  surplus: string,
): (argumentLists: string) => string {
  const meter = createFuelMeter(fuel);
  // Made when it is first drawn from: most programs leave nothing to chance, and each begins in a context of its own.
  let random: (() => number) | undefined;
  const draw = (): number => (random ??= createRandom('program').real)();
  closeRealm({ random: draw, now: () => 0, extras: {}, surplus: surplus.split(' ') });

  const failed = (kind: 'throw' | 'fuel' | 'output' | 'syntax', message: string): string =>
    `{"ok":false,"kind":"${kind}","message":${pristine.stringify(message)}}`;
  const spent = (): string => failed('fuel', `It used up its ${fuel} units of fuel.`);

  let run: unknown;
  let broken = '';
  try {
    run = evaluate(meter.tick);
  } catch (error) {
    broken = failed('throw', describeThrown(error));
  }
  if (broken === '' && typeof run !== 'function')
    broken = failed('syntax', 'Its default export is not a function.');

  const call = (given: readonly unknown[]): string => {
    if (meter.isSpent()) return spent();
    if (broken !== '') return broken;
    let value: unknown;
    try {
      value = pristine.apply(run as () => unknown, undefined, given);
    } catch (error) {
      return meter.isSpent() ? spent() : failed('throw', describeThrown(error));
    }
    let outcome: string;
    try {
      outcome = `{"ok":true,"value":${writePlainJson(value, outputCharacters)}}`;
    } catch (error) {
      outcome = failed('output', `What it returned ${describeThrown(error)}.`);
    }
    return meter.isSpent() ? spent() : outcome;
  };

  return (argumentLists) => {
    const lists = pristine.parse(argumentLists) as (readonly unknown[])[];
    let outcomes = '';
    for (let index = 0; index < lists.length; index++)
      outcomes += (index === 0 ? '' : '\n') + call(lists[index] as readonly unknown[]);
    return outcomes;
  };
}
