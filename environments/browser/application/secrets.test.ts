import { describe, expect, it } from 'vitest';
import { Secrets } from './secrets.ts';

const value = 'correct "horse" & Co';
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
    ['in HTML', 'correct &quot;horse&quot; &amp; Co'],
    ['as credentials', Buffer.from(value).toString('base64')],
  ])('are hidden %s', (_, text) => {
    const hidden = secrets.hide(text);
    expect(hidden).toContain('{{password}}');
    expect(hidden).not.toContain('horse');
    expect(hidden).not.toContain(encodeURIComponent('horse"'));
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
