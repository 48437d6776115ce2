// A process of isolates: it runs the code that comes as its first message, which serves the messages after that. It ends with its
// parent, however that ends.
import { createRequire } from 'node:module';
import { runInThisContext } from 'node:vm';

process.once('message', ({ code }: { code: string }) => {
  const run = runInThisContext(code, { filename: process.argv[2] }) as (require: NodeJS.Require) => void;
  run(createRequire(import.meta.url));
});
process.once('disconnect', () => process.exit(0));
