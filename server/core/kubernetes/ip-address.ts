/** Complaints of the API server about an IP address; empty when it takes the address. */
export function ipAddressProblems(text: string): readonly string[] {
  const address = text.includes(':') ? readIpv6(text) : readIpv4(text);
  if (address === null) return ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'];
  const problems: string[] = [];
  if (address.padded) problems.push('must not have leading 0s');
  else if (isMapped(address.groups)) problems.push('must not be an IPv4-mapped IPv6 address');
  return problems;
}

/** True for what the server takes for an address. */
export function isIpAddress(text: string): boolean {
  return ipAddressProblems(text).length === 0;
}

interface Address {
  /** Sixteen-bit groups: two for IPv4, eight for IPv6. */
  readonly groups: readonly number[];
  /** Some number has more digits than the strict grammar allows. */
  readonly padded: boolean;
}

function readIpv4(text: string): Address | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^0*[0-9]{1,3}$/.test(part) && Number(part) <= 255)) return null;
  const [a, b, c, d] = parts.map(Number) as [number, number, number, number];
  return { groups: [a * 256 + b, c * 256 + d], padded: parts.some((part) => /^0[0-9]/.test(part)) };
}

function readIpv6(text: string): Address | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const sides = halves.map((half) => readGroups(half));
  const [before, after] = sides;
  if (before === null || before === undefined || after === null) return null;
  const given = before.groups.length + (after?.groups.length ?? 0);
  // An ellipsis stands for at least one group.
  if (after === undefined ? given !== 8 : given > 7) return null;
  const gap = Array.from({ length: 8 - given }, () => 0);
  return {
    groups: [...before.groups, ...gap, ...(after?.groups ?? [])],
    padded: before.padded || after?.padded === true,
  };
}

/** Groups of one side of the ellipsis; an IPv4 address may end them. */
function readGroups(text: string): Address | null {
  if (text === '') return { groups: [], padded: false };
  const groups: number[] = [];
  let padded = false;
  const parts = text.split(':');
  for (const [at, part] of parts.entries()) {
    const tail = at === parts.length - 1 && part.includes('.') ? readIpv4(part) : null;
    if (tail !== null) {
      groups.push(...tail.groups);
      padded ||= tail.padded;
    } else if (/^0*[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16));
      padded ||= part.length > 4;
    } else return null;
  }
  return { groups, padded };
}

function isMapped(groups: readonly number[]): boolean {
  return groups.length === 8 && groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
}

/** The address as RFC 5952 writes it (IPv6 in lower case, the longest run of zeros left out); as given if it is none. */
export function canonicalIpAddress(text: string): string {
  const address = text.includes(':') ? readIpv6(text) : null;
  if (address === null) return text;
  const groups = address.groups;
  let first = -1;
  let length = 1;
  for (let at = 0; at < groups.length; at++) {
    let end = at;
    while (groups[end] === 0) end++;
    if (end - at <= length) continue;
    first = at;
    length = end - at;
  }
  const hex = groups.map((group) => group.toString(16));
  if (first < 0) return hex.join(':');
  return `${hex.slice(0, first).join(':')}::${hex.slice(first + length).join(':')}`;
}
