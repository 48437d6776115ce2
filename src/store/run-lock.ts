import { mkdir, readFile, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LamarckError } from '../protocol/index.ts';
import { storeError, writeDurably } from '../trajectory/index.ts';

/** The right to write to a run, held by one process until it is given back or the process is gone. */
export interface RunLock {
  [Symbol.asyncDispose](): Promise<void>;
}

const SQLITE_BUSY = 5;
/** SQLite's primary result codes for a file that is damaged, or no database. */
const UNUSABLE = new Set([11, 26]);

/**
 * Takes a run for this process. The lock is the operating system's own (SQLite's, on `run.lock`), so a killed process
 * leaves none behind; `run.lock.pid` is for messages only.
 *
 * @throws LamarckError `LAMARCK_RUN_LOCKED`, naming the process that has it.
 */
export async function lockRun(runFolder: string): Promise<RunLock> {
  const path = join(runFolder, 'run.lock');
  const pidFile = `${path}.pid`;
  const database = await takeLock(runFolder, path, pidFile);
  try {
    await writeDurably(pidFile, `${process.pid}\n`);
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    [Symbol.asyncDispose]: async () => {
      // Before the lock: afterwards the file may be another process's.
      await rm(pidFile, { force: true });
      if (database.isOpen) database.close();
    },
  };
}

/**
 * The process that says it writes to a run, where there is one and it is alive. Takes no lock, so that nobody who wants it is
 * refused meanwhile. Processes of another machine or container are not seen.
 */
export async function writerOf(runFolder: string): Promise<number | undefined> {
  const pid = Number(await pidIn(join(runFolder, 'run.lock.pid')));
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  try {
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    // It is another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? pid : undefined;
  }
}

/** Empty where the file has none. */
async function pidIn(file: string): Promise<string> {
  const [pid = ''] = /^[1-9]\d*(?=\n$)/.exec(await readFile(file, 'utf8').catch(() => '')) ?? [];
  return pid;
}

async function takeLock(
  runFolder: string,
  path: string,
  pidFile: string,
  isRetry = false,
): Promise<DatabaseSync> {
  let database: DatabaseSync | undefined;
  try {
    await mkdir(runFolder, { recursive: true });
    database = new DatabaseSync(path);
    database.exec('begin exclusive');
    return database;
  } catch (error) {
    database?.close();
    const { errcode } = error as { errcode?: number };
    if (UNUSABLE.has(errcode ?? 0) && !isRetry) {
      // Nothing is kept in it, and nobody holds it: who does keeps others from reading that it is no database. Cut in
      // place, because a lock is on the file itself and not on its name.
      await truncate(path);
      return takeLock(runFolder, path, pidFile, true);
    }
    if (errcode !== SQLITE_BUSY) throw storeError(error, `lock ${path}`);
    const pid = await pidIn(pidFile);
    throw new LamarckError({
      code: 'LAMARCK_RUN_LOCKED',
      boundary: 'user',
      message: `The run in ${runFolder} is being written by ${pid === '' ? 'another process' : `process ${pid}`}.`,
      remedy: `Wait for it to end, or stop it${pid === '' ? '' : ` (kill ${pid})`} and resume the run: nothing finished is lost.`,
      cause: error,
    });
  }
}
