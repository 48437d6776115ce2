import { readdir, writeFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCompiler } from './index.ts';

describe('the compiler', () => {
  it('says what is wrong, where, across files, and nothing of what is right', async () => {
    const { check } = createCompiler();
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
    const { check } = createCompiler();
    for (const text of [
      `import { secret } from '${secret}'; export const n: number = secret;`,
      "import { secret } from '../lamarck-secret.ts'; export const n: number = secret;",
      `/// <reference path="${secret}" />\nexport const n: number = 1;`,
      `export const n: number = (await import('${secret}')).secret;`,
      "import { readFileSync } from 'node:fs'; export const n: number = readFileSync;",
      "import type { Page } from 'playwright'; export const n: number = {} as Page;",
    ]) {
      const found = await check({ 'a.ts': text });
      expect([text, found.length]).toEqual([text, 1]);
      expect(found[0]?.message).toContain('only these files');
      expect(JSON.stringify(found)).not.toContain('treasure');
    }
    await rm(secret);
    expect((await readdir(tmpdir())).filter((name) => name.startsWith('lamarck-types-'))).toEqual([]);
  });
});
