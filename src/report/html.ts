import type { html } from 'hono/html';

/** HTML from a template: whatever was put into it is escaped. A promise only where one was put into it. */
export type Html = ReturnType<typeof html>;
