/**
 * How many programs the agent may evaluate for one task, in all its generations: its means of thinking. No improver
 * writes this file, so a child that solves more has learned to think better, not longer.
 */
export const THINKING_CANDIDATES = 20_000;
