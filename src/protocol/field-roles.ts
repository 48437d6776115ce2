/** Roles of elements of a page that a text can be filled into. Apart from the schema of a page, so that guests can have it without zod. */
export const FIELD_ROLES: ReadonlySet<string> = new Set(['textbox', 'searchbox', 'spinbutton', 'slider']);
