import { defineTask, type TaskFamily } from 'lamarck';
import type { Page } from 'playwright';
import { z } from 'zod';
import { defineWebEnvironment } from './define-web-environment.ts';

/** A single task at an application that is there already, judged by whoever watches the page. */
export function pageFamily(task: {
  readonly instruction: string;
  /** Address where it begins. */
  readonly start: string;
  readonly solved: (page: Page) => Promise<boolean> | boolean;
  readonly reset?: () => Promise<void> | void;
  readonly maxSteps?: number;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly forbid?: { readonly roles?: readonly string[]; readonly names?: readonly RegExp[] };
}): TaskFamily {
  const { instruction, start, solved, reset, maxSteps = 20, secrets, forbid } = task;
  return defineTask({
    name: 'page/task',
    difficulties: 1,
    maxSteps,
    timeLimit: 60_000 + 10_000 * maxSteps,
    environment: defineWebEnvironment({
      name: 'page',
      baseURL: new URL(start).origin,
      params: z.object({}),
      evidence: z.object({ solved: z.boolean() }),
      start: () => start,
      ...(reset && { reset: async () => reset() }),
      ...(secrets && { secrets }),
      ...(forbid && { forbid }),
      readEvidence: async ({ page }) => ({ solved: await solved(page) }),
    }),
    generate: () => ({ instruction, params: {} }),
    verify: ({ evidence }) => evidence.solved,
  });
}
