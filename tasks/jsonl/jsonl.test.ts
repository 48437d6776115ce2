import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { makeTask, type TaskFamily } from 'lamarck';
import { describe, expect, it } from 'vitest';
import { jsonl } from './index.ts';
import { FIXES, lines, LIST, PL_E, useDataFiles, X } from './rows.fixture.ts';

const data = useDataFiles();
const { file, solved } = data;

describe('a data set', () => {
  it.each([
    ['humanevalfix-js', FIXES],
    ['humaneval-x-js', X],
  ])('of %s is solved by its own solutions, judged by hidden tests', async (format, rows) => {
    expect(await solved(jsonl({ from: file(lines(rows)), format }))).toEqual([1, 1, 1]);
  });

  it('puts each of its tasks into one split', () => {
    const [family] = jsonl({ from: file(lines(FIXES)), format: 'humanevalfix-js' }) as [TaskFamily];
    const asked = [0, 1, 2 ** 40, 2 ** 40 + 1, 2 ** 41].map((seed) => makeTask(family, seed, 1).instruction);
    expect(asked[0]).toBe(asked[1]);
    expect(asked[2]).toBe(asked[3]);
    expect(new Set(asked).size).toBe(3);
    expect(asked).toContain('Mend most: Does most.');
  });

  it.each([
    ['humaneval-js', PL_E, 'workspace'],
    ['mbpp-js', PL_E, 'workspace'],
    ['list-functions', LIST, 'program'],
  ])('of %s may have no reference solution', (format, rows, environment) => {
    const [family] = jsonl({ from: file(lines(rows)), format });
    expect(family?.environment.name).toBe(environment);
    expect(family?.oracle).toBeUndefined();
    expect(family?.name).toBe(`jsonl/${format}`);
  });

  it('is read as an array, gzipped, and with blank lines and rows that are left out', () => {
    for (const from of [
      file(JSON.stringify(LIST)),
      file(gzipSync(lines(LIST))),
      file(`\n${lines(LIST)}\n\n`),
      file(`{}\n${lines(LIST)}\nno json`),
    ])
      expect(jsonl({ from, format: 'list-functions', name: 'own/name', skipInvalid: true })[0]).toMatchObject(
        {
          name: 'own/name',
          description: '3 functions of lists, from examples.',
        },
      );
  });
});

