import { z } from 'zod';
import { defineEnvironment } from '../environment/index.ts';
import type { LamarckError } from '../protocol/index.ts';
import { defineTask, type TaskFamily } from './define-task.ts';

/**
 * Stands in the place of a family that cannot be made, so that the others of its configuration can be used. Whoever asks
 * for a task of it is told why.
 *
 * @param name of the family, or a pattern of those that it stands for
 * @param broken names the file and, where there is one, the field
 *
 * @example
 * if (!existsSync(file)) return [brokenFamily('mail/reply', new LamarckError({ code: 'LAMARCK_MAIL_MISSING', … }))];
 */
export function brokenFamily(name: string, broken: LamarckError): TaskFamily {
  const fail = (): never => {
    throw broken;
  };
  const environment = defineEnvironment({
    name: 'none',
    params: z.unknown(),
    observation: z.unknown(),
    actions: { none: z.object({}) },
    evidence: z.unknown(),
    open: fail,
  });
  return { ...defineTask({ name, environment, generate: fail, verify: fail }), broken };
}
