import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { homedir, tmpdir, userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Where things are kept between runs: `$XDG_CACHE_HOME/lamarck` or `~/.cache/lamarck`; under the system's temporary
 * folder where neither can be written to.
 */
export async function cacheFolder(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  const home = environment['HOME'] ?? homedir();
  const preferred = join(environment['XDG_CACHE_HOME'] || join(home, '.cache'), 'lamarck');
  try {
    await mkdir(preferred, { recursive: true });
    const probe = join(preferred, `.probe-${process.pid}`);
    await mkdir(probe, { recursive: true });
    await rm(probe, { recursive: true });
    return preferred;
  } catch {
    const { uid, username } = userInfo();
    const fallback = join(tmpdir(), `lamarck-${uid === -1 ? username : uid}`);
    await mkdir(fallback, { recursive: true, mode: 0o700 });
    const { uid: owner } = await stat(fallback);
    // What is run from there must not have been put there by somebody else.
    if (uid !== -1 && owner !== uid) throw new Error(`${fallback} belongs to another user.`);
    return fallback;
  }
}

/**
 * Makes a folder once, for all processes: filled beside its place under a lock, then renamed into it. A kill at any
 * moment leaves no half-filled folder; a lock that is left over is taken after a while, and even two holders at once
 * would only do the same work twice.
 *
 * @param options.abandonedAfter ms after which what nobody touched counts as left over by a killed process.
 */
export async function makeFolderOnce(
  folder: string,
  fill: (into: string) => Promise<void>,
  { abandonedAfter = 30_000 }: { abandonedAfter?: number } = {},
): Promise<void> {
  const lock = `${folder}.lock`;
  while (!(await exists(folder))) {
    if (!(await takeLock(lock, abandonedAfter))) {
      await sleep(50);
      continue;
    }
    const beat = setInterval(
      () => void utimes(lock, new Date(), new Date()).catch(() => undefined),
      abandonedAfter / 6,
    );
    const unfinished = `${folder}.${process.pid}.unfinished`;
    try {
      if (await exists(folder)) return;
      await removeAbandoned(folder, abandonedAfter);
      await rm(unfinished, { recursive: true, force: true });
      await mkdir(unfinished, { recursive: true });
      await fill(unfinished);
      await rename(unfinished, folder).catch(async (error: unknown) => {
        if (!(await exists(folder))) throw error;
      });
    } finally {
      clearInterval(beat);
      await rm(unfinished, { recursive: true, force: true });
      await rm(lock, { recursive: true, force: true });
    }
  }
}

async function takeLock(lock: string, abandonedAfter: number): Promise<boolean> {
  try {
    await mkdir(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (await isAbandoned(lock, abandonedAfter)) {
      // Renaming decides between two that find it at the same time.
      const taken = `${lock}.${process.pid}.unfinished`;
      await rename(lock, taken).then(
        () => rm(taken, { recursive: true, force: true }),
        () => undefined,
      );
    }
    return false;
  }
}

async function removeAbandoned(folder: string, abandonedAfter: number): Promise<void> {
  for (const name of await readdir(dirname(folder))) {
    const path = join(dirname(folder), name);
    if (
      name.startsWith(`${basename(folder)}.`) &&
      name.endsWith('.unfinished') &&
      (await isAbandoned(path, abandonedAfter))
    ) {
      await rm(path, { recursive: true, force: true });
    }
  }
}

async function isAbandoned(path: string, abandonedAfter: number): Promise<boolean> {
  return stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > abandonedAfter,
    () => false,
  );
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
