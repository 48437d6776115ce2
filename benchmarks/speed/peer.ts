import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import { promisify } from 'node:util';

/** The Python that peers are installed in. */
const PYTHON = process.env['PEERS_PYTHON'] ?? 'python3';

/** Why a peer cannot be measured here, as a clause; undefined where it can. @param module what Python imports it as */
export async function whyNot(module: string): Promise<string | undefined> {
  try {
    await promisify(execFile)(PYTHON, ['-c', `import ${module}`]);
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return `there is no ${PYTHON}`;
    return `${PYTHON} cannot import ${module}: install its package there, or name another Python in PEERS_PYTHON`;
  }
}

/** A program that prints a line where it is ready, and one for each line that it is given. */
export class LineProcess implements Disposable {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;

  constructor(command: string, words: readonly string[]) {
    const child = spawn(command, words, { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#child = child;
    this.#reader = createInterface(child.stdout);
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  /** @throws Error where it ended */
  async line(): Promise<string> {
    const { value, done = false } = await this.#lines.next();
    if (done) throw new Error('The program of a peer ended before it answered.');
    return value as string;
  }

  /** Has it do what a line says; resolves with its answer. */
  async ask(line: string | number): Promise<string> {
    this.#child.stdin?.write(`${line}\n`);
    return this.line();
  }

  [Symbol.dispose](): void {
    this.#reader.close();
    this.#child.kill();
  }
}

export function startPython(file: string): LineProcess {
  return new LineProcess(PYTHON, [file]);
}
