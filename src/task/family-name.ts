import { z } from 'zod';

/** Names of families stand in tables, in files and as keys: texts of one line, in parts that are no way through folders. */
export const FamilyNameSchema = z
  .string()
  .min(1)
  .refine((name) => !/\p{C}/u.test(name), 'has characters that cannot be seen')
  .refine(
    (name) => name.split('/').every((part) => part !== '' && part !== '.' && part !== '..'),
    'is made of parts like suite/family',
  )
  .refine((name) => !(name in Object.prototype), 'is a name that every object answers to');
