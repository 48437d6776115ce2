// The counter as `lamarck env serve` serves it. Prints the port that it listens on.
import { join } from 'node:path';
import { openProject } from '../../src/engine/index.ts';

const project = await openProject({ config: join(import.meta.dirname, 'lamarck.config.ts') });
const served = await project.serve('counter', () => undefined);
const server = await served.listen({ host: '127.0.0.1', port: 0, capacity: 128 });
console.log(new URL(server.url).port);
