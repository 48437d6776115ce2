import { describe, expect, it } from 'vitest';
import { Secrets } from './secrets.ts';

const value = 'correct "horse" &/ Co';
const secrets = new Secrets('shop', { password: value, token: 'abcd' });

describe('secrets', () => {
  it('are revealed by name, within anything', () => {
    expect(secrets.reveal({ ref: 'e1', text: 'my {{password}}, {{token}} and {{other}}' })).toEqual({
      ref: 'e1',
      text: `my ${value}, abcd and {{other}}`,
    });
  });

  it.each([
    ['as they are', value],
    ['in an address', `/search?q=${encodeURIComponent(value)}`],
    ['in a sent form', new URLSearchParams({ q: value }).toString()],
    ['in a JSON text', JSON.stringify({ value })],
    ['in HTML', 'correct &quot;horse&quot; &amp;/ Co'],
    ['in base64', Buffer.from(value).toString('base64')],
    ['as credentials', `Basic ${Buffer.from(`ada:${value}`).toString('base64')}`],
    ['as credentials of another', `Basic ${Buffer.from(`adam:${value}`).toString('base64')}`],
    ['in base64 for an address', Buffer.from(`${value}?>`).toString('base64url')],
    ['in other case', value.toUpperCase()],
    [
      'in an address that is written otherwise',
      encodeURIComponent(value).replaceAll(/%../g, (one) => one.toLowerCase()),
    ],
    ['in an address within an address', encodeURIComponent(encodeURIComponent(value))],
    ['in JSON within JSON', JSON.stringify(JSON.stringify({ value }))],
    [
      'in JSON of other letters',
      [...value].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
    ],
    ['in HTML by number', value.replaceAll(/\W/g, (one) => `&#${one.charCodeAt(0)};`)],
    [
      'in HTML by hexadecimal number',
      value.replaceAll(/\W/g, (one) => `&#x${one.charCodeAt(0).toString(16)};`),
    ],
    ['in HTML within HTML', 'correct &amp;quot;horse&amp;quot; &amp;amp;/ Co'],
    ['in hexadecimal digits', Buffer.from(value).toString('hex')],
  ])('are hidden %s', (_, text) => {
    const hidden = secrets.hide(text);
    expect(hidden).toContain('{{password}}');
    expect(hidden).not.toMatch(/horse|686f72|aG9yc|hvcn|ob3Jz/i);
    expect(hidden).not.toMatch(/co(?!de)\W*$/i);
  });

  it('are hidden where they are cut, as soon as they can be told from other text', () => {
    const before = 'what comes before them is long enough: ';
    for (const look of [value, encodeURIComponent(value), Buffer.from(value).toString('base64')])
      for (let length = 8; length < look.length; length++)
        expect(secrets.hideShown(before + look.slice(0, length))).toBe(`${before}{{password}}`);
    expect(secrets.hideShown(`${before}cor`)).toBe(`${before}cor`);
    expect(secrets.hideShown('correct')).toBe('correct');
  });

  it('are not taken for their names', () => {
    const own = new Secrets('shop', { password: 'Password', user: 'word' });
    expect(own.hide('{{password}} is password, {{user}} is word')).toBe(
      '{{password}} is {{password}}, {{user}} is {{user}}',
    );
  });

  it('are hidden at any depth, in keys too', () => {
    expect(secrets.hide({ list: [{ [value]: 1, plain: null }], text: 'abcd' })).toEqual({
      list: [{ '{{password}}': 1, plain: null }],
      text: '{{token}}',
    });
  });

  it('are hidden in errors', async () => {
    const failing = secrets.keep(() => Promise.reject(new Error(`cannot fill "${value}"`)));
    await expect(failing).rejects.toThrow('cannot fill "{{password}}"');
  });

  it('must be there, and long enough to be found again', () => {
    expect(() => new Secrets('shop', { password: undefined })).toThrow(
      'The secret "password" of the environment "shop" has no value.',
    );
    expect(() => new Secrets('shop', { pin: '123' })).toThrow(
      '"pin" of the environment "shop" is shorter than 4',
    );
  });
});
