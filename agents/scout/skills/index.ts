import type { Skill } from 'lamarck/agent';

/** What was learned as code, in the order of recall. */
export const skills: readonly Skill[] = [];
