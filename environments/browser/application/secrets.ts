import { LamarckError, messageOf, type Json } from 'lamarck';

/** Shorter ones could not be told from other text. */
const shortest = 4;

/**
 * Values that an agent may use and nobody may read: it writes `{{name}}`, the application is told the value, and wherever
 * that comes back it is `{{name}}` again.
 */
export class Secrets {
  readonly #values: ReadonlyMap<string, string>;
  /** How each value may look on its way back, longest first. */
  readonly #looks: readonly (readonly [look: string, placeholder: string])[];

  /** @throws LamarckError `LAMARCK_SECRET_MISSING` where one has no value, or one too short to be found again. */
  constructor(environment: string, values: Readonly<Record<string, string | undefined>>) {
    this.#values = new Map(
      Object.entries(values).map(([name, value]) => {
        if (value !== undefined && value.length >= shortest) return [name, value];
        throw new LamarckError({
          code: 'LAMARCK_SECRET_MISSING',
          boundary: 'user',
          message: `The secret "${name}" of the environment "${environment}" ${value === undefined ? 'has no value' : `is shorter than ${shortest} characters`}.`,
          remedy:
            'Give it one where it is defined, for instance by an environment variable of the shell that starts Lamarck.',
        });
      }),
    );
    this.#looks = [...this.#values]
      .flatMap(([name, value]) => looksOf(value).map((look) => [look, `{{${name}}}`] as const))
      .sort(([one], [other]) => other.length - one.length);
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

  /** Does something whose errors may tell a value, and takes it out of them. */
  async keep<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const message = messageOf(error);
      const hidden = this.#hideIn(message);
      if (hidden === message) throw error;
      if (!LamarckError.isInstance(error)) throw new Error(hidden);
      const { code, boundary, remedy } = error;
      throw new LamarckError({ code, boundary, message: hidden, ...(remedy !== undefined && { remedy }) });
    }
  }

  #hideIn(text: string): string {
    return this.#looks.reduce((hidden, [look, placeholder]) => hidden.replaceAll(look, placeholder), text);
  }
}

/** As it is, in an address, in a sent form, in a JSON text, in HTML, and as credentials travel. */
function looksOf(value: string): string[] {
  const html = value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  return [
    ...new Set([
      value,
      encodeURIComponent(value),
      new URLSearchParams({ '': value }).toString().slice(1),
      JSON.stringify(value).slice(1, -1),
      html,
      Buffer.from(value).toString('base64'),
      Buffer.from(value).toString('base64url'),
    ]),
  ];
}

function mapTexts(value: Json, map: (text: string) => string): Json {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((each) => mapTexts(each as Json, map));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [map(key), mapTexts(each as Json, map)]),
  );
}
