import { openProject } from '../engine/index.ts';

/** `lamarck tasks test [FILES]`: the tests of a project's tasks. */
export async function tasksTestCommand(
  files: readonly string[],
  { config }: { config?: string },
): Promise<void> {
  process.exitCode = await (await openProject({ config })).test(files);
}
