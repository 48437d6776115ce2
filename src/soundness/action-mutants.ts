import { applyEdit, editsOf, isModuleText } from '../agent/index.ts';
import type { Json } from '../protocol/index.ts';

/** A solution with one action changed. */
export interface ActionMutant {
  /** For people: `without click`, `fill with "Adax"`. */
  readonly what: string;
  readonly actions: readonly Json[];
}

/** Longer texts are not changed blindly. */
const LONGEST = 200;
/** Single edits of a program, thinned out evenly. */
const MOST_EDITS = 8;
const SOURCE_FILE = /^\S+\.[cm]?[jt]sx?$/;
/** No source goes on like this, neither after a statement, nor in an expression, nor in a comment. */
const UNPARSABLE = '\n*/)\n';

/**
 * The solution with each action left out, with each short text that it types or chooses made another, with each text of a source
 * file broken, and with programs that it writes edited in one place.
 */
export function actionMutants(actions: readonly Json[]): ActionMutant[] {
  return actions.flatMap((action, at) => [
    { what: `without ${nameOf(action)} (step ${at})`, actions: actions.toSpliced(at, 1) },
    ...textsIn(action).map(({ member, text }) => {
      const { says, other } = changedText(action, member, text);
      return {
        what: `${nameOf(action)} with ${says} (step ${at})`,
        actions: actions.with(at, withText(action, member, other)),
      };
    }),
    ...programsIn(action).flatMap(({ member, text }) =>
      editedPrograms(text).map(({ says, program }) => ({
        what: `${nameOf(action)} with ${says} (step ${at})`,
        actions: actions.with(at, withText(action, member, program)),
      })),
    ),
  ]);
}

/** A letter more in a source may stand where it is never reached. */
function changedText(action: Json, member: string, text: string): { says: string; other: string } {
  if (isSource(action, member)) return { says: `"${member}" broken`, other: text + UNPARSABLE };
  // A field for numbers takes no letters.
  const other = /^\d+$/.test(text) ? `${text}1` : `${text}x`;
  return { says: `"${other}"`, other };
}

/** What stands beside the name of a source file is text of that file. */
function isSource(action: Json, member: string): boolean {
  return Object.entries(parametersOf(action)).some(
    ([name, value]) => name !== member && typeof value === 'string' && SOURCE_FILE.test(value),
  );
}

function programsIn(action: Json): { member: string; text: string }[] {
  return Object.entries(parametersOf(action)).flatMap(([member, text]) =>
    typeof text === 'string' && /^export /m.test(text) && isModuleText(text) ? [{ member, text }] : [],
  );
}

function editedPrograms(text: string): { says: string; program: string }[] {
  const edits = [
    ...editsOf({ 'program.ts': text }, { kinds: ['operator', 'number', 'condition', 'call', 'statement'] }),
  ];
  const every = Math.max(1, Math.ceil(edits.length / MOST_EDITS));
  return edits
    .filter((_, at) => at % every === 0)
    .map((edit) => ({ says: edit.description, program: applyEdit(text, edit) }));
}

function nameOf(action: Json): string {
  return Object.keys(action ?? {})[0] ?? '';
}

function parametersOf(action: Json): Readonly<Record<string, Json>> {
  const [parameters] = Object.values(action ?? {}) as Json[];
  return typeof parameters === 'object' && parameters !== null && !Array.isArray(parameters)
    ? (parameters as Readonly<Record<string, Json>>)
    : {};
}

/** Texts that say what is done, not what it is done to: references of elements are none. */
function textsIn(action: Json): { member: string; text: string }[] {
  return Object.entries(parametersOf(action)).flatMap(([member, text]) =>
    typeof text === 'string' && text.length <= LONGEST && !/^[a-z]\d+$|^export /m.test(text)
      ? [{ member, text }]
      : [],
  );
}

function withText(action: Json, member: string, text: string): Json {
  return { [nameOf(action)]: { ...parametersOf(action), [member]: text } };
}

/** The same texts, and the numbers that it gives beside them. */
export function valuesOf(actions: readonly Json[]): string[] {
  const numbers = actions.flatMap((action) =>
    Object.values(parametersOf(action)).filter((value) => typeof value === 'number'),
  );
  return [...textsOf(actions), ...numbers.map(String)];
}

/** Texts that an action types, chooses or answers. */
export function textsOf(actions: readonly Json[]): string[] {
  return actions.flatMap((action) => textsIn(action).map(({ text }) => text));
}
