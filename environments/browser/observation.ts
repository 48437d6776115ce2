import { z } from 'zod';

const element = z.object({
  ref: z.string(),
  role: z.string(),
  name: z.string(),
  text: z.string().optional(),
  value: z.string().optional(),
  state: z.array(z.string()).readonly().optional(),
  options: z.array(z.string()).readonly().optional(),
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]).readonly(),
  coveredBy: z.string().optional(),
  frame: z.string().optional(),
  color: z.enum(['red', 'orange', 'yellow', 'green', 'blue', 'purple', 'pink', 'brown']).optional(),
});

export const BrowserObservationSchema = z.object({
  instruction: z.string(),
  url: z.string(),
  focus: z.string().optional(),
  dialog: z
    .object({ kind: z.enum(['alert', 'confirm', 'prompt', 'beforeunload']), message: z.string() })
    .optional(),
  /** Names of the task's files. */
  files: z.array(z.string()).readonly().optional(),
  /** All tabs as they were opened, and which of them is shown; only while there are several. */
  tabs: z
    .array(z.object({ tab: z.string(), title: z.string(), url: z.string() }))
    .readonly()
    .optional(),
  tab: z.string().optional(),
  elements: z.array(element).readonly(),
});

/** What an agent sees of a page. */
export type BrowserObservation = z.output<typeof BrowserObservationSchema>;
