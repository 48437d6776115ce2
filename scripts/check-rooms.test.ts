import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { cyclesOf } from './import-cycles.ts';
import { readManifest, readModules } from './module-graph.ts';
import { breachesOf } from './room-rules.ts';
import { unusedCode } from './unused-code.ts';

const trees: string[] = [];
afterEach(() => trees.splice(0).forEach((tree) => rmSync(tree, { recursive: true })));

/** A small house that breaks no rule, with `files` added to it or put in place of its own. */
function house(files: Record<string, string> = {}) {
  const root = mkdtempSync(join(tmpdir(), 'rooms-'));
  trees.push(root);
  const all: Record<string, string> = {
    'package.json': JSON.stringify({
      name: 'lamarck',
      exports: {
        '.': { 'lamarck-source': './src/index.ts' },
        './agent': { 'lamarck-source': './src/agent/index.ts' },
        './package.json': './package.json',
      },
      dependencies: { zod: '4', xstate: '5' },
    }),
    'src/index.ts': `export { a } from './protocol/index.ts'; export type { B } from './task/index.ts';`,
    'src/protocol/index.ts': `export { a, createRandom } from './a.ts';`,
    'src/protocol/a.ts': `import { z } from 'zod'; export const a = z, createRandom = 1;`,
    'src/task/index.ts': `export type { B } from './b.ts';`,
    'src/task/b.ts': `import { a } from '../protocol/index.ts'; export type B = typeof a;`,
    'src/agent/index.ts': `export { createRandom } from '../protocol/index.ts';`,
    'src/presets.ts': `import { families } from '../tasks/index.ts'; export const all = families;`,
    'src/engine/open.ts': `import 'node:fs'; import { all } from '../presets.ts'; export const open = () => all;`,
    'src/engine/index.ts': `export { open } from './open.ts';`,
    'src/cli/main.ts': `import { open } from '../engine/index.ts'; open;`,
    'tasks/index.ts': `import { web } from './web/index.ts'; export const families = [web];`,
    'tasks/web/index.ts': `import { a } from 'lamarck'; export const web = a;`,
    'agents/scout/agent.ts': `import 'xstate'; import { createRandom } from 'lamarck/agent'; export default createRandom;`,
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const modules = readModules(root, ['src', 'tasks', 'agents']);
  return { modules, manifest: readManifest(root) };
}

const breaches = (files?: Record<string, string>) => {
  const { modules, manifest } = house(files);
  return breachesOf(modules, manifest);
};
const unused = (files?: Record<string, string>) => {
  const { modules, manifest } = house(files);
  return unusedCode(modules, manifest);
};

describe('the rules of the rooms', () => {
  it('find nothing in a house that keeps them', () => {
    const { modules, manifest } = house();
    expect([breachesOf(modules, manifest), cyclesOf(modules), unusedCode(modules, manifest)]).toEqual([
      [],
      [],
      [],
    ]);
  });

  it.each<[rule: string, path: string, text: string, breach: string]>([
    [
      'what runs in browsers takes something of Node',
      'src/protocol/a.ts',
      `import 'node:fs'; export const a = 1, createRandom = 1;`,
      'protocol runs in browsers too, where there is no node:fs.',
    ],
    [
      'two rooms give out one name',
      'src/engine/index.ts',
      `export { open, createRandom } from './open.ts';`,
      'createRandom is given out by src/protocol/a.ts already: a name has one meaning.',
    ],
    [
      'a room imports upward',
      'src/protocol/a.ts',
      `import { B } from '../task/index.ts';`,
      'protocol may not import task.',
    ],
    [
      'a type is imported upward',
      'src/protocol/a.ts',
      `type T = import('../task/index.ts').B;`,
      'protocol may not import task.',
    ],
    [
      'a dynamic import goes upward',
      'src/protocol/a.ts',
      `await import('../task/index.ts');`,
      'protocol may not import task.',
    ],
    [
      'a re-export goes upward',
      'src/protocol/index.ts',
      `export * as t from '../task/index.ts';`,
      'protocol may not import task.',
    ],
    [
      'a room is entered past its door',
      'src/task/b.ts',
      `import { a } from '../protocol/a.ts';`,
      'src/protocol/a.ts is inside protocol: import it through src/protocol/index.ts.',
    ],
    [
      'a door does something',
      'src/task/index.ts',
      `export const x = 1;`,
      "a room's index.ts holds named re-exports and nothing else.",
    ],
    [
      'src imports itself by name',
      'src/task/b.ts',
      `import { a } from 'lamarck';`,
      'src imports itself by path, not as lamarck.',
    ],
    [
      'an unknown room is imported',
      'src/task/b.ts',
      `import '../attic/index.ts';`,
      'task may not import attic.',
    ],
    [
      'src imports a folder outside',
      'src/cli/main.ts',
      `import { web } from '../../tasks/web/index.ts';`,
      'only src/presets.ts may import tasks/web/index.ts.',
    ],
    [
      'the face shows the presets',
      'src/index.ts',
      `export { all } from './presets.ts';`,
      'index.ts may not import presets.ts.',
    ],
    [
      'a guest building block takes a value that it may not',
      'src/agent/index.ts',
      `export { a } from '../protocol/index.ts';`,
      'agent may take only createRandom, FIELD_ROLES, gainSpan, rewardSpan and types from protocol, not a.',
    ],
    [
      'the agent room imports a task',
      'src/agent/x.ts',
      `import { B } from '../task/index.ts';`,
      'agent may not import task.',
    ],
    [
      'a task imports src by path',
      'tasks/web/index.ts',
      `import { a } from '../../src/index.ts';`,
      'may import only its own folder tasks/web/ by path, not src/index.ts.',
    ],
    [
      'a task imports its neighbour',
      'tasks/web/index.ts',
      `import '../index.ts';`,
      'may import only its own folder tasks/web/ by path, not tasks/index.ts.',
    ],
    [
      'a genome imports the engine',
      'agents/scout/agent.ts',
      `import { a } from 'lamarck';`,
      'agents may not import lamarck.',
    ],
    [
      'a genome imports Node',
      'agents/scout/agent.ts',
      `import 'node:fs';`,
      'may import only xstate and lamarck/agent, not node:fs.',
    ],
    [
      'a genome imports a package',
      'agents/scout/agent.ts',
      `import 'zod';`,
      'may import only xstate and lamarck/agent, not zod.',
    ],
    [
      'shipped code imports a package that is not installed with it',
      'src/protocol/a.ts',
      `import 'vitest';`,
      "imports vitest, which is not among the package's dependencies.",
    ],
  ])('say so where %s', (_, path, text, breach) => {
    const attic = { 'src/attic/index.ts': `export {} from './x.ts';` };
    expect(breaches({ ...attic, [path]: text })).toContain(`${path}:1 ${breach}`);
  });

  it('leave a type from protocol to the agent room', () => {
    expect(breaches({ 'src/agent/index.ts': `export type { a } from '../protocol/index.ts';` })).toEqual([]);
  });

  it('leave it to a file which others it starts', () => {
    expect(breaches({ 'src/protocol/a.ts': `new URL('../task/b.ts', import.meta.url);` })).toEqual([]);
  });

  it('leave tests alone', () => {
    expect(
      breaches({ 'src/protocol/a.test.ts': `import 'vitest'; import '../../tasks/web/index.ts';` }),
    ).toEqual([]);
  });

  it('name the line', () => {
    expect(breaches({ 'src/protocol/a.ts': `\n\nimport { B } from '../task/index.ts';` })[0]).toMatch(
      /^src\/protocol\/a\.ts:3 /,
    );
  });
});

describe('circles of imports', () => {
  it('are found between files of a room, by their shortest way round', () => {
    const { modules } = house({
      'src/task/b.ts': `import type { C } from './c.ts'; export type B = C;`,
      'src/task/c.ts': `import type { D } from './d.ts'; import { B } from './b.ts'; export type C = D | B;`,
      'src/task/d.ts': `import type { B } from './b.ts'; export type D = B;`,
    });
    expect(cyclesOf(modules)).toEqual([['src/task/b.ts', 'src/task/c.ts', 'src/task/b.ts']]);
  });

  it('are found through the names of the package', () => {
    const { modules } = house({ 'src/index.ts': `export { families } from '../tasks/index.ts';` });
    expect(cyclesOf(modules)).toEqual([
      ['src/index.ts', 'tasks/index.ts', 'tasks/web/index.ts', 'src/index.ts'],
    ]);
  });
});

describe('unused code', () => {
  it.each<[what: string, path: string, text: string, finding: string]>([
    [
      'an export',
      'src/task/b.ts',
      `export type B = 1;\nexport const lonely = 1;`,
      'src/task/b.ts:2 exports lonely, which nothing imports.',
    ],
    [
      'a name of a pattern',
      'src/task/b.ts',
      `export type B = 1; export const { lonely, x: [deep] } = q;`,
      'src/task/b.ts:1 exports deep, which nothing imports.',
    ],
    [
      'a default',
      'src/task/b.ts',
      `export type B = 1;\nexport default 1;`,
      'src/task/b.ts:2 exports default, which nothing imports.',
    ],
    [
      'a re-export',
      'src/protocol/index.ts',
      `export { a, createRandom, lonely } from './a.ts';`,
      'src/protocol/index.ts:1 exports lonely, which nothing imports.',
    ],
    ['a file', 'src/task/lost.ts', `export const lost = 1;`, 'src/task/lost.ts:1 nothing imports this file.'],
  ])('is reported: %s', (_, path, text, finding) => {
    expect(unused({ [path]: text })).toContain(finding);
  });

  it('is not a type that the file itself needs to say what its functions take', () => {
    const needed = `export type B = 1; export interface Needed {} export const a = (needed: Needed) => needed;`;
    const files = { 'src/task/b.ts': needed, 'src/task/index.ts': `export { a, type B } from './b.ts';` };
    expect(unused({ ...files, 'src/cli/run.test.ts': `import { a } from '../task/index.ts';` })).toEqual([]);
    expect(unused({ 'src/task/b.ts': `export type B = 1; export interface Lonely {}` })).toHaveLength(1);
  });

  it.each([
    ['a namespace', `import * as b from './b.ts'; b;`],
    ['an import()', `await import('./b.ts');`],
    ['a worker that is started', `new URL(built ? './b.js' : './b.ts', import.meta.url);`],
    ['a test', `import { lonely } from './b.ts'; lonely;`],
  ])('is not what is reached by %s', (_, text) => {
    const files = {
      'src/task/b.ts': `export type B = 1; export const lonely = 1;`,
      'src/task/b.test.ts': text,
    };
    expect(unused(files)).toEqual([]);
  });
});
