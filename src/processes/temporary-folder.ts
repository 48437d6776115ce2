import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { lstat, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { clauseOf, LamarckError } from '../protocol/index.ts';
import { familyMark, isFamilyMark } from './family-mark.ts';
import { endFamily } from './watchdog.ts';

const PREFIX = 'lamarck-process-';
/** Held by the process that made the folder. It is the operating system's own lock (SQLite's), so a killed process leaves none. */
const LOCK = 'lock';
/** Which processes the process started, for whoever finds the folder left over. */
const FAMILY = 'family';

interface Own {
  readonly path: string;
  readonly lock: DatabaseSync;
}
let own: Own | undefined;

/**
 * Makes an empty folder for this process: all of them are in one, which goes with the process. Where the process is
 * killed, the next Lamarck that starts removes it.
 *
 * @throws LamarckError `LAMARCK_TEMPORARY_UNWRITABLE`
 */
export function makeTemporaryFolder(name: string): string {
  try {
    return mkdtempSync(join(ownFolder(), `${name}-`));
  } catch (error) {
    throw new LamarckError({
      code: 'LAMARCK_TEMPORARY_UNWRITABLE',
      boundary: 'user',
      message: `No temporary folder can be made in ${tmpdir()}: ${clauseOf(error)}.`,
      remedy: 'Make room there, or name another folder in the environment variable TMPDIR.',
      cause: error,
    });
  }
}

/** Leaves on disk which processes this one starts, so that they are found even where their watchdog was killed too. */
export function recordFamily(): void {
  try {
    ownFolder();
  } catch {
    // The watchdog needs no folder.
  }
}

/** Removes the folders that killed processes have left, and ends what those had started. Ours only: others hold their locks. */
export async function sweepTemporaryFolders(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  for (const name of names) {
    if (name.startsWith(PREFIX)) await removeIfLeft(join(tmpdir(), name)).catch(() => undefined);
  }
}

async function removeIfLeft(path: string): Promise<void> {
  const { uid } = await lstat(path);
  if (path === own?.path || (process.getuid && uid !== process.getuid())) return;
  const lock = takeLock(path);
  if (!lock) return;
  try {
    const mark = await readFile(join(path, FAMILY), 'utf8').catch(() => undefined);
    if (isFamilyMark(mark)) await endFamily(mark);
    // Windows removes no open file.
    if (process.platform === 'win32') lock.close();
    await rm(path, { recursive: true, force: true });
  } finally {
    if (lock.isOpen) lock.close();
  }
}

function ownFolder(): string {
  if (own && existsSync(own.path)) return own.path;
  // Something else that cleans up has removed it.
  const isFirst = own === undefined;
  own?.lock.close();
  own = undefined;
  for (let tries = 0; tries < 3 && !own; tries++) own = tryOwnFolder();
  if (!own) throw new Error('a folder that was just made cannot be locked');
  if (isFirst) process.once('exit', removeOwn);
  return own.path;
}

/** Whoever locks a folder first has it, also while it is made: where somebody who sweeps was first, another one is made. */
function tryOwnFolder(): Own | undefined {
  mkdirSync(tmpdir(), { recursive: true });
  const path = mkdtempSync(join(tmpdir(), PREFIX));
  const lock = takeLock(path);
  if (!lock) return undefined;
  if (existsSync(join(path, LOCK))) {
    writeFileSync(join(path, FAMILY), familyMark());
    return { path, lock };
  }
  lock.close();
  return undefined;
}

/** Undefined where another process holds it, or the folder is gone. */
function takeLock(folder: string): DatabaseSync | undefined {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(folder, LOCK));
    lock.exec('begin exclusive');
    return lock;
  } catch {
    lock?.close();
    return undefined;
  }
}

function removeOwn(): void {
  if (!own) return;
  own.lock.close();
  rmSync(own.path, { recursive: true, force: true });
}
