import { LamarckError, unknownMembers } from 'lamarck';
import { z } from 'zod';

/** HTTP's (RFC 9110), PATCH, QUERY, and those of WebDAV. */
const METHODS =
  'GET HEAD POST PUT DELETE PATCH OPTIONS CONNECT TRACE QUERY PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK';
/**
 * Roles that observations give to elements which take input; `generic` is an element that can be clicked and has no
 * role of its own.
 */
const ROLES =
  'button link checkbox radio switch tab menuitem menuitemcheckbox menuitemradio option treeitem textbox searchbox combobox listbox slider spinbutton status alert dialog alertdialog progressbar meter img gridcell generic';

const anything = z.unknown().optional();
const func = z.custom<unknown>((value) => typeof value === 'function', 'is not a function');
const strict = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, { error: unknownMembers(Object.keys(shape)) });
const oneOf = (words: string, what: string, wordOf = (given: string) => given) =>
  z.string().refine((given) => words.split(' ').includes(wordOf(given)), {
    error: ({ input }) => `there is no ${what} "${String(input)}": use one of ${words.replaceAll(' ', ', ')}`,
  });
const milliseconds = z.number().nonnegative().optional();
const address = z.string().refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''), {
  error: 'is no origin, such as http://localhost:4000',
});

/** What is of any environment is looked at by its own definition. */
const DefinitionSchema = strict({
  ...{ name: anything, description: anything, params: anything, evidence: anything },
  repeatability: anything,
  playwrightConfig: z.union([z.string(), z.instanceof(URL)]).optional(),
  project: z.string().optional(),
  baseURL: z.union([z.string(), func]).optional(),
  webServer: z.union([z.record(z.string(), z.unknown()), func]).optional(),
  storageState: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
  context: z.record(z.string(), z.unknown()).optional(),
  isolation: z.enum(['shared', 'worker']).optional(),
  clock: z.enum(['real', 'virtual']).optional(),
  settle: strict({ quietMilliseconds: milliseconds, mostMilliseconds: milliseconds }).optional(),
  origins: z.array(address).optional(),
  forbid: strict({
    methods: z.array(oneOf(METHODS, 'HTTP method', (given) => given.toUpperCase())).optional(),
    roles: z.array(oneOf(ROLES, 'role')).optional(),
    names: z
      .array(z.instanceof(RegExp, { error: 'is no regular expression: write it as /delete account/i' }))
      .optional(),
  }).optional(),
  secrets: z.record(z.string(), z.string().optional()).optional(),
  start: func.optional(),
  reset: func.optional(),
  readEvidence: func,
});

/**
 * Refuses what would be passed over: a member that nobody knows, above all one that is to forbid or to hide something.
 *
 * @throws LamarckError `LAMARCK_ENVIRONMENT_INVALID` with each member that does not fit.
 */
export function assertDefinition(definition: { readonly name: string }): void {
  const checked = DefinitionSchema.safeParse(definition);
  if (checked.success) return;
  throw new LamarckError({
    code: 'LAMARCK_ENVIRONMENT_INVALID',
    boundary: 'user',
    message: `The environment ${JSON.stringify(String(definition.name))} is not valid:\n${z.prettifyError(checked.error)}`,
    remedy: 'Correct the members that are named in the message.',
  });
}
