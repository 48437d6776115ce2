import type { Import, Manifest, Module } from './module-graph.ts';

/** Rooms of src, and the files directly in it, from the ground up. Each may import those before it. */
const ROOMS = [
  'package-root.ts',
  'protocol',
  'host',
  'statistics',
  'optimization',
  'processes',
  'sandbox',
  'environment',
  'task',
  'config',
  'agent',
  'reward',
  'trajectory',
  'store',
  'episode',
  'world',
  'rollout',
  'genome',
  'run',
  'soundness',
  'evaluation',
  'evolution',
  'interop',
  'report',
  'presets.ts',
  'environment-process.ts',
  'judge-worker.ts',
  'engine',
  'testing',
  'playwright',
  'cli',
];

/** Rooms that may import less than what is below them. */
const ONLY: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  host: ['protocol'],
  statistics: ['protocol'],
  optimization: ['protocol'],
  processes: ['protocol', 'host'],
  sandbox: ['protocol', 'host'],
  config: ['package-root.ts', 'protocol', 'host', 'sandbox', 'environment', 'task'],
  agent: ['protocol', 'statistics', 'optimization'],
  cli: ['protocol', 'engine'],
};

/** Rooms that run in browsers and isolates too. */
const ISOMORPHIC = ['protocol', 'statistics', 'optimization', 'agent'];

/** Values a room may take from another, where not all; types are free. The agent's room is bundled for guests. */
const VALUES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  agent: {
    protocol: ['createRandom', 'FIELD_ROLES', 'gainSpan', 'rewardSpan'],
    statistics: ['chanceOfWins'],
  },
  optimization: { protocol: [] },
};

/** Folders that stand outside src as a user's own project does, and what they import besides their own files. */
const OUTSIDE: Readonly<Record<string, { readonly ours: RegExp; readonly packages?: readonly string[] }>> = {
  sandboxes: { ours: /^lamarck(\/|$)/ },
  environments: { ours: /^lamarck(\/|$)/ },
  tasks: { ours: /^lamarck(\/|$)/ },
  agents: { ours: /^lamarck\/agent$/, packages: ['xstate'] },
  'src/engine/authoring/template': { ours: /^lamarck(\/|$)/ },
};

/** The one file of src that imports the folders outside. */
const PRESETS = 'src/presets.ts';
/** What `lamarck` exports: it may take from every room but these. */
const FACE = {
  path: 'src/index.ts',
  not: ['presets.ts', 'environment-process.ts', 'judge-worker.ts', 'testing', 'playwright', 'cli'],
};
const TEST = /\.(test|test-d|fixture)\.ts$/;

/** Every breach of the rules above, as `path:line sentence`. Tests beside the code are free, as is all else. */
export function breachesOf(modules: readonly Module[], manifest: Manifest): string[] {
  const shipped = modules.filter((module) => !TEST.test(module.path));
  return [
    ...shipped.flatMap((module) => [
      ...doorBreaches(module),
      ...module.imports.flatMap((each) => {
        const breach = breachOf(module.path, each, manifest);
        return breach === undefined ? [] : [`${module.path}:${each.line} ${breach}`];
      }),
    ]),
    ...doubleMeanings(shipped),
  ];
}

function placeOf({ path }: Module): number {
  return ROOMS.indexOf(roomOf(path) ?? '');
}

/** Names that two rooms give out, each for something of its own. */
function doubleMeanings(modules: readonly Module[]): string[] {
  const given = new Map<string, string>();
  return modules
    .filter(({ path }) => path === `src/${roomOf(path)}/index.ts`)
    .toSorted((left, right) => placeOf(left) - placeOf(right))
    .flatMap(({ path, imports }) =>
      imports.flatMap(({ name, target, line }) => {
        if (target === null || roomOf(target) !== roomOf(path)) return [];
        const other = given.get(name) ?? target;
        given.set(name, other);
        return other === target
          ? []
          : [`${path}:${line} ${name} is given out by ${other} already: a name has one meaning.`];
      }),
    );
}

