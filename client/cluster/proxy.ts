import { BlockList, isIP } from 'node:net';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment names for a server, as kubectl reads it: `HTTPS_PROXY` or `HTTP_PROXY` by the server's
 * scheme (either case), unless `NO_PROXY` names the host. The machine itself is never asked for through a proxy.
 *
 * @returns the proxy's URL, or null
 */
export function proxyFromEnvironment(server: URL, env: Environment): string | null {
  const pick = (name: string): string => env[name.toLowerCase()] || env[name] || '';
  const proxy = server.protocol === 'https:' ? pick('HTTPS_PROXY') : pick('HTTP_PROXY');
  if (proxy === '') return null;
  const host = server.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === 'localhost' || host === '::1' || host.startsWith('127.')) return null;
  const port = server.port || (server.protocol === 'https:' ? '443' : '80');
  const exempt = pick('NO_PROXY')
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => entry !== '' && exempts(entry, host, port));
  if (exempt) return null;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

/** True when one entry of NO_PROXY (`*`, a domain, `.domain`, an address, a CIDR block, each with `:port` or not) names the host. */
function exempts(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const [block, bits] = entry.split('/');
  if (bits !== undefined) return inBlock(host, block ?? '', Number(bits));
  const withPort = /^(.*):(\d+)$/.exec(entry);
  const lone = withPort !== null && isIP(entry) === 0;
  const name = (lone ? withPort[1]! : entry).replace(/^\[|\]$/g, '').replace(/^\*\./, '.');
  if (lone && withPort[2] !== port) return false;
  if (name.startsWith('.')) return host.endsWith(name);
  return host === name || (isIP(name) === 0 && host.endsWith(`.${name}`));
}

function inBlock(host: string, block: string, bits: number): boolean {
  const family = isIP(block);
  if (family === 0 || isIP(host) !== family || !Number.isInteger(bits) || bits < 0 || bits > (family === 4 ? 32 : 128))
    return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const blocks = new BlockList();
  blocks.addSubnet(block, bits, type);
  return blocks.check(host, type);
}
