import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/** Everything that must hold of the code besides its tests; each is a file for Node with its arguments. */
const CHECKS: Readonly<Record<string, readonly string[]>> = {
  format: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'],
  lint: ['node_modules/eslint/bin/eslint.js', '--max-warnings=0', '.'],
  types: ['node_modules/typescript7/bin/tsc', '-p', '.'],
  imports: ['scripts/check-rooms.ts', 'rooms'],
  errors: ['scripts/error-catalogue.ts', '--check'],
  unused: ['scripts/check-rooms.ts', 'unused'],
};

/** Runs one check to its end and gives back what it printed where it failed. */
async function run(name: string, command: readonly string[]): Promise<{ name: string; complaint?: string }> {
  const start = performance.now();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...command]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const code = await new Promise((resolve) => child.on('close', resolve));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(8)} ${seconds.padStart(5)} s`);
  return code === 0 ? { name } : { name, complaint: output.trim() };
}

const outcomes = await Promise.all(Object.entries(CHECKS).map(([name, command]) => run(name, command)));
for (const { name, complaint } of outcomes) {
  if (complaint === undefined) continue;
  console.log(`\n--- ${name}\n${complaint}`);
  process.exitCode = 1;
}
