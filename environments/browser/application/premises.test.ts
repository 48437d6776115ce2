import { describe, expect, it } from 'vitest';
import { Premises } from './premises.ts';
import type { WebServer } from './web-server.ts';

const baseURL = 'http://127.0.0.1:1';
const faults: [string, Partial<WebServer>, string][] = [
  ['a url', { command: 'npm start' }, 'has a webServer without a url.'],
  [
    'a whole url',
    { command: 'npm start', url: 'localhost' },
    'has a webServer whose url is no URL: "localhost".',
  ],
  ['a command', { url: baseURL }, 'has a webServer without a command.'],
];

describe('a web server', () => {
  it.each(faults)('is refused without %s, as it is defined', (_, server, says) => {
    const define = () => new Premises({ name: 'shop', baseURL, webServer: server as WebServer });
    expect(define).toThrow(`The environment "shop" ${says}`);
  });

  it.each(faults)(
    'is refused without %s before it is waited for, where it is of a worker',
    async (_, server, says) => {
      const premises = new Premises({ name: 'shop', baseURL, webServer: () => server as WebServer });
      await expect(premises.at(0)).rejects.toThrow(`The environment "shop" ${says}`);
    },
  );
});
