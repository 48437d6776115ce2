import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { build, transform } from './bundler.ts';
import { compileGenome } from './compile-genome.ts';

/** The processes of esbuild that this one has started. */
function services(): number[] {
  const list = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return list.split('\n').flatMap((line) => {
    const [pid, parent] = line.trim().split(/\s+/);
    return Number(parent) === process.pid && line.includes('--service=') ? [Number(pid)] : [];
  });
}

/** Those of earlier tests in this process too: one that was stopped may not be gone yet. */
function killServices(): void {
  for (const pid of services()) process.kill(pid, 'SIGKILL');
}

it('goes on where the process of esbuild is killed, with what was asked of it and what is asked later', async () => {
  await transform('let a: number = 1', { loader: 'ts' });
  killServices();
  // Of these, the death finds some on their way, and others not asked yet.
  const texts = await Promise.all(
    [1, 2, 3, 4].map(async (n) => {
      await new Promise((resolve) => setTimeout(resolve, n));
      const { code } = await transform(`let a: number = ${n}`, { loader: 'ts' });
      return code.trim();
    }),
  );
  expect(texts).toEqual([1, 2, 3, 4].map((n) => `let a = ${n};`));
  // One that was given up may take a moment to end.
  await expect.poll(services, { timeout: 120_000 }).toHaveLength(1);
  killServices();
  const built = await build({ stdin: { contents: 'export const a = 1' }, write: false });
  expect(built.outputFiles[0]?.text).toContain('a = 1');
  killServices();
  // Nobody blames the genome.
  expect((await compileGenome({ 'agent.ts': 'export default 1' }, 'agent.ts')).code).toContain('1');
});

it('does not ask again what is wrong', async () => {
  await expect(transform('let a: = 1', { loader: 'ts' })).rejects.toThrow('Unexpected');
});
