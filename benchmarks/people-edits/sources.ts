/** Where people's changes are taken from: the history of this repository, and released versions of packages. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Change } from './typed-changes.ts';

const WITHOUT_CONTEXT = ['--no-color', '--no-ext-diff', '-U0', '-w'];

function git(...words: string[]): string {
  return execFileSync('git', words, { encoding: 'utf8', maxBuffer: 2 ** 28 });
}

/** Changes of modules in the commits up to one; commits that merge repeat others. */
export function* historyOf(commit: string): Generator<Change> {
  for (const line of git('log', '--no-merges', '--format=%H %P', commit).trim().split('\n')) {
    const [child = '', parent] = line.split(' ');
    if (parent === undefined) continue;
    const changed = git('diff', '--name-only', '--diff-filter=M', parent, child, '--', '*.ts');
    for (const path of changed.split('\n').filter((each) => each !== '' && !each.endsWith('.test.ts')))
      yield {
        from: `${child.slice(0, 7)} ${path}`,
        before: git('show', `${parent}:${path}`),
        diff: git('diff', ...WITHOUT_CONTEXT, parent, child, '--', path),
      };
  }
}

export interface Package {
  readonly name: string;
  /** Where its source is, as people wrote it. */
  readonly folder: string;
  readonly versions: readonly string[];
}

/**
 * Changes of modules between each version and the next.
 *
 * @param cache where packed packages are kept
 */
export function* releasesOf({ name, folder, versions }: Package, cache: string): Generator<Change> {
  const places = versions.map((version) => join(unpacked(`${name}@${version}`, cache), folder));
  for (const [at, after] of places.slice(1).entries()) {
    const before = places[at] ?? '';
    const paths = readdirSync(before, { recursive: true, encoding: 'utf8' }).sort();
    for (const path of paths.filter((each) => each.endsWith('.js'))) {
      const [one, other] = [join(before, path), join(after, path)];
      if (!existsSync(other)) continue;
      const words = ['diff', '--no-index', ...WITHOUT_CONTEXT, one, other];
      yield {
        from: `${name}@${versions[at + 1] ?? ''} ${path}`,
        before: readFileSync(one, 'utf8'),
        diff: spawnSync('git', words, { encoding: 'utf8' }).stdout,
      };
    }
  }
}

function unpacked(version: string, cache: string): string {
  const folder = join(cache, version.replace('@', '-'));
  if (existsSync(folder)) return folder;
  const words = ['pack', '--silent', '--pack-destination', cache, version];
  mkdirSync(cache, { recursive: true });
  const file = execFileSync('npm', words, { encoding: 'utf8' }).trim();
  mkdirSync(folder);
  execFileSync('tar', ['xzf', join(cache, file), '-C', folder, '--strip-components=1']);
  return folder;
}
