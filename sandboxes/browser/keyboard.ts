import { rejectAction } from 'lamarck';
import type { Session } from './browser-pipe.ts';

type Send = Session['send'];

/** DOM key name → physical key, Windows virtual key code, and what it types. */
const namedKeys: ReadonlyMap<string, readonly [code: string, virtual: number, text?: string]> = new Map([
  ['Enter', ['Enter', 13, '\r']],
  ['Tab', ['Tab', 9]],
  ['Escape', ['Escape', 27]],
  ['Backspace', ['Backspace', 8]],
  ['Delete', ['Delete', 46]],
  [' ', ['Space', 32, ' ']],
  ['ArrowLeft', ['ArrowLeft', 37]],
  ['ArrowUp', ['ArrowUp', 38]],
  ['ArrowRight', ['ArrowRight', 39]],
  ['ArrowDown', ['ArrowDown', 40]],
  ['PageUp', ['PageUp', 33]],
  ['PageDown', ['PageDown', 34]],
  ['End', ['End', 35]],
  ['Home', ['Home', 36]],
]);

/** Characters that are typed key by key; of a longer text, which a person would paste, lines are inserted. */
const MOST_KEYED = 1_000;
/** Keys on their way to the page at once: each is bounded in wall time from when it is sent. */
const MOST_SENT = 200;

/** Presses and releases a key. The two messages go out together, the page takes them in order. */
export function pressKey(send: Send, key: string): Promise<unknown> {
  const known = namedKeys.get(key === 'Space' ? ' ' : key);
  if (!known && [...key].length !== 1) {
    throw rejectAction(
      `There is no key "${key}"; use a character or one of ${[...namedKeys.keys()].join(', ')}.`,
    );
  }
  const [code, virtual, text] = known ?? characterKey(key);
  const pressed = { key: key === 'Space' ? ' ' : key, code, windowsVirtualKeyCode: virtual };
  return Promise.all([
    send('Input.dispatchKeyEvent', {
      type: text === undefined ? 'rawKeyDown' : 'keyDown',
      ...pressed,
      ...(text !== undefined && { text }),
    }),
    send('Input.dispatchKeyEvent', { type: 'keyUp', ...pressed }),
  ]);
}

/**
 * Types a text key by key, so that pages that listen to keys see them; what no keyboard has is inserted. So are whole lines
 * where nobody hears the keys, and those of long texts: the browser takes as long for one key as for a line.
 */
export async function typeText(send: Send, text: string, isHeard: boolean): Promise<void> {
  const isKeyed = isHeard && text.length <= MOST_KEYED;
  const pieces = isKeyed ? [...text] : text.split(/(\n)/).filter((piece) => piece !== '');
  const type = (piece: string): Promise<unknown> =>
    piece === '\n'
      ? pressKey(send, 'Enter')
      : isKeyed && /^[\x20-\x7e]$/.test(piece)
        ? pressKey(send, piece)
        : send('Input.insertText', { text: piece });
  for (let first = 0; first < pieces.length; first += MOST_SENT)
    await Promise.all(pieces.slice(first, first + MOST_SENT).map(type));
}

function characterKey(character: string): readonly [code: string, virtual: number, text: string] {
  const upper = character.toUpperCase();
  if (/^[A-Z]$/.test(upper)) return [`Key${upper}`, upper.charCodeAt(0), character];
  if (/^\d$/.test(character)) return [`Digit${character}`, character.charCodeAt(0), character];
  return ['', 0, character];
}
