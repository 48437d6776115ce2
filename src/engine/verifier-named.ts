import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { importFailure } from '../config/index.ts';
import { LamarckError, type Json } from '../protocol/index.ts';
import { explain, LEAST_TRIES, majority, verificationContext } from '../reward/index.ts';
import type { Task, TaskFamily } from '../task/index.ts';

type Verify = TaskFamily['verify'];
type Context = Parameters<Verify>[0];

/** What a task is rewarded by when its evidence is judged again: all tries at it at once. */
export interface GroupVerifier {
  (family: TaskFamily, task: Task, evidence: readonly Json[]): Promise<(number | null)[]>;
  /** Tries at a task below which it comes to no verdict. */
  readonly leastTries?: number;
}

/**
 * A verifier by its name: the families' own without one, `majority`, or a file. A file exports a verify function as its
 * default, or a function `answer` whose results are put to the vote.
 *
 * @throws LamarckError `LAMARCK_VERIFIER_UNKNOWN`
 */
export async function verifierNamed(name: string | undefined, from = process.cwd()): Promise<GroupVerifier> {
  if (name === undefined) return byVerdict(undefined);
  if (name === 'majority') return byMajority(({ evidence }) => evidence as Json);
  const file = resolve(from, name);
  const { default: verify, answer } = await importFile(file);
  if (typeof verify === 'function') return byVerdict(verify as Verify);
  if (typeof answer === 'function') return byMajority(answer as (context: Context) => Json | undefined);
  throw verifierUnknown(`${file} exports neither a default function nor a function "answer".`);
}

function byVerdict(verify: Verify | undefined): GroupVerifier {
  return (family, task, group) =>
    Promise.all(group.map(async (evidence) => (await explain(family, task, evidence, verify)).reward));
}

function byMajority(answer: (context: Context) => Json | undefined): GroupVerifier {
  return Object.assign(
    async (family: TaskFamily, task: Task, group: readonly Json[]) =>
      majority(group.map((evidence) => answer(verificationContext(family, task, evidence)))),
    { leastTries: LEAST_TRIES },
  );
}

async function importFile(file: string): Promise<{ default?: unknown; answer?: unknown }> {
  if (!existsSync(file)) throw verifierUnknown(`There is no verifier at ${file}.`);
  try {
    return (await import(pathToFileURL(file).href)) as object;
  } catch (error) {
    const { message, remedy } = importFailure(file, error);
    throw verifierUnknown(message, remedy);
  }
}

const EXPECTED =
  'Name a file whose default export is ({ evidence, params, instruction }) => boolean, share or rubric; or one that exports answer(); or majority.';

function verifierUnknown(message: string, remedy: string = EXPECTED): LamarckError {
  return new LamarckError({ code: 'LAMARCK_VERIFIER_UNKNOWN', boundary: 'user', message, remedy });
}
