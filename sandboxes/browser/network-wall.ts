import type { BrowserContextOptions } from 'playwright';

/** A name that no network has (RFC 2606), and that the browser does not even ask for. */
const nowhere = 'nowhere.invalid';
export const nowhereIsNotFound = `--host-resolver-rules=MAP ${nowhere} ~NOTFOUND`;

/**
 * Keeps a whole context to some origins. Interception sees what pages ask for; sockets of workers and what the browser fetches
 * ahead pass it by. Here all that is not for one of the origins is sent to a proxy that is nowhere.
 */
export function wallAround(origins: readonly string[]): BrowserContextOptions {
  const addresses = origins.map((origin) => {
    const { protocol, hostname, port } = new URL(origin);
    return `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;
  });
  // Without this entry Chromium would reach every port of this machine without the proxy.
  return { proxy: { server: `http://${nowhere}:9`, bypass: ['<-loopback>', ...addresses].join(',') } };
}
