import { z } from 'zod';

/** One visible element of a page. */
const PageElementSchema = z.object({
  /** For actions, e.g. `e7`; holds until the next observation only. */
  ref: z.string(),
  role: z.string(),
  name: z.string(),
  /** Own visible text where it differs from the name. */
  text: z.string().optional(),
  value: z.string().optional(),
  /**
   * Any of `checked`, `selected`, `disabled`, `expanded`, `focused`, `required`, `readonly`, `forbidden`; and of what else it
   * takes: `hoverable`, `draggable`, `droppable`, `uploadable`.
   */
  state: z.array(z.string()).readonly().optional(),
  /** Values that a select offers. */
  options: z.array(z.string()).readonly().optional(),
  /** x, y, width, height in CSS px, rounded to 4 px. */
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]).readonly(),
  /** Reference, or role and name, of what covers its click point. */
  coveredBy: z.string().optional(),
  /** The frame within the page that it is in: `f1` for the first, `f1.f1` for the first within that. */
  frame: z.string().optional(),
  /** Coarse name of a saturated background, else of a saturated text colour. */
  color: z.enum(['red', 'orange', 'yellow', 'green', 'blue', 'purple', 'pink', 'brown']).optional(),
});

/** A question of the page's script, which holds the page until it is answered. */
const PageDialogSchema = z.object({
  kind: z.enum(['alert', 'confirm', 'prompt', 'beforeunload']),
  message: z.string(),
});

/** A tab that the page opened, or the first. */
const PageTabSchema = z.object({
  /** `t1` for the first, `t2` for the next that was opened; none comes again. */
  tab: z.string(),
  title: z.string(),
  /** Path and query only. */
  url: z.string(),
});

/** What can be seen of a page. */
export const PageObservationSchema = z.object({
  /** Path and query only: the origin is always the task's. */
  url: z.string(),
  /** Reference of the focused element. */
  focus: z.string().optional(),
  /** While one is open, nothing else can be seen or done. */
  dialog: PageDialogSchema.optional(),
  /** Names of the files that can be uploaded. */
  files: z.array(z.string()).readonly().optional(),
  /** All tabs as they were opened, and which of them is shown; only while there are several. */
  tabs: z.array(PageTabSchema).readonly().optional(),
  tab: z.string().optional(),
  elements: z.array(PageElementSchema).readonly(),
});

export type PageElement = Readonly<z.output<typeof PageElementSchema>>;
export type PageTab = Readonly<z.output<typeof PageTabSchema>>;
export type PageDialog = Readonly<z.output<typeof PageDialogSchema>>;
export type PageObservation = Readonly<z.output<typeof PageObservationSchema>>;
