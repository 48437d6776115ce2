import { messageOf } from 'lamarck';
import { createRequire } from 'node:module';
import { createProgramSandbox } from './program-sandbox.ts';

/** Whether isolates work on this machine: starts a process, and runs a program in it. For `lamarck doctor`. */
export async function probeIsolate(): Promise<
  { ok: true; version: string } | { ok: false; message: string }
> {
  try {
    await using programs = createProgramSandbox();
    const [outcome] = await programs.judge({ source: 'export default (a, b) => a + b', inputs: [[2, 3]] });
    if (!outcome?.ok || outcome.value !== 5) {
      return { ok: false, message: `An isolate could not add two numbers: ${JSON.stringify(outcome)}` };
    }
    const { version } = createRequire(import.meta.url)('isolated-vm/package.json') as { version: string };
    return { ok: true, version: `isolated-vm ${version}` };
  } catch (error) {
    return { ok: false, message: messageOf(error) };
  }
}
