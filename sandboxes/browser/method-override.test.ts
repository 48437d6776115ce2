import { describe, expect, it } from 'vitest';
import { methodsOf } from './method-override.ts';

const methodsIn = (body: string): readonly string[] =>
  methodsOf({
    url: 'http://localhost/',
    method: 'POST',
    headers: {},
    postDataEntries: [{ bytes: Buffer.from(body).toString('base64') }],
  });
const part = (headers: string, value: string): string =>
  `--b\r\nContent-Disposition: form-data; name="_method"\r\n${headers}\r\n${value}\r\n--b--`;

describe('the methods that a request may be taken for', () => {
  it.each([
    ['JSON', '{ "_method" : "delete" }'],
    ['a form', '_method=delete'],
    ['a form of parts', part('', 'delete')],
    ['a part with further headers', part('Content-Type: text/plain\r\nX-A: b\r\n', 'delete')],
  ])('has one that is stated in %s', (_what, body) => {
    expect(methodsIn(body)).toContain('DELETE');
  });

  it('has no other where a part states none', () => {
    expect(methodsIn(part('', ''))).toEqual(['POST']);
  });

  it('is found in one reading, however often a body begins to state one', () => {
    expect(methodsIn('"_method"\r\nx\r\n'.repeat(300_000))).toEqual(['POST']);
    expect(methodsIn(`${'"_method"\r\nx\r\n'.repeat(300_000)}\r\nput`)).toEqual(['POST', 'PUT']);
  });
});
