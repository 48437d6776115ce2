import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import { z } from 'zod';
import { packageRoot, packageVersion } from '../package-root.ts';
import { canonicalJson, LamarckError } from '../protocol/index.ts';
import { sha256 } from '../host/index.ts';
import type { ProgramCandidate, ProgramLimits, ProgramOutcome } from '../sandbox/index.ts';

/** A program with its inputs, and limits of its own: fuel decides, and wall time is a backstop. */
export type LimitedCandidate = ProgramCandidate & { readonly limits?: Partial<ProgramLimits> };

const OutcomesSchema = z.array(z.array(z.looseObject({ ok: z.boolean() })));

/**
 * Runs programs in isolates of a process apart, and waits for them without giving the event loop a turn: for adapters, which say while
 * a configuration loads which of their tasks can be played. Outcomes of the same programs under the same limits are cached.
 *
 * @returns outcomes by candidate and input
 * @throws LamarckError `LAMARCK_JUDGE_FAILED` where they could not be run
 *
 * @example
 * const [[outcome]] = judgeAtLoad([{ source: 'export default (n) => n + 1', inputs: [[1]] }]); // { ok: true, value: 2 }
 */
export function judgeAtLoad(candidates: readonly LimitedCandidate[]): ProgramOutcome[][] {
  if (candidates.length === 0) return [];
  const cached = cacheFile(sha256(`${packageVersion}\n${isolateHash()}\n${canonicalJson(candidates)}`));
  const known = cached === undefined ? undefined : readOutcomes(cached, candidates.length);
  if (known) return known;
  const outcomes = run(candidates);
  // A limit of wall time depends on the machine: what it decided is not known for good.
  const isLasting = outcomes.flat().every((one) => one.ok || !['timeout', 'killed'].includes(one.kind));
  if (cached !== undefined && isLasting) keep(cached, outcomes);
  return outcomes;
}

interface Judge {
  readonly port: MessagePort;
  /** Set once there is an answer. */
  readonly answered: Int32Array;
}
let judge: Judge | undefined;

/** A thread with a program process of its own, for as long as this process lives. */
function startJudge(): Judge {
  const isSource = import.meta.url.endsWith('.ts');
  const { port1: port, port2 } = new MessageChannel();
  const answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const worker = new Worker(
    new URL(isSource ? '../judge-worker.ts' : '../judge-worker.js', import.meta.url),
    { workerData: { port: port2, answered }, transferList: [port2] },
  );
  worker.unref();
  port.unref();
  return { port, answered };
}

function run(candidates: readonly LimitedCandidate[]): ProgramOutcome[][] {
  judge ??= startJudge();
  const { port, answered } = judge;
  Atomics.store(answered, 0, 0);
  port.postMessage(candidates);
  Atomics.wait(answered, 0, 0);
  const { message } = receiveMessageOnPort(port) as {
    message: { outcomes?: ProgramOutcome[][]; failure?: string };
  };
  if (message.outcomes) return message.outcomes;
  throw new LamarckError({
    code: 'LAMARCK_JUDGE_FAILED',
    boundary: 'sandbox',
    message: `Programs could not be run while a configuration loaded: ${message.failure}`,
    remedy: { text: 'Ask whether isolates work on this machine.', command: 'doctor' },
  });
}

function parsed(text: string | null, count: number): ProgramOutcome[][] | undefined {
  try {
    const outcomes = OutcomesSchema.parse(JSON.parse(text ?? ''));
    return outcomes.length === count ? (outcomes as unknown as ProgramOutcome[][]) : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined where no folder can be kept: then programs are run each time. */
function cacheFile(name: string): string | undefined {
  const root = process.env['XDG_CACHE_HOME'] || join(process.env['HOME'] ?? homedir(), '.cache');
  const folder = join(root, 'lamarck', 'judged');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return join(folder, `${name}.json`);
  } catch {
    return undefined;
  }
}

function readOutcomes(file: string, count: number): ProgramOutcome[][] | undefined {
  try {
    return parsed(readFileSync(file, 'utf8'), count);
  } catch {
    return undefined;
  }
}

function keep(file: string, outcomes: readonly (readonly ProgramOutcome[])[]): void {
  const unfinished = `${file}.${process.pid}`;
  try {
    writeFileSync(unfinished, JSON.stringify(outcomes));
    renameSync(unfinished, file);
  } catch {
    // A full disk costs time at the next start, and nothing else.
  }
}

/** Of the files that decide what becomes of a program. */
function isolateHash(): string {
  const folder = join(
    packageRoot,
    ...(import.meta.url.endsWith('.ts') ? [] : ['dist']),
    'sandboxes',
    'isolate',
  );
  const files = readdirSync(folder).filter((name) => /\.[jt]s$/.test(name) && !name.includes('.test.'));
  return sha256(
    files
      .toSorted()
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n'),
  );
}