function breachOf(path: string, each: Import, manifest: Manifest): string | undefined {
  const outside = outsideOf(path);
  const room = roomOf(path);
  if (each.isStart || (outside === undefined && room === undefined)) return undefined;
  if (each.target === null && !isOurs(each, manifest)) {
    if (each.specifier.startsWith('node:') && ISOMORPHIC.includes(room ?? ''))
      return `${room} runs in browsers too, where there is no ${each.specifier}.`;
    return packageBreach(each, manifest, outside === undefined ? undefined : OUTSIDE[outside]?.packages);
  }
  if (outside !== undefined) return outsideBreach(path, outside, each);
  return insideBreach(path, room as string, each);
}

function outsideBreach(path: string, outside: string, each: Import): string | undefined {
  if (!each.specifier.startsWith('.')) {
    return OUTSIDE[outside]?.ours.test(each.specifier)
      ? undefined
      : `${outside} may not import ${each.specifier}.`;
  }
  const own = ownFolder(path, outside);
  return each.target === null || each.target.startsWith(own)
    ? undefined
    : `may import only its own folder ${own} by path, not ${each.target}.`;
}

function insideBreach(path: string, room: string, each: Import): string | undefined {
  if (!each.specifier.startsWith('.')) return `src imports itself by path, not as ${each.specifier}.`;
  if (each.target === null) return undefined;
  if (outsideOf(each.target) !== undefined) {
    return path === PRESETS ? undefined : `only ${PRESETS} may import ${each.target}.`;
  }
  const other = roomOf(each.target);
  if (other === undefined) return `may not import ${each.target}, which is not in a room.`;
  if (other === room) return undefined;
  if (!mayImport(room, other)) return `${room} may not import ${other}.`;
  if (!other.endsWith('.ts') && each.target !== `src/${other}/index.ts`) {
    return `${each.target} is inside ${other}: import it through src/${other}/index.ts.`;
  }
  const values = VALUES[room]?.[other];
  if (values !== undefined && !each.isType && !values.includes(each.name)) {
    return `${room} may take only ${values.join(', ')} and types from ${other}, not ${each.name}.`;
  }
  return undefined;
}

function mayImport(room: string, other: string): boolean {
  if (`src/${room}` === FACE.path) return !FACE.not.includes(other);
  return ONLY[room]?.includes(other) ?? (ROOMS.includes(other) && ROOMS.indexOf(other) < ROOMS.indexOf(room));
}

/** Shipped code may import Node, and packages that are installed with it. */
function packageBreach(each: Import, manifest: Manifest, allowed?: readonly string[]): string | undefined {
  if (each.specifier.startsWith('.') || (each.specifier.startsWith('node:') && !allowed)) return undefined;
  const name = each.specifier.split('/', each.specifier.startsWith('@') ? 2 : 1).join('/');
  if ((allowed ?? Object.keys(manifest.dependencies)).includes(name)) return undefined;
  return allowed
    ? `may import only ${allowed.join(', ')} and lamarck/agent, not ${each.specifier}.`
    : `imports ${name}, which is not among the package's dependencies.`;
}

/** A room's index.ts names what it gives out, and does nothing. */
function doorBreaches(module: Module): string[] {
  const isDoor =
    module.path.startsWith('src/') &&
    module.path.endsWith('/index.ts') &&
    outsideOf(module.path) === undefined;
  return isDoor && !module.isDoor
    ? [`${module.path}:1 a room's index.ts holds named re-exports and nothing else.`]
    : [];
}

const isOurs = (each: Import, manifest: Manifest): boolean =>
  each.specifier === manifest.name || each.specifier.startsWith(`${manifest.name}/`);

/** The folder outside src that a path is in. */
function outsideOf(path: string): string | undefined {
  return Object.keys(OUTSIDE).find((folder) => path.startsWith(`${folder}/`));
}

/** `environments/browser/` for the files of that environment; `environments/` for the index beside it. */
function ownFolder(path: string, outside: string): string {
  const [first, second] = path.slice(outside.length + 1).split('/');
  return outside.startsWith('src/') || second === undefined ? `${outside}/` : `${outside}/${first}/`;
}

/** The room of src that a path is in; a file directly in src is a room of its own. */
function roomOf(path: string): string | undefined {
  return outsideOf(path) === undefined && path.startsWith('src/') ? path.split('/')[1] : undefined;
}
