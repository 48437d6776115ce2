import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LamarckError, messageOf, type Json } from '../protocol/index.ts';
import { explain, majority, verificationContext } from '../reward/index.ts';
import type { Task, TaskFamily } from '../task/index.ts';

type Verify = TaskFamily['verify'];
type Context = Parameters<Verify>[0];

/** What a task is rewarded by when its evidence is judged again: all tries at it at once. */
export type GroupVerifier = (
  family: TaskFamily,
  task: Task,
  evidence: readonly Json[],
) => Promise<(number | null)[]>;

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
  return async (family, task, group) =>
    majority(group.map((evidence) => answer(verificationContext(family, task, evidence))));
}

async function importFile(file: string): Promise<{ default?: unknown; answer?: unknown }> {
  try {
    return (await import(pathToFileURL(file).href)) as object;
  } catch (error) {
    throw verifierUnknown(`${file} could not be loaded: ${messageOf(error)}`);
  }
}

function verifierUnknown(message: string): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_VERIFIER_UNKNOWN',
    boundary: 'user',
    message,
    remedy:
      'Name a file whose default export is ({ evidence, params, instruction }) => boolean, share or rubric; or one that exports answer(); or majority.',
  });
}
