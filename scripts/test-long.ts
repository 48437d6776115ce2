import { spawn } from 'node:child_process';

// `LONG=1` chooses the files, see vitest.config.ts; npm's scripts have no way to set it that every shell knows.
const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, LONG: '1' },
});
child.on('exit', (code) => process.exit(code ?? 1));
