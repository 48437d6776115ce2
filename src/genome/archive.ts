import { existsSync } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import git from 'isomorphic-git';
import { diffFiles, LamarckError, messageOf, shellWord, type FileDiff } from '../protocol/index.ts';
import { createDurableFs } from './durable-fs.ts';
import { gitObject, gitTree, rootOf, type GitObject } from './tree.ts';
import { genomeOf, type Genome } from './genome.ts';

/** A genome's birth, as the archive keeps it. */
export interface ArchiveEntry {
  /** The genome's id: its tree. */
  readonly id: string;
  readonly commit: string;
  /** Ids of the genomes it came from. */
  readonly parents: readonly string[];
  readonly message: string;
  /** The genome's place in the order of births. */
  readonly index: number;
}

/** Every admitted genome, as a bare git repository: a genome is a tree, its birth a commit, its lineage the history. */
export interface Archive {
  /**
   * Records a birth and returns its commit. Equal births make equal commits; a genome that is already in keeps the
   * birth it has. What a kill or a bad disk left broken is written anew.
   *
   * @param birth `parents` are ids of admitted genomes; `index` is the place in the order of births, and dates it.
   */
  admit(birth: {
    genome: Genome;
    parents: readonly string[];
    message: string;
    index: number;
  }): Promise<string>;
  /** Points the branch `champion` at a genome. */
  setChampion(id: string): Promise<void>;
  /**
   * The id of the champion, where one was named.
   *
   * @throws LamarckError `LAMARCK_ARCHIVE_BROKEN` where its branch cannot be read
   */
  champion(): Promise<string | undefined>;
  /**
   * All genomes, in the order of their births.
   *
   * @throws LamarckError `LAMARCK_ARCHIVE_BROKEN` where one of their branches cannot be read, or leads to another genome
   */
  list(): Promise<ArchiveEntry[]>;
  /** @throws LamarckError `LAMARCK_GENOME_UNKNOWN`, or `LAMARCK_ARCHIVE_BROKEN` where an object of it is. */
  read(id: string): Promise<Genome>;
  /** What differs from genome `a` to genome `b`, file by file. */
  diff(a: string, b: string): Promise<FileDiff[]>;
}

/** Commits carry no clock: the birth with index 0 is dated 2000-01-01T00:00:00Z, each later one a second on. */
const EPOCH = Date.UTC(2000, 0, 1) / 1000;
const CHAMPION = 'refs/heads/champion';
const GENOME_BRANCH = /^genome-[0-9a-f]{12}$/;

