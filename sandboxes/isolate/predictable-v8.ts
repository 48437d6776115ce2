import { setFlagsFromString } from 'node:v8';
import type ivm from 'isolated-vm';

/**
 * How V8 is started in a process of isolates, so that how far a guest's memory and stack reach depends on that guest alone:
 * nothing happens on other threads or by the clock, the heap grows on a fixed schedule, and code that was compiled stays
 * compiled. TurboFan is left out: guests begin with cold code, and are done before its work has paid for itself.
 */
export const PREDICTABLE_V8: readonly string[] = [
  '--predictable',
  '--predictable-gc-schedule',
  '--no-flush-bytecode',
  '--no-turbofan',
  '--no-maglev',
];

type Apply = Parameters<ivm.Reference['applySync']>;

/**
 * Calls a function of a guest. Maglev is on only meanwhile: it would make the frames of the host's own functions, on top
 * of which the guest's stack begins, shorter or longer as the process gets older. Those frames are the same for every
 * call only if it begins in a callback of `setImmediate`, as requests are served.
 */
export function callGuest(
  callee: ivm.Reference,
  given: NonNullable<Apply[1]>,
  options: NonNullable<Apply[2]>,
): unknown {
  setFlagsFromString('--maglev');
  try {
    return callee.applySync(undefined, given, options) as unknown;
  } finally {
    setFlagsFromString('--no-maglev');
  }
}

/** Evaluates a guest's script; the same holds. */
export function evaluateGuest(script: ivm.Script, context: ivm.Context, timeout: number): ivm.Reference {
  setFlagsFromString('--maglev');
  try {
    return script.runSync(context, { reference: true, timeout });
  } finally {
    setFlagsFromString('--no-maglev');
  }
}

/** Work of the host that no guest's stack begins on top of: it may be optimized. */
export function optimizing<Result>(work: () => Result): Result {
  setFlagsFromString('--maglev');
  try {
    return work();
  } finally {
    setFlagsFromString('--no-maglev');
  }
}
