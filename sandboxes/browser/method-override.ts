/** Of a request, as the protocol tells of it. */
export interface Stated {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Base64; a file's bytes are not told. */
  readonly postDataEntries?: readonly { readonly bytes?: string }[];
}

/** Servers that let a form have methods which HTML has not read the method there, before that of the request itself. */
const headerNames = /^x-(?:http-)?method(?:-override)?$/i;
const fieldName = '_method';
const inJson = new RegExp(`"${fieldName}"\\s*:\\s*"(\\w+)`, 'g');

/** All methods that a server may take a request for, in capitals. */
export function methodsOf({ url, method, headers, postDataEntries = [] }: Stated): readonly string[] {
  const body = Buffer.concat(
    postDataEntries.map(({ bytes = '' }) => Buffer.from(bytes, 'base64')),
  ).toString();
  return [
    method,
    ...Object.entries(headers).flatMap(([name, value]) => (headerNames.test(name) ? [value] : [])),
    ...new URL(url).searchParams.getAll(fieldName),
    ...new URLSearchParams(body).getAll(fieldName),
    ...[...body.matchAll(inJson)].map(([, stated = '']) => stated),
    ...inParts(body),
  ].map((stated) => stated.trim().toUpperCase());
}

/** What a form of parts states: the word behind the empty line that ends a part's headers. Reads a body once, however often it has the field. */
function inParts(body: string): string[] {
  const named = `"${fieldName}"\r\n`;
  const word = /\w+/y;
  const stated: string[] = [];
  let end = -1;
  for (let at = body.indexOf(named); at >= 0; at = body.indexOf(named, at + 1)) {
    if (end > at) continue;
    end = body.indexOf('\r\n\r\n', at);
    if (end < 0) break;
    word.lastIndex = end + 4;
    stated.push(word.exec(body)?.[0] ?? '');
  }
  return stated.filter((text) => text !== '');
}