describe('what is no data set', () => {
  const fixes = lines(FIXES);
  it.each<[string, string | Buffer, string, RegExp]>([
    ['nothing', '', 'mbpp-js', /data-\d+\.jsonl cannot be read: it is empty/],
    ['binary', Buffer.from([0xff, 0xfe, 0x00, 0x80]), 'mbpp-js', /cannot be read: it is no text in UTF-8/],
    [
      'gzip that is cut short',
      gzipSync(fixes).subarray(0, 60),
      'humanevalfix-js',
      /compressed data is damaged or cut short/,
    ],
    [
      'gzip of rubbish',
      Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(20)]),
      'mbpp-js',
      /compressed data is damaged/,
    ],
    [
      'an array that is cut short',
      JSON.stringify(LIST).slice(0, -5),
      'list-functions',
      /its JSON is damaged/,
    ],
    [
      'a line that is no JSON',
      `${fixes}\n{"task_id":`,
      'humanevalfix-js',
      /1 of 4 rows .*\n.*data-\d+\.jsonl:4 is no JSON/,
    ],
    [
      'another format',
      fixes,
      'mbpp-js',
      /3 of 3 rows cannot be used as tasks of this format:\n.*:1 "name": Invalid input/,
    ],
    [
      'a column of another type',
      lines([{ ...FIXES[0], test: 7 }, ...FIXES.slice(1)]),
      'humanevalfix-js',
      /:1 "test": Invalid input: expected string, received number/,
    ],
    [
      'a declaration of nothing',
      lines([{ ...FIXES[0], declaration: '// none' }]),
      'humanevalfix-js',
      /:1 "declaration": declares no function/,
    ],
    [
      'tests that assert nothing',
      lines([{ ...PL_E[0], tests: 'true' }]),
      'mbpp-js',
      /:1 "tests": has no assert\.deepEqual\(\)/,
    ],
    [
      'a type that is not known',
      lines([{ ...LIST[0], type: { input: 'tree', output: 'int' } }]),
      'list-functions',
      /:1 "type\.input": Invalid option/,
    ],
    ['too few examples', lines([{ ...LIST[0], examples: [] }]), 'list-functions', /:1 "examples": Too small/],
    ['lists as rows', '[1]\n[2]', 'mbpp-js', /its JSON is damaged/],
    [
      'a row that is nested without end',
      `${lines(LIST)}\n{"name":"deep","examples":[{"i":${'['.repeat(200_000)}${']'.repeat(200_000)},"o":1}]}`,
      'list-functions',
      /1 of 4 rows .*\n.*:4 "examples": is nested too deeply/,
    ],
    [
      'more lines than there is memory for',
      gzipSync(Buffer.alloc(20_000_000, '\n'), { level: 1 }),
      'mbpp-js',
      /cannot be read: it has more than 100,000 lines or rows/,
    ],
    [
      'more rows in an array',
      `[${'0,'.repeat(100_000)}0]`,
      'mbpp-js',
      /cannot be read: it has more than 100,000 lines or rows/,
    ],
    [
      'more than is read, zipped small',
      gzipSync(Buffer.alloc(33 * 1024 * 1024), { level: 1 }),
      'mbpp-js',
      /cannot be read: it holds more than 32 MB/,
    ],
    [
      'more than is read',
      Buffer.alloc(33 * 1024 * 1024),
      'mbpp-js',
      /cannot be read: it holds more than 32 MB/,
    ],
    [
      'a solution that cannot be read',
      lines([{ ...FIXES[0], canonical_solution: '  return ((;\n}\n' }, ...FIXES.slice(1)]),
      'humanevalfix-js',
      /:1 "canonical_solution": is no JavaScript: Unexpected token ';'/,
    ],
    [
      'tests that cannot be read',
      lines([...PL_E.slice(1), { ...PL_E[0], tests: 'assert.deepEqual(candidate(1' }]),
      'humaneval-js',
      /:3 "tests": is no JavaScript/,
    ],
    [
      'a function that no file has room for',
      lines([{ ...FIXES[0], buggy_solution: `//${'x'.repeat(150_000)}\n}` }]),
      'humanevalfix-js',
      /:1 "buggy_solution": Too big/,
    ],
    [
      'examples that their type contradicts',
      lines([...LIST.slice(1), { ...LIST[0], examples: [1, 2, 3, 4].map(() => ({ i: ['x'], o: 1 })) }]),
      'list-functions',
      /:3 "examples\.0": /,
    ],
    [
      'an outcome of another type, among the hidden ones',
      lines([{ ...LIST[0], examples: [1, 2, 3, '4'].map((o) => ({ i: [1], o })) }]),
      'list-functions',
      /:1 "examples\.3": /,
    ],
    [
      'the same task under another name',
      lines([...FIXES, { ...FIXES[1], task_id: 'other' }]),
      'humanevalfix-js',
      /:4 has the task "other", which is on line 2 already under another name/,
    ],
    [
      'the same task twice',
      lines([...FIXES, FIXES[0] as object]),
      'humanevalfix-js',
      /:4 has the task "add", which is on line 1 already/,
    ],
    [
      'a row of an array',
      JSON.stringify([...FIXES.slice(1), { ...FIXES[0], test: 5 }], null, 2),
      'humanevalfix-js',
      /1 of 3 rows .*\n.*data-\d+\.jsonl row 3 "test": Invalid input/,
    ],
    [
      'the same task twice in an array',
      JSON.stringify([...FIXES, FIXES[0]], null, 2),
      'humanevalfix-js',
      /row 4 has the task "add", which is in row 1 already$/,
    ],
    ['two tasks', lines(FIXES.slice(1)), 'humanevalfix-js', /data-\d+\.jsonl has 2 rows, and each of train/],
  ])('such as %s, is a broken family, with its file, line and field', (_, content, format, says) => {
    const [family] = jsonl({ from: file(content), format }) as [TaskFamily];
    expect(family.name).toBe(`jsonl/${format}`);
    expect(family.broken?.message).toMatch(says);
    expect(() => makeTask(family, 0, 1)).toThrow(says);
  });

  it('may have rows left out, where others fit', () => {
    const optionFor = (rows: readonly object[]): string | undefined =>
      jsonl({ from: file(lines(rows)), format: 'humanevalfix-js' })[0]?.broken?.remedy?.option;
    expect(optionFor([...FIXES, {}])).toBe('skipInvalid');
    expect(optionFor([{}])).toBe(undefined);
  });

  it('is a broken family where it is not there, or never comes to an end', () => {
    const brokenBy = (from: string): string | undefined =>
      jsonl({ from, format: 'mbpp-js' })[0]?.broken?.message;
    const pipe = join(data.folder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(brokenBy(join(data.folder(), 'none'))).toMatch(/none cannot be read: ENOENT/);
    expect(brokenBy(data.folder())).toMatch(/cannot be read: it is a folder/);
    expect(brokenBy(pipe)).toMatch(/pipe cannot be read: it is a pipe or a device/);
    expect(brokenBy('/dev/zero')).toMatch(/zero cannot be read: it is a pipe or a device/);
  });

  it.each<[object, RegExp]>([
    [{ format: 'csv' }, /There is no format "csv"; there are: humaneval-x-js, .*at format/s],
    [{ from: 5 }, /expected string, received number\n.*at from/],
    [{ skipInvalid: 'yes' }, /at skipInvalid/],
    [{ skipinvalid: true }, /Unrecognized key: "skipinvalid"/],
  ])('is not asked for by %j', (options, says) => {
    expect(() => jsonl({ from: file(fixes), format: 'humanevalfix-js', ...options })).toThrow(says);
  });
});
