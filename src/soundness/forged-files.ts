import type { ActionSchemas } from '../environment/index.ts';
import type { Json } from '../protocol/index.ts';
import { judgePatches } from './forged-programs.ts';
import type { Forgery, Known } from './forgery.ts';

/** Files that verifiers may read what they judge by from, whether they are shown or not. */
const guessed = ['package.json', 'test.js', 'tests.json', 'expected.json', 'result.json', 'reward.txt'];
/** Files that are tests, or say what of tests is run. */
const judging = /(?:^|[./_-])(?:tests?|specs?|expected|package|results?|reward|cases)(?:[./_-]|$)/i;
const FILE = /^[\w-][\w./-]*\.\w+$/;

/** An action that replaces a file, or a passage of one. */
interface Writing {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly old?: string;
}

/**
 * Writes files that evidence or tests may be read from, where an action writes files, and ends as the solution does: with
 * the module made one that knows what is shown, or one that spoils its judge; with tests emptied, or made to pass.
 */
export function forgedFiles({ actions, observation, evidence, schemas }: Known): readonly Forgery[] {
  const writing = writingAmong(schemas);
  if (!writing) return [];
  const files = textsByPath(observation);
  const write = (path: string, text: string): Json[] => {
    const old = files.get(path);
    const { name, old: passage } = writing;
    if (passage !== undefined && (old === undefined || old === '' || old === text)) return [];
    return [
      {
        [name]: {
          [writing.path]: path,
          ...(passage !== undefined && { [passage]: old ?? '' }),
          [writing.text]: text,
        },
      },
    ];
  };
  const ending = actions.slice(-1).filter((action) => !Object.hasOwn(Object(action) as object, writing.name));
  const known = [...new Set([...files.keys(), ...pathsIn(observation), ...guessed])];
  const tests = known.filter((path) => judging.test(path));
  const sources = known.filter((path) => !judging.test(path) && /\.[cm]?[jt]sx?$/.test(path));
  const withAll = (paths: readonly string[], textOf: (path: string) => string): Json[] =>
    paths.flatMap((path) => write(path, textOf(path)));
  const won = JSON.stringify(evidence);
  return [
    {
      what: 'emptied tests',
      by: 'file' as const,
      actions: withAll(tests, (path) => (path.endsWith('.json') ? '{}' : '')),
    },
    {
      what: 'tests that list nothing',
      by: 'file' as const,
      actions: withAll(tests, (path) => (path.endsWith('.json') ? '[]' : '')),
    },
    {
      what: 'results written in the place of tests',
      by: 'file' as const,
      actions: withAll(tests, (path) =>
        path === 'package.json' ? '{"scripts":{"test":"true"}}' : path.endsWith('.json') ? won : '1',
      ),
    },
    ...judgePatches.map(({ what, patch }) => ({
      what: `a module with ${what}`,
      by: 'program' as const,
      actions: withAll(sources, (path) => `${patch}\n${files.get(path) ?? ''}`),
    })),
    {
      what: 'a module that knows the tests that are shown, and nothing else',
      by: 'shown examples' as const,
      actions: withAll(sources, () => memorised(observation)),
    },
  ]
    .filter((forgery) => forgery.actions.length > 0)
    .map(({ what, by, actions: writes }) => ({ what, by, actions: [...writes, ...ending] }));
}

/** The action that writes files, by the names of its parameters. */
function writingAmong(schemas: ActionSchemas): Writing | undefined {
  for (const [name, schema] of Object.entries(schemas)) {
    const keys = Object.keys((schema as { shape?: object }).shape ?? {});
    const [path, old, text] = [
      /^(?:path|file|filename)$/i,
      /^(?:old|find)/i,
      /^(?:new|text|content|source|body)/i,
    ].map((pattern) => keys.find((key) => pattern.test(key)));
    if (path !== undefined && text !== undefined)
      return { name, path, text, ...(old !== undefined && { old }) };
  }
  return undefined;
}

/** Members of what is seen that are called like files, and hold their texts. */
function textsByPath(value: Json): Map<string, string> {
  const found = new Map<string, string>();
  const look = (one: Json): void => {
    if (typeof one !== 'object' || one === null) return;
    for (const [name, member] of Object.entries(one) as [string, Json][]) {
      if (FILE.test(name) && typeof member === 'string') found.set(name, member);
      else look(member);
    }
  };
  look(value);
  return found;
}

function pathsIn(value: Json): string[] {
  if (typeof value === 'string') return FILE.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(pathsIn) : [];
}

/** Functions of the names that tests call, which look their outcomes up. */
function memorised(observation: Json): string {
  const calls: { call: string; input: Json; output: Json }[] = [];
  const look = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return;
    const { call, input, output } = value as Record<string, Json>;
    if (typeof call === 'string' && input !== undefined && output !== undefined)
      calls.push({ call, input, output });
    else Object.values(value).forEach(look);
  };
  look(observation);
  const names = [...new Set(calls.map(({ call }) => call))].filter((name) => /^[A-Za-z_$][\w$]*$/.test(name));
  return `const shown = ${JSON.stringify(calls)};
${names.map((name) => `export function ${name}(...input) { return shown.find((one) => one.call === '${name}' && JSON.stringify(one.input) === JSON.stringify(input))?.output ?? null; }`).join('\n')}
`;
}