/** Opens the archive in a folder (`archive.git`), making it where there is none. One process at a time may write. */
export async function openArchive(gitdir: string): Promise<Archive> {
  const repository = { fs: createDurableFs(gitdir), gitdir };
  // HEAD is written last, so a repository that has one is whole; `init` itself stops at a config that is there.
  if ((await git.resolveRef({ ...repository, ref: 'HEAD', depth: 2 }).catch(() => undefined)) !== CHAMPION) {
    await unlink(join(gitdir, 'config')).catch(() => {});
    await git.init({ ...repository, bare: true, defaultBranch: 'champion' });
  }
  /** Objects known to be whole, so that a file that lives on through the generations is checked once. */
  const whole = new Set<string>();

  /** Sees to it that an object is there and whole. */
  const keep = async ({ oid, type, content }: GitObject): Promise<void> => {
    if (whole.has(oid)) return;
    const kept = await git.readObject({ ...repository, oid, format: 'content' }).catch(() => undefined);
    if (!kept) {
      // The git library does not write over an object that is there, broken or not, so the object is removed first.
      await unlink(join(gitdir, 'objects', oid.slice(0, 2), oid.slice(2))).catch(() => {});
      await git.writeObject({ ...repository, type, object: content, format: 'content' });
    }
    whole.add(oid);
  };

  const birthOf = async (
    id: string,
  ): Promise<{ oid: string; commit: Awaited<ReturnType<typeof git.readCommit>>['commit'] } | undefined> => {
    const oid = await git.resolveRef({ ...repository, ref: branchOf(id) }).catch(() => undefined);
    if (oid === undefined) return undefined;
    const { commit } = await git.readCommit({ ...repository, oid });
    return commit.tree === id ? { oid, commit } : undefined;
  };

  const knownBirth = async (id: string): Promise<string> => {
    const birth = await birthOf(id).catch((error: unknown) => {
      throw broken(gitdir, id, error);
    });
    if (!birth) throw unknown(gitdir, id);
    return birth.oid;
  };

  const commitOn = async (ref: string): ReturnType<typeof git.readCommit> => {
    try {
      return await git.readCommit({ ...repository, oid: await git.resolveRef({ ...repository, ref }) });
    } catch (error) {
      throw brokenBranch(gitdir, ref, messageOf(error));
    }
  };

  const read = async (id: string): Promise<Genome> => {
    await knownBirth(id);
    try {
      const files: Record<string, string> = {};
      const collect = async (oid: string, prefix: string): Promise<void> => {
        const { tree } = await git.readTree({ ...repository, oid });
        for (const entry of tree) {
          if (entry.type === 'tree') await collect(entry.oid, `${prefix}${entry.path}/`);
          else {
            const { blob } = await git.readBlob({ ...repository, oid: entry.oid });
            files[prefix + entry.path] = Buffer.from(blob).toString('utf8');
          }
        }
      };
      await collect(id, '');
      const genome = genomeOf(files);
      if (genome.id !== id) throw new Error(`its files make ${genome.id}`);
      return genome;
    } catch (error) {
      throw broken(gitdir, id, error);
    }
  };

  return {
    read,
    admit: async ({ genome, parents, message, index }) => {
      const tree = gitTree(genome.files);
      if (rootOf(tree) !== genome.id)
        throw new RangeError(`The genome ${genome.id} does not have the id of its files.`);
      for (const object of tree) await keep(object);
      const born = await birthOf(genome.id).catch(() => undefined);
      if (born) return born.oid;
      const commit = commitObject({
        tree: genome.id,
        parents: await Promise.all(parents.map(knownBirth)),
        message,
        index,
      });
      await keep(commit);
      await git.writeRef({ ...repository, ref: branchOf(genome.id), value: commit.oid, force: true });
      return commit.oid;
    },
    setChampion: async (id) =>
      git.writeRef({ ...repository, ref: CHAMPION, value: await knownBirth(id), force: true }),
    champion: async () =>
      existsSync(join(gitdir, CHAMPION)) ? (await commitOn(CHAMPION)).commit.tree : undefined,
    list: async () => {
      const branches = await git.listBranches(repository);
      const born = await Promise.all(
        branches
          .filter((branch) => GENOME_BRANCH.test(branch))
          .map(async (branch) => ({
            branch: `refs/heads/${branch}`,
            ...(await commitOn(`refs/heads/${branch}`)),
          })),
      );
      const oidOn = new Map(born.map(({ branch, oid }) => [branch, oid]));
      const commits = born.filter(({ branch, oid, commit }) => {
        const own = branchOf(commit.tree);
        if (branch === own) return true;
        // A branch that leads to a genome with a branch of its own is a copy of that one.
        if (oidOn.get(own) === oid) return false;
        throw brokenBranch(gitdir, branch, `it leads to the genome ${commit.tree}`);
      });
      const idOf = new Map(commits.map(({ oid, commit }) => [oid, commit.tree]));
      return commits
        .map(({ oid, commit }) => ({
          id: commit.tree,
          commit: oid,
          parents: commit.parent.map((parent) => idOf.get(parent) ?? parent),
          message: commit.message.trimEnd(),
          index: commit.author.timestamp - EPOCH,
        }))
        .sort((left, right) => left.index - right.index || (left.id < right.id ? -1 : 1));
    },
    diff: async (a, b) => diffFiles((await read(a)).files, (await read(b)).files),
  };
}

/**
 * The archive of a run, for reading: nothing is made where there is none.
 *
 * @throws LamarckError `LAMARCK_ARCHIVE_MISSING`
 */
export async function openRunArchive(folder: string): Promise<Archive> {
  const gitdir = join(folder, 'archive.git');
  if (existsSync(gitdir)) return openArchive(gitdir);
  throw new LamarckError({
    code: 'LAMARCK_ARCHIVE_MISSING',
    boundary: 'user',
    message: `The run "${basename(folder)}" has no archive of genomes.`,
    remedy: {
      text: 'Only evolutions have one, which is written (and written anew) while they run or are resumed. List the runs and their kinds.',
      command: 'runs',
    },
  });
}

/** A genome's branch: short enough to read, long enough never to be shared. */
function branchOf(id: string): string {
  return `refs/heads/genome-${id.slice(0, 12)}`;
}

function commitObject(birth: {
  tree: string;
  parents: readonly string[];
  message: string;
  index: number;
}): GitObject {
  const who = `Lamarck <lamarck@localhost> ${EPOCH + birth.index} +0000`;
  const head = [
    `tree ${birth.tree}`,
    ...birth.parents.map((parent) => `parent ${parent}`),
    `author ${who}`,
    `committer ${who}`,
  ];
  return gitObject('commit', `${head.join('\n')}\n\n${birth.message.trim()}\n`);
}

function unknown(gitdir: string, id: string): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_GENOME_UNKNOWN',
    boundary: 'store',
    message: `The archive ${gitdir} has no genome ${id}.`,
    remedy: `List what it has with \`git -C ${gitdir} log --all --format="%T %s"\`.`,
  });
}

function broken(gitdir: string, id: string, cause: unknown): LamarckError {
  return archiveBroken(gitdir, `The genome ${id} in ${gitdir} cannot be read: ${messageOf(cause)}`, cause);
}

function brokenBranch(gitdir: string, branch: string, why: string): LamarckError {
  return archiveBroken(gitdir, `The branch ${branch} in ${gitdir} cannot be read: ${why}`);
}

function archiveBroken(gitdir: string, message: string, cause?: unknown): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_ARCHIVE_BROKEN',
    boundary: 'store',
    message,
    remedy: {
      text: 'Resume the run, which admits its genomes again and writes anew what is broken.',
      command: `evolve --resume ${shellWord(basename(dirname(gitdir)))}`,
    },
    cause,
  });
}
