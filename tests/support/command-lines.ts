/**
 * Runs several command lines of Lamarck one after the other in this process, as if each had one of its own, and prints as JSON
 * what came of each. Node loads a module once, so that none of them may change a file that another one has loaded.
 *
 * Arguments: the module of the command line, and the words of all command lines as JSON.
 */
import { pathToFileURL } from 'node:url';

const [, , main = '', given = '[]'] = process.argv;
const commands = JSON.parse(given) as string[][];
const write = process.stdout.write.bind(process.stdout);
// Every command line listens once for what ends a process.
process.setMaxListeners(0);

/** What ends a command line that ends its process, as the parser does after help: it must not end the others. */
const exit = process.exit.bind(process);
let ended: { code: number } | undefined;
process.exit = (code): never => {
  ended ??= { code: Number(code ?? process.exitCode ?? 0) };
  throw new Error('This command line has ended.');
};

const results: { code: number; output: string; errors: string }[] = [];
for (const [at, words] of commands.entries()) {
  const result = { code: 0, output: '', errors: '' };
  process.stdout.write = capture((text) => (result.output += text));
  process.stderr.write = capture((text) => (result.errors += text));
  process.argv = [process.execPath, main, ...words];
  process.exitCode = undefined;
  ended = undefined;
  // The command line begins when it is loaded, which the address makes anew.
  await import(`${pathToFileURL(main).href}?at=${at}`);
  results.push({ ...result, code: endedWith() ?? Number(process.exitCode ?? 0) });
}
process.exitCode = 0;
write(JSON.stringify(results), () => exit());

function endedWith(): number | undefined {
  return ended?.code;
}

function capture(take: (text: string) => void): typeof process.stdout.write {
  return (chunk: string | Uint8Array, ...others: unknown[]): boolean => {
    if (ended === undefined) take(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    const done = others.at(-1);
    if (typeof done === 'function') queueMicrotask(() => (done as () => void)());
    return true;
  };
}
