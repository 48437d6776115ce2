import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const COMMANDS = 'agents|doctor|env|eval|evolve|init|replay|rescore|run|runs|tasks|watch';
const BARE = new RegExp(`(?<!npx )\\blamarck (?:${COMMANDS}|--help)\\b`);

it('what is to be typed begins with npx, since nobody has to have installed the command', () => {
  const files = globSync('{src,sandboxes,environments,tasks}/**/*.ts', { cwd: root });
  expect(files.length).toBeGreaterThan(100);
  const bare = files
    .filter((file) => !/\.(test|fixture)\.ts$/.test(file))
    .flatMap((file) => readFileSync(join(root, file), 'utf8').split('\n'))
    // Comments name commands; scripts of a package find them by themselves.
    .filter((line) => BARE.test(line) && !/^\s*(?:\*|\/\*|\/\/)|scripts: \{/.test(line));
  expect(bare).toEqual([]);
});
