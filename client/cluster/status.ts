import type { ClusterProblem, MissingRight, ProblemCause, ProblemKind } from './problem.ts';

/** What the API server says in a `metav1.Status`: the body of a refusal, and the object of a watch's ERROR event. */
interface Status {
  readonly code?: unknown;
  readonly reason?: unknown;
  readonly message?: unknown;
  readonly details?: { readonly retryAfterSeconds?: unknown; readonly causes?: unknown } | null;
}

const KIND_BY_STATUS: Readonly<Record<number, ProblemKind>> = {
  401: 'credentials',
  403: 'forbidden',
  404: 'notFound',
  409: 'conflict',
  410: 'expired',
  422: 'invalid',
  429: 'busy',
};

/** A refusal as data. `body` is the parsed answer, whatever it is; `status` its HTTP status. */
export function problemOfStatus(status: number, body: unknown, retryAfterHeader?: string): ClusterProblem {
  const said: Status = typeof body === 'object' && body !== null ? body : {};
  const text = typeof said.message === 'string' ? said.message : '';
  const reason = typeof said.reason === 'string' && said.reason !== '' ? said.reason : `HTTP ${status}`;
  const asked = Number(retryAfterHeader ?? said.details?.retryAfterSeconds);
  const retryAfter = Number.isFinite(asked) && asked > 0 ? { retryAfter: asked } : {};
  const kind = KIND_BY_STATUS[status] ?? (status === 503 && 'retryAfter' in retryAfter ? 'busy' : 'server');
  const common = { kind, status, reason, ...retryAfter };
  if (kind === 'forbidden') {
    const right = rightIn(text);
    return {
      ...common,
      message: right === undefined ? `The server refused: ${text || reason}.` : `You may not ${spellRight(right)}.`,
      suggestion: 'Ask an administrator of the cluster for this right.',
      ...(right === undefined ? {} : { right }),
    };
  }
  if (kind === 'credentials')
    return {
      ...common,
      message: 'The server does not accept the credentials of this context (401 Unauthorized).',
      suggestion: 'Log in again with your cluster’s own tool.',
    };
  if (kind === 'conflict' || kind === 'invalid') {
    const causes = causesIn(said.details?.causes);
    const message = `The server refuses it: ${text === '' ? reason : sentence(text)}`;
    return { ...common, message, ...(causes.length === 0 ? {} : { causes }) };
  }
  return { ...common, message: `The server answered ${status}: ${text === '' ? reason : sentence(text)}` };
}

function causesIn(causes: unknown): readonly ProblemCause[] {
  if (!Array.isArray(causes)) return [];
  const word = (value: unknown): string => (typeof value === 'string' ? value : '');
  return (causes as readonly (Readonly<Record<string, unknown>> | null)[]).map((cause) => ({
    reason: word(cause?.['reason']),
    message: word(cause?.['message']),
    field: word(cause?.['field']),
  }));
}

/** The object of a watch's ERROR event as data; its code is inside. */
export function problemOfErrorEvent(object: unknown): ClusterProblem {
  const code = typeof object === 'object' && object !== null ? (object as Status).code : undefined;
  return problemOfStatus(typeof code === 'number' ? code : 500, object);
}

/** `list pods in the namespace "a"`. */
export function spellRight({ verb, resource, namespace }: MissingRight): string {
  return `${verb} ${resource}${namespace === undefined ? '' : ` in the namespace "${namespace}"`}`;
}

/** RBAC says what was missing only in its message. */
function rightIn(text: string): MissingRight | undefined {
  const match = /cannot (\S+) resource "([^"]+)" in API group "[^"]*"(?: in the namespace "([^"]+)")?/.exec(text);
  if (match === null) return undefined;
  const [, verb, resource, namespace] = match;
  return { verb: verb!, resource: resource!, ...(namespace === undefined ? {} : { namespace }) };
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

const TLS_CAUSES: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by nobody that the kubeconfig trusts',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by nobody that the kubeconfig trusts',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate is signed by nobody that the kubeconfig trusts',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by nobody that the kubeconfig trusts',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by nobody that the kubeconfig trusts',
};

const NETWORK_CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  EAI_AGAIN: 'its name cannot be resolved now',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  ENOTFOUND: 'its name is unknown',
  EPIPE: 'the connection was cut',
  ETIMEDOUT: 'it does not answer',
};

/** No answer at all, or half of one: `error` is what Node threw. `server` is the address for the message. */
export function problemOfError(error: unknown, server: string): ClusterProblem {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = code ?? 'NoAnswer';
  const tls = TLS_CAUSES[reason];
  const cause = tls ?? NETWORK_CAUSES[reason] ?? message;
  return {
    kind: 'unreachable',
    status: 0,
    reason,
    message: `The cluster at ${server} ${tls === undefined ? 'cannot be reached' : 'cannot be trusted'}: ${cause}.`,
    ...(tls === undefined ? {} : { suggestion: 'Check certificate-authority and tls-server-name in the kubeconfig.' }),
  };
}

/** The caller's own signal ended it. */
export const ABORTED: ClusterProblem = { kind: 'aborted', status: 0, reason: 'Aborted', message: 'Stopped.' };
