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
/** The field in JSON and in a form of parts. */
const inBody = new RegExp(`"${fieldName}"(?:\\s*:\\s*"|\\r\\n(?:[^\\r\\n]+\\r\\n)*\\r\\n)(\\w+)`, 'g');

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
    ...[...body.matchAll(inBody)].map(([, stated = '']) => stated),
  ].map((stated) => stated.trim().toUpperCase());
}
