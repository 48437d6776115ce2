import type { Operator } from 'lamarck/agent';

/** Helper functions that programs are made of, each made of operators and of those before it. */
export const library: readonly Operator[] = [];
