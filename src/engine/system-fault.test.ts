import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemFault } from './system-fault.ts';

describe('an error of the operating system that nobody foresaw', () => {
  it.each([
    ['a file that is not there', () => readFile(join(import.meta.dirname, 'none')), 'spelled right'],
    ['a folder in place of a file', () => readFile(import.meta.dirname), 'Name a file'],
    [
      'a file in place of a folder',
      () => writeFile(join(import.meta.filename, 'x'), ''),
      'one of them is a file',
    ],
  ])('is a sentence with a remedy: %s', async (_, refused, remedy) => {
    const error: unknown = await refused().catch((thrown: unknown) => thrown);
    expect(systemFault(error)).toMatchObject({
      message: expect.stringContaining(String((error as Error).message)) as string,
      remedy: { text: expect.stringContaining(remedy) as string },
    });
  });

  it('is no error of the code', () => {
    expect(systemFault(new TypeError('x is not a function'))).toBeUndefined();
    expect(systemFault(Object.assign(new Error('odd'), { code: 'ENOENT' }))).toBeUndefined();
  });
});
