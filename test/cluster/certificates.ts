/**
 * Certificates for the test control plane: an authority, a server and client users. Node signs but cannot write X.509,
 * so the few DER structures (RFC 5280) that such a certificate consists of are encoded here.
 */
import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';

/** A certificate and its private key, both PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** What a certificate says about its holder. */
export interface Subject {
  /** Common name; Kubernetes takes a client's as the user name. */
  readonly user: string;
  /** Organizations; Kubernetes takes a client's as groups. */
  readonly groups?: readonly string[];
  /** DNS names and IP addresses of a server. */
  readonly hosts?: readonly string[];
}

function tagged(tag: number, ...contents: Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length: number[] = [];
  for (let rest = body.length; rest > 0; rest = Math.floor(rest / 256)) length.unshift(rest % 256);
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length, ...length]), body]);
}

const sequence = (...items: Uint8Array[]): Buffer => tagged(0x30, ...items);
const set = (...items: Uint8Array[]): Buffer => tagged(0x31, ...items);
const octets = (content: Uint8Array): Buffer => tagged(0x04, content);
const bits = (content: Uint8Array): Buffer => tagged(0x03, Buffer.from([0]), content);
const boolean = (value: boolean): Buffer => tagged(0x01, Buffer.from([value ? 0xff : 0]));
const utf8 = (text: string): Buffer => tagged(0x0c, Buffer.from(text));

function integer(bytes: Uint8Array): Buffer {
  // A leading bit of 1 would make the number negative.
  return tagged(0x02, (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

function identifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const septets = [part & 0x7f];
    for (let high = part >> 7; high > 0; high >>= 7) septets.unshift((high & 0x7f) | 0x80);
    bytes.push(...septets);
  }
  return tagged(0x06, Buffer.from(bytes));
}

function time(moment: Date): Buffer {
  return tagged(0x18, Buffer.from(`${moment.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));
}

function name(subject: Subject): Buffer {
  const part = (oid: string, text: string): Buffer => set(sequence(identifier(oid), utf8(text)));
  return sequence(...(subject.groups ?? []).map((group) => part('2.5.4.10', group)), part('2.5.4.3', subject.user));
}

function address(host: string): Buffer {
  const kind = isIP(host);
  if (kind === 4) return tagged(0x87, Buffer.from(host.split('.').map(Number)));
  if (kind === 6) {
    const [left = '', right = ''] = host.split('::');
    const groups = (text: string): string[] => text.split(':').filter(Boolean);
    const zeros = Array.from({ length: 8 - groups(left).length - groups(right).length }, () => '0');
    const words = [...groups(left), ...zeros, ...groups(right)];
    return tagged(0x87, Buffer.from(words.map((word) => word.padStart(4, '0')).join(''), 'hex'));
  }
  return tagged(0x82, Buffer.from(host));
}

function extension(oid: string, critical: boolean, value: Uint8Array): Buffer {
  return sequence(identifier(oid), ...(critical ? [boolean(true)] : []), octets(value));
}

function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

interface Issuer {
  readonly subject: Subject;
  readonly key: KeyObject;
}

function issue(
  subject: Subject,
  issuer: Issuer | undefined,
  usage: 'authority' | 'server' | 'client',
): Certificate & { privateKey: KeyObject } {
  const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const algorithm = sequence(identifier('1.2.840.10045.4.3.2'));
  const day = 24 * 3600 * 1000;
  const extensions = [extension('2.5.29.19', true, usage === 'authority' ? sequence(boolean(true)) : sequence())];
  if (usage === 'authority') {
    extensions.push(extension('2.5.29.15', true, tagged(0x03, Buffer.from([2, 0b10000100]))));
  } else {
    extensions.push(extension('2.5.29.15', true, tagged(0x03, Buffer.from([7, 0b10000000]))));
    extensions.push(
      extension(
        '2.5.29.37',
        false,
        sequence(identifier(usage === 'server' ? '1.3.6.1.5.5.7.3.1' : '1.3.6.1.5.5.7.3.2')),
      ),
    );
  }
  if (subject.hosts) extensions.push(extension('2.5.29.17', false, sequence(...subject.hosts.map(address))));
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    name(issuer?.subject ?? subject),
    // A machine whose clock was just set back must not find the certificate of the future.
    sequence(time(new Date(Date.now() - day)), time(new Date(Date.now() + 365 * day))),
    name(subject),
    pair.publicKey.export({ format: 'der', type: 'spki' }),
    tagged(0xa3, sequence(...extensions)),
  );
  const signature = sign('sha256', body, issuer?.key ?? pair.privateKey);
  return {
    certificate: pem('CERTIFICATE', sequence(body, algorithm, bits(signature))),
    key: pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    privateKey: pair.privateKey,
  };
}

/** A certificate authority that lives as long as the test. */
export interface Authority {
  /** The authority's own certificate, PEM. */
  readonly certificate: string;
  /** Signs a certificate for a server reachable under `subject.hosts`. */
  server(subject: Subject): Certificate;
  /** Signs a certificate by which a client authenticates as `subject.user` in `subject.groups`. */
  client(subject: Subject): Certificate;
}

/** Makes a new certificate authority; its key stays in memory. */
export function createAuthority(): Authority {
  const subject: Subject = { user: 'jobwright test authority' };
  const own = issue(subject, undefined, 'authority');
  const by: Issuer = { subject, key: own.privateKey };
  const plain = ({ certificate, key }: Certificate): Certificate => ({ certificate, key });
  return {
    certificate: own.certificate,
    server: (holder) => plain(issue(holder, by, 'server')),
    client: (holder) => plain(issue(holder, by, 'client')),
  };
}

/** A key pair for signing service account tokens, PEM. */
export function serviceAccountKeys(): { readonly publicKey: string; readonly privateKey: string } {
  const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return {
    publicKey: pair.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    privateKey: pair.privateKey.export({ format: 'pem', type: 'sec1' }).toString(),
  };
}
