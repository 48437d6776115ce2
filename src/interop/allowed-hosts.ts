import { isIP } from 'node:net';
import { hostname } from 'node:os';

/**
 * Whether a request's `Host` header may name this server. A page can have a name of its own lead to any address (DNS
 * rebinding) and then counts as one of this server: a browser sends no `Origin` with what it asks for, but the name. So names
 * are known ones; an address cannot be made to lead elsewhere.
 *
 * @param named names besides `localhost` and the machine's own
 */
export function createHostCheck(named: readonly string[]): (host: string | undefined) => boolean {
  const machine = plain(hostname());
  const known = new Set(['localhost', machine, `${machine}.local`, ...named.map(plain)]);
  return (host) => {
    const [, name] = /^(\[[\da-f:.]+\]|[^\s:/@?#[\]\\]+)(?::\d+)?$/i.exec(host ?? '') ?? [];
    if (name === undefined) return false;
    const bare = plain(name);
    return isIP(bare) !== 0 || known.has(bare) || bare.endsWith('.localhost');
  };
}

/** As names are compared; without the brackets of an IPv6 address. */
function plain(name: string): string {
  return name
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
}
