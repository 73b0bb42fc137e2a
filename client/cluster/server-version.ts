import type { Connection } from './connection.ts';

/**
 * What the cluster says of its version: `v1.34.2+k3s1`. Null where it does not say; everybody may ask, but some clusters
 * hide it.
 */
export async function serverVersion({ transport }: Connection, signal?: AbortSignal): Promise<string | null> {
  const answer = await transport.request('GET', '/version', signal === undefined ? {} : { signal });
  if (!answer.ok) return null;
  const { body } = answer.value;
  const version: unknown = typeof body === 'object' && body !== null && 'gitVersion' in body ? body.gitVersion : null;
  return typeof version === 'string' ? version : null;
}
