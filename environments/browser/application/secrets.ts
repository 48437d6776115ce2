import { LamarckError, messageOf, type Json } from 'lamarck';
import { cutLooksOf, escaped, looksOf } from './looks-of-secrets.ts';

/** Shorter ones could not be told from other text. */
const shortest = 4;
/** In characters: no text of a page is cut before, see in-page/observing.ts. */
const shortestCut = 40;

type Look = readonly [look: RegExp, placeholder: string];

/**
 * Values that an agent may use and nobody may read: it writes `{{name}}`, the application is told the value, and wherever
 * that comes back it is `{{name}}` again.
 */
export class Secrets {
  readonly #values: ReadonlyMap<string, string>;
  /** How each value may look on its way back, longest first. */
  readonly #looks: readonly Look[];
  /** How the beginning of each may look, where a text was cut. */
  readonly #cutLooks: readonly Look[];
  /** A name as it stands in a text: it may look like a value itself. */
  readonly #placeholder: RegExp;

  /** @throws LamarckError `LAMARCK_SECRET_MISSING` where one has no value, or one too short to be found again. */
  constructor(environment: string, values: Readonly<Record<string, string | undefined>>) {
    this.#values = new Map(
      Object.entries(values).map(([name, value]) => {
        if (Secrets.isOne(value)) return [name, value];
        throw new LamarckError({
          code: 'LAMARCK_SECRET_MISSING',
          boundary: 'user',
          message: `The secret "${name}" of the environment "${environment}" ${value === undefined ? 'has no value' : `is shorter than ${shortest} characters`}.`,
          remedy:
            'Give it one where it is defined, for instance by an environment variable of the shell that starts Lamarck.',
        });
      }),
    );
    const longestFirst = [...this.#values].sort(([, one], [, other]) => other.length - one.length);
    const lookingAs = (looks: (value: string) => RegExp[]): Look[] =>
      longestFirst.flatMap(([name, value]) => looks(value).map((look) => [look, `{{${name}}}`] as const));
    this.#looks = lookingAs(looksOf);
    this.#cutLooks = lookingAs((value) => cutLooksOf(value, shortest));
    this.#placeholder = new RegExp(`(\\{\\{(?:${[...this.#values.keys()].map(escaped).join('|')})\\}\\})`);
  }

  static isOne(value: string | undefined): value is string {
    return value !== undefined && value.length >= shortest;
  }

  /** As they are, by name. */
  get values(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#values);
  }

  /** Puts values where their names are, in all texts within. */
  reveal<T>(value: T): T {
    const fill = (text: string): string =>
      text.replaceAll(
        /\{\{([^{}]+)\}\}/g,
        (placeholder, name: string) => this.#values.get(name) ?? placeholder,
      );
    return mapTexts(value as Json, fill) as T;
  }

  /** Puts names where values are, in all texts within. */
  hide<T>(value: T): T {
    return mapTexts(value as Json, (text) => this.#hideIn(text)) as T;
  }

  /** The same in what a page showed, whose long texts are cut wherever that comes to be. */
  hideShown<T>(value: T): T {
    return mapTexts(value as Json, (text) => this.#hideCutIn(this.#hideIn(text))) as T;
  }

  /** Does something whose errors may tell a value, and takes it out of them. */
  async keep<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const message = messageOf(error);
      const hidden = this.#hideCutIn(this.#hideIn(message));
      if (hidden === message) throw error;
      if (!LamarckError.isInstance(error)) throw new Error(hidden);
      const { code, boundary, remedy } = error;
      throw new LamarckError({ code, boundary, message: hidden, remedy });
    }
  }

  #hideIn(text: string): string {
    return this.#replace(text, this.#looks);
  }

  #hideCutIn(text: string): string {
    return text.length < shortestCut ? text : this.#replace(text, this.#cutLooks);
  }

  #replace(text: string, looks: readonly Look[]): string {
    return looks.reduce(
      (hidden, [look, placeholder]) =>
        hidden
          .split(this.#placeholder)
          .map((part, at) => (at % 2 === 0 ? part.replace(look, () => placeholder) : part))
          .join(''),
      text,
    );
  }
}

function mapTexts(value: Json, map: (text: string) => string): Json {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((each) => mapTexts(each as Json, map));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [map(key), mapTexts(each as Json, map)]),
  );
}
