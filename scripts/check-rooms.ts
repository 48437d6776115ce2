import { existsSync } from 'node:fs';
import { cyclesOf } from './import-cycles.ts';
import { readManifest, readModules } from './module-graph.ts';
import { breachesOf } from './room-rules.ts';
import { unusedCode } from './unused-code.ts';

// Who imports whom (room-rules.ts), circles of imports, and what is exported for nobody.
const FOLDERS = ['src', 'sandboxes', 'environments', 'agents', 'tasks', 'tests', 'benchmarks', 'scripts'];

const manifest = readManifest('.');
const modules = readModules(
  '.',
  FOLDERS.filter((folder) => existsSync(folder)),
);
const findings =
  process.argv[2] === 'unused'
    ? unusedCode(modules, manifest)
    : [
        ...breachesOf(modules, manifest),
        ...cyclesOf(modules).map((circle) => `${circle[0]}:1 imports itself: ${circle.join(' -> ')}`),
      ];
if (findings.length > 0) {
  console.log(findings.join('\n'));
  process.exitCode = 1;
}
