// An npm registry on 127.0.0.1 that has one package: what people will fetch once it is published, before it is.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

/**
 * @param {{ name: string, version: string }} manifest the package's own
 * @param {string} tarball path of the packed package
 * @returns {Promise<{ url: string, close(): void }>}
 */
export async function registryOf(manifest, tarball) {
  const { name, version } = manifest;
  const bytes = readFileSync(tarball);
  const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  let url = '';
  const server = createServer((request, response) => {
    if (request.url === '/package.tgz') return response.end(bytes);
    if (request.url !== `/${name}`) return response.writeHead(404).end('{}');
    const dist = { tarball: `${url}/package.tgz`, integrity };
    const versions = { [version]: { ...manifest, dist } };
    response.setHeader('content-type', 'application/json');
    return response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${server.address().port}`;
  return {
    url,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
