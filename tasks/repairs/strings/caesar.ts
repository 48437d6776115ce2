const ALPHABET = 'abcdefghijklmnopqrstuvwxyz';

/** Every small letter moved on by `shift` places in the alphabet, around its end; all else as it is. */
export function encrypt(text: string, shift: number): string {
  return [...text].map((letter) => moved(letter, shift)).join('');
}

/** What was encrypted with that shift. */
export function decrypt(text: string, shift: number): string {
  return encrypt(text, -shift);
}

function moved(letter: string, shift: number): string {
  const place = ALPHABET.indexOf(letter);
  if (place === -1) return letter;
  const size = ALPHABET.length;
  return ALPHABET[(((place + shift) % size) + size) % size] ?? letter;
}
