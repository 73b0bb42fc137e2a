/**
 * What the build may put in the place of `undici` in this room's bundle, of which it is the half: client-node wants it
 * only for requests by `fetch` with its own models. Ours go through node:http(s).
 */
const unused = function (): never {
  throw new Error('requests by fetch are not part of this bundle');
};

export { unused as Agent, unused as fetch, unused as FormData, unused as ProxyAgent };
