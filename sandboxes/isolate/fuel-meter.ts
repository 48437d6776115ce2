import { pristine } from './pristine.ts';

/** Counts loop iterations and function calls of metered code. The count lives in a closure that guest code cannot reach. */
export interface FuelMeter {
  /** Called at the head of each loop body and function. Throws for ever once the fuel is spent, so that catching it leads nowhere. */
  tick(): void;
  isSpent(): boolean;
}

export function createFuelMeter(fuel: number): FuelMeter {
  let left = fuel;
  // Made when it is due: an error takes its stack down, and most code never sees the end of its fuel.
  let spent: Error | undefined;
  return {
    tick: () => {
      if (--left >= 0) return;
      spent ??= pristine.freeze(new pristine.Error('The fuel is spent.'));
      throw spent;
    },
    isSpent: () => left < 0,
  };
}
