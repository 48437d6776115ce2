import { PageObservationSchema } from 'lamarck';
import { z } from 'zod';

export const BrowserObservationSchema = z.object({
  instruction: z.string(),
  ...PageObservationSchema.shape,
});

/** What an agent sees of a page. */
export type BrowserObservation = z.output<typeof BrowserObservationSchema>;
