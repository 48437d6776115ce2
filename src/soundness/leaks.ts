/** Where a page says more than it shows: attributes, hidden fields, comments and unshown text that hold what the agent has to find out. */

/** Names of attributes that speak of a solution. */
const SPEAKING = /^(data-)?(is-?)?(answer|correct|solution|expected|goal|right)$/i;
/** Attributes that people and agents are shown, or that say where something is. */
const SHOWN = /^(value|placeholder|alt|title|label|aria-\w+|src|srcset|action|formaction|style|on\w+)$/i;
/** Shorter texts are in every page by chance. */
const SHORTEST = 3;

/**
 * @param html a page's text
 * @param answers texts that the solution needs and the instruction does not have
 * @returns each leak as a piece of the page
 */
export function leaksIn(html: string, answers: readonly string[]): string[] {
  // What scripts and styles say is never shown, and is no leak where something runs: it is how the page works.
  const markup = html.replaceAll(/<(script|style)\b.*?<\/\1>/gis, '');
  const telling = answers.filter((answer) => answer.length >= SHORTEST).map((answer) => answer.toLowerCase());
  const tells = (text: string): boolean =>
    readings(text).some((reading) => telling.some((answer) => reading.includes(answer)));
  // Names of things have words in them that other words have too: only the whole answer counts, if nobody sees it besides.
  const shown = markup.replaceAll(/<!--.*?-->|<[^>]*>/gs, ' ').toLowerCase();
  const names = (text: string): boolean =>
    readings(text).some((reading) =>
      telling.some((answer) => !shown.includes(answer) && wordsOf(reading).includes(wordsOf(answer))),
    );
  const attributes = [...markup.matchAll(/<[a-z][^>]*>/gi)].flatMap(([tag]) => {
    const isHidden = /\stype=["']?hidden|\shidden[\s>=]/i.test(tag);
    return [...tag.matchAll(/\s([\w-]+)=(?:"([^"]*)"|'([^']*)'|([^\s>]+))/g)].flatMap(
      ([text, name = '', ...values]) => {
        const value = values.find((one) => one !== undefined) ?? '';
        const isLeak =
          SPEAKING.test(name) ||
          (/^data-/i.test(name) || (isHidden && /^value$/i.test(name))
            ? tells(value)
            : !SHOWN.test(name) && names(/^href$/i.test(name) ? hashIn(value) : value));
        return isLeak ? [text.trim()] : [];
      },
    );
  });
  const comments = [...markup.matchAll(/<!--(.*?)-->/gs)].flatMap(([comment, text = '']) =>
    tells(text) ? [comment] : [],
  );
  return [...attributes, ...comments, ...(isRunning(html) ? [] : unshownIn(html).filter(tells))];
}

/** Whether anything on the page could make use of what it does not show. */
function isRunning(html: string): boolean {
  return /<script\b(?![^>]*\bjson\b)|<[a-z][^>]*\son[a-z]+\s*=/i.test(html);
}

/** Pieces of a page on which nothing runs that nobody ever sees. */
function unshownIn(html: string): string[] {
  return [
    ...html.matchAll(
      /<(\w+)(?=[^>]*(?:\shidden[\s>=]|display:\s*none|visibility:\s*hidden))[^>]*>.*?<\/\1>/gis,
    ),
    ...html.matchAll(/<(script|template)\b.*?<\/\1>/gis),
    ...html.matchAll(/content:\s*(["']).*?\1/gis),
  ].map(([piece]) => piece);
}

function hashIn(address: string): string {
  return address.includes('#') ? address.slice(address.indexOf('#')) : '';
}

function wordsOf(text: string): string {
  return ` ${text
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join(' ')} `;
}

/** A text as it stands, with its entities read, and with what is in it in base64. */
function readings(text: string): string[] {
  const read = text.replaceAll(/&#(?:x([\da-f]+)|(\d+));/gi, (entity, hex?: string, decimal?: string) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10_ff_ff ? String.fromCodePoint(code) : entity;
  });
  const encoded = [...read.matchAll(/[\w+/-]{4,}={0,2}/g)].map(([piece]) =>
    Buffer.from(piece, 'base64').toString(),
  );
  return [text, read, ...encoded].map((reading) => reading.toLowerCase());
}
