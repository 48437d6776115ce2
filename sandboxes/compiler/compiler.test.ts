import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TYPE_BOMB } from '../../tests/fixtures/kinds/type-bomb.ts';
import { descendants, survivors, until } from '../../tests/support/processes.ts';
import { createCompiler } from './index.ts';

const { check } = createCompiler();
/** Shorter than those of users: what has no end meets any limit. */
const LIMITS = { cpuSeconds: 2, megabytes: 512 };

describe('the compiler', () => {
  it('says what is wrong, where, across files, and nothing of what is right', async () => {
    const shapes = 'export interface Point {\n  x: number;\n}\n';
    const area = "import type { Point } from './shapes.ts';\nexport const of = (p: Point): number => p.x;\n";
    expect(await check({ 'shapes.ts': shapes, 'lib/area.ts': area.replace('./', '../') })).toEqual([]);
    const found = await check({ 'shapes.ts': shapes, 'area.ts': area.replace('number', 'string') });
    expect(found).toEqual([
      {
        path: 'area.ts',
        line: 2,
        code: 'TS2322',
        message: "Type 'number' is not assignable to type 'string'.",
      },
    ]);
    expect(await check({ 'a.ts': 'export const a = (b) => b;' })).toMatchObject([{ code: 'TS7006' }]);
    expect(await check({ 'a.ts': 'export const a = (' })).toMatchObject([{ path: 'a.ts' }]);
  });

  it('compiles the same files once', async () => {
    const { check, statistics } = createCompiler();
    const files = { 'a.ts': 'export const a: number = 1;' };
    const [one, other] = await Promise.all([check(files), check({ ...files })]);
    expect(one).toBe(other);
    expect(statistics).toMatchObject({ compiled: 1, remembered: 1 });
    expect(statistics.milliseconds).toBeGreaterThan(0);
  });

  it('reads nothing besides the files, and leaves nothing behind', async () => {
    const secret = join(tmpdir(), 'lamarck-secret.ts');
    await writeFile(secret, "export const secret = 'treasure' as const;");
    for (const text of [
      `import { secret } from '${secret}'; export const n: number = secret;`,
      "import { secret } from '../lamarck-secret.ts'; export const n: number = secret;",
      `/// <reference path="${secret}" />\nexport const n: number = 1;`,
      `export const n: number = (await import('${secret}')).secret;`,
      "import { readFileSync } from 'node:fs'; export const n: number = readFileSync;",
      "import type { Page } from 'playwright'; export const n: number = {} as Page;",
      `import { secret } from/**/"${secret}"; export const n: number = secret;`,
      `export const n: number = (await import(/**/"${secret}")).secret;`,
      `export const n: number = (await import(\`${secret}\`)).secret;`,
      String.raw`import { secret } from "./\x2e\x2e/lamarck-secret.ts"; export const n: number = secret;`,
      `import other = require("${secret}"); export const n: number = other.secret;`,
      `export const n: import("${secret}").secret = 1;`,
      `export const n: typeof import("${secret}").secret = 1;`,
      `declare module "${secret}" { export const n: number; }\nexport {};`,
      '/// <reference types="node" />\nexport const n: number = process.pid;',
      '/// <reference lib="dom" />\nexport const n: number = innerWidth;',
      "import './missing.ts'; export const n: number = 1;",
    ]) {
      const found = await check({ 'a.ts': text });
      expect([text, found.length]).toEqual([text, 1]);
      expect(found[0]?.message).toContain('only these files');
      expect(JSON.stringify(found)).not.toContain('treasure');
    }
    for (const path of [
      '../lamarck-made.ts',
      'a/../../lamarck-made.ts',
      '/tmp/lamarck-made.ts',
      'a\\b.ts',
      '',
    ])
      expect(await check({ [path]: 'export {};' })).toMatchObject([{ path, code: 'LAMARCK' }]);
    await rm(secret);
    expect(await foldersLeft()).toEqual([]);
  });

  it('is ended where types have no end, which is the fault of the files, once and for all', async () => {
    const { check, statistics } = createCompiler(LIMITS);
    const files = { 'a.ts': TYPE_BOMB };
    const checking = check(files);
    checking.catch(() => undefined);
    const isCompiler = ({ words }: { words: string }): boolean => /tsc .*types-/.test(words);
    await until(() => descendants(process.pid).some(isCompiler));
    const compilers = descendants(process.pid).filter(isCompiler);
    for (let time = 0; time < 2; time++)
      await expect(time === 0 ? checking : check(files)).rejects.toMatchObject({
        code: 'LAMARCK_TYPES_EXCESSIVE',
        boundary: 'agent',
        message: expect.stringContaining('more than 2 s of processor time or 512 MiB of memory'),
      });
    expect(statistics).toMatchObject({ compiled: 1, remembered: 1 });
    expect(survivors(compilers)).toEqual([]);
    expect(await foldersLeft()).toEqual([]);
  }, 120_000);

  it('is nobody’s fault where something else kills it: it is asked again', async () => {
    const { check } = createCompiler(LIMITS);
    const files = { 'a.ts': `${TYPE_BOMB}\nexport const killed = true;` };
    const checking = check(files);
    checking.catch(() => undefined);
    const compilers = () => descendants(process.pid).filter(({ words }) => /tsc .*types-/.test(words));
    await until(() => compilers().length === 1);
    for (const { pid } of compilers()) process.kill(pid, 'SIGKILL');
    await expect(checking).rejects.toMatchObject({ code: 'LAMARCK_COMPILER_FAILED', boundary: 'sandbox' });
    await expect(check(files)).rejects.toMatchObject({ code: 'LAMARCK_TYPES_EXCESSIVE' });
  }, 120_000);

  it('stops waiting, and not compiling, for one of those who asked', async () => {
    const { check } = createCompiler();
    const files = { 'a.ts': 'export const a: string = 1;' };
    const [gone, staying] = [check(files, { signal: AbortSignal.abort(new Error('gone')) }), check(files)];
    await expect(gone).rejects.toThrow('gone');
    expect(await staying).toMatchObject([{ code: 'TS2322' }]);
  });

  it('follows the files into each other, by whatever way of naming them', async () => {
    const files = {
      'lib/value.ts': 'export const value = "a";',
      'data.json': '{ "n": 1 }',
      'read me.md': 'import it from "elsewhere"',
    };
    const ways = [
      "import { value } from './lib/value.ts';",
      "import { value } from/**/'./lib/value.js';",
      "const { value } = await import('./lib/../lib/value.ts');",
      String.raw`import { value } from "./\x6cib/value.ts";`,
      "let value!: typeof import('./lib/value.ts').value;",
      "import data from './data.json' with { type: 'json' }; const value = String(data.n);",
      "// from 'elsewhere'\nconst value = `import('elsewhere')`;",
    ];
    const using = (type: string) =>
      ways.map((way, at): [string, string] => [
        `${type}${at}.ts`,
        `${way} export const used: ${type} = value;`,
      ]);
    const found = await check({ ...files, ...Object.fromEntries([...using('string'), ...using('number')]) });
    expect(found.map(({ path, code }) => [path, code])).toEqual(
      ways.map((_, at) => [`number${at}.ts`, 'TS2322']),
    );
  });

  it('counts it as wrong where a comment would silence it', async () => {
    const wrong = 'export const n: number = "a";';
    const silencers = [
      '// @ts-nocheck',
      '// @TS-NoCheck: it is fine',
      '// @ts-ignore',
      '//@ts-expect-error because',
      '/*\n * @ts-ignore */',
    ];
    const silenced = silencers.map((silencer, at): [string, string] => [`${at}.ts`, `${silencer}\n${wrong}`]);
    const found = await check(Object.fromEntries(silenced));
    expect(found).toMatchObject(
      silencers.map((_, at) => ({
        path: `${at}.ts`,
        code: 'LAMARCK1',
        message: expect.stringContaining('silences the compiler'),
      })),
    );
    const beside = await check({ 'a.ts': `${wrong}\n// @ts-ignore\n${wrong.replace(' n:', ' m:')}` });
    expect(beside.map(({ line, code }) => [line, code])).toEqual([
      [2, 'LAMARCK1'],
      [1, 'TS2322'],
    ]);
  });
});

/** What this process has made for its compilations and not removed. */
async function foldersLeft(): Promise<string[]> {
  for (const name of await readdir(tmpdir())) {
    const folder = join(tmpdir(), name);
    const family = await readFile(join(folder, 'family'), 'utf8').catch(() => '');
    if (name.startsWith('lamarck-process-') && family === process.env['LAMARCK_FAMILY'])
      return (await readdir(folder)).filter((each) => each.startsWith('types-'));
  }
  throw new Error('This process has no folder for temporary files.');
}
