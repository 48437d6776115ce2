import { createLogUpdate } from 'log-update';
import { ansiOf, styled, type Text } from './styled-text.ts';
import { stripVTControlCharacters } from 'node:util';

type LiveLines = ReturnType<typeof createLogUpdate>;

/** What a write to a pipe, a socket or a terminal that nobody reads any more fails with. */
const READER_LEFT = new Set(['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

/** Where work stands that goes on without a reader; undefined while a command has no such work. */
let standing: (() => Text) | undefined;

/**
 * The one way by which text reaches a person. What is not ours is escaped, and styles are left out where there is no terminal that
 * wants them.
 */
class Output {
  readonly #stream: NodeJS.WriteStream;
  /** Takes over when nobody reads this one any more. */
  readonly #fallback: Output | undefined;
  #live: LiveLines | undefined;
  #isLost = false;

  constructor(stream: NodeJS.WriteStream, fallback?: Output) {
    this.#stream = stream;
    this.#fallback = fallback;
    // Without a listener Node ends the process with a stack. Each write has a callback that hears of the same error.
    stream.on('error', (error: NodeJS.ErrnoException) => this.#lose(error));
  }

  /** Whether lines can be drawn again. */
  get isTerminal(): boolean {
    if (this.#isLost) return this.#fallback?.isTerminal ?? false;
    return this.#stream.isTTY && process.env['TERM'] !== 'dumb';
  }

  line(text: Text = ''): void {
    this.write(styled`${text}\n`);
  }

  write(text: Text): void {
    this.#send(text, (output) => output.#rendered(text));
  }

  /** JSON for programs: neither escaped nor styled, and not of use anywhere else when nobody reads it. */
  json(value: unknown, indent?: number): void {
    if (!this.#isLost) this.#send(undefined, () => `${JSON.stringify(value, null, indent)}\n`);
  }

  /** Draws lines below all others, in place of those it drew before. Only on a terminal. */
  redraw(text: Text): void {
    if (this.#isLost) return this.#fallback?.redraw(text);
    this.#live ??= createLogUpdate(this.#stream);
    this.#live(this.#rendered(text));
  }

  clear(): void {
    this.#live?.clear();
    if (this.#isLost) this.#fallback?.clear();
  }

  #rendered(text: Text): string {
    const ansi = ansiOf(text);
    // Asks for NO_COLOR and its kin; only terminals have this method.
    return this.#stream.isTTY && this.#stream.hasColors() ? ansi : stripVTControlCharacters(ansi);
  }

  #send(again: Text | undefined, render: (output: Output) => string): void {
    const handOver = (): void => {
      if (again !== undefined) this.#fallback?.write(again);
    };
    if (this.#isLost) return handOver();
    this.#stream.write(render(this), (error) => {
      if (!error) return;
      this.#lose(error);
      handOver();
    });
  }

  #lose(error: NodeJS.ErrnoException): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#live = undefined;
    if (this.#fallback === undefined) return;
    const isUnread = READER_LEFT.has(error.code ?? '');
    if (standing === undefined) {
      // A reader that has seen enough, as `head` has, is no failure.
      if (!isUnread) this.#fallback.line(`Standard output cannot be written: ${error.message}`);
      process.exit(isUnread ? (process.exitCode ?? 0) : 1);
    }
    const reason = isUnread ? 'Nobody reads standard output any more' : 'Standard output cannot be written';
    this.#fallback.line(
      styled`${reason} (${error.code ?? error.message}). The work goes on, and is reported here: ${standing()}.`,
    );
  }
}

export type { Output };

export const standardError = new Output(process.stderr);
export const standardOutput = new Output(process.stdout, standardError);

/** A line of what was asked for. */
export function print(text?: Text): void {
  standardOutput.line(text);
}

/** A line on how it goes, which must not stand among what was asked for. */
export function notice(text: Text): void {
  standardError.line(text);
}

export function printJson(value: unknown): void {
  standardOutput.json(value, 2);
}

/** Prints a value as one line of JSON, where a command prints many. */
export function printJsonLine(value: unknown): void {
  standardOutput.json(value);
}

/** Columns of the terminal; no limit elsewhere. */
export function columns(): number {
  return process.stdout.columns ?? Infinity;
}

/**
 * From here on the command does work that is worth more than its output: when the reader of standard output leaves, it goes on, and
 * what would have been printed goes to standard error. Other commands end, quietly.
 *
 * @param where the work stands, as a clause
 */
export function outliveReaders(where: () => Text): void {
  standing = where;
}
