/** Where a page says more than it shows: attributes, hidden fields and comments that hold what the agent has to find out. */

/** Names of attributes that speak of a solution. */
const SPEAKING = /^(data-)?(is-?)?(answer|correct|solution|expected|goal|right)$/i;
/** Shorter texts are in every page by chance. */
const SHORTEST = 3;

/**
 * @param html a page's text
 * @param answers texts that the solution needs and the instruction does not have
 * @returns each leak as a piece of the page
 */
export function leaksIn(html: string, answers: readonly string[]): string[] {
  // What scripts and styles say is never shown, and is no leak: it is how the page works.
  const markup = html.replaceAll(/<(script|style)\b.*?<\/\1>/gis, '');
  const telling = answers.filter((answer) => answer.length >= SHORTEST);
  const tells = (text: string): boolean => telling.some((answer) => text.includes(answer));
  const attributes = [...markup.matchAll(/<[a-z][^>]*>/gi)].flatMap(([tag]) => {
    const isHidden = /\stype=["']?hidden|\shidden[\s>=]/i.test(tag);
    return [...tag.matchAll(/\s([\w-]+)=(?:"([^"]*)"|'([^']*)'|([^\s>]+))/g)].flatMap(
      ([text, name = '', ...values]) => {
        const value = values.find((one) => one !== undefined) ?? '';
        const isLeak =
          SPEAKING.test(name) || ((/^data-/i.test(name) || (isHidden && name === 'value')) && tells(value));
        return isLeak ? [text.trim()] : [];
      },
    );
  });
  const comments = [...markup.matchAll(/<!--(.*?)-->/gs)].flatMap(([comment, text = '']) =>
    tells(text) ? [comment] : [],
  );
  return [...attributes, ...comments];
}
