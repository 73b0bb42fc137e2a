import * as l10n from '@vscode/l10n';
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
      message:
        right === undefined
          ? l10n.t('The server refused: {0}.', text || reason)
          : l10n.t('You may not {0}.', spellRight(right)),
      suggestion: l10n.t('Ask an administrator of the cluster for this right.'),
      ...(right === undefined ? {} : { right }),
    };
  }
  if (kind === 'credentials')
    return {
      ...common,
      message: l10n.t('The server does not accept the credentials of this context (401 Unauthorized).'),
      suggestion: l10n.t('Log in again with your cluster’s own tool.'),
    };
  if (kind === 'conflict' || kind === 'invalid') {
    const causes = causesIn(said.details?.causes);
    const message = l10n.t('The server refuses it: {0}', text === '' ? reason : sentence(text));
    return { ...common, message, ...(causes.length === 0 ? {} : { causes }) };
  }
  return { ...common, message: l10n.t('The server answered {0}: {1}', status, text === '' ? reason : sentence(text)) };
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
  return namespace === undefined
    ? `${verb} ${resource}`
    : l10n.t('{0} {1} in the namespace "{2}"', verb, resource, namespace);
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

const TLS_CAUSES: Readonly<Record<string, () => string>> = {
  CERT_HAS_EXPIRED: () => l10n.t('its certificate has expired'),
  CERT_NOT_YET_VALID: () => l10n.t('its certificate is not valid yet'),
  DEPTH_ZERO_SELF_SIGNED_CERT: () => l10n.t('its certificate is signed by nobody that the kubeconfig trusts'),
  ERR_TLS_CERT_ALTNAME_INVALID: () => l10n.t('its certificate is for another name'),
  SELF_SIGNED_CERT_IN_CHAIN: () => l10n.t('its certificate is signed by nobody that the kubeconfig trusts'),
  UNABLE_TO_GET_ISSUER_CERT: () => l10n.t('its certificate is signed by nobody that the kubeconfig trusts'),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: () => l10n.t('its certificate is signed by nobody that the kubeconfig trusts'),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: () => l10n.t('its certificate is signed by nobody that the kubeconfig trusts'),
};

const NETWORK_CAUSES: Readonly<Record<string, () => string>> = {
  ECONNREFUSED: () => l10n.t('nothing listens there'),
  ECONNRESET: () => l10n.t('the connection was cut'),
  EAI_AGAIN: () => l10n.t('its name cannot be resolved now'),
  EHOSTUNREACH: () => l10n.t('there is no way to it'),
  ENETUNREACH: () => l10n.t('there is no way to it'),
  ENOTFOUND: () => l10n.t('its name is unknown'),
  EPIPE: () => l10n.t('the connection was cut'),
  ETIMEDOUT: () => l10n.t('it does not answer'),
};

/** No answer at all, or half of one: `error` is what Node threw. `server` is the address for the message. */
export function problemOfError(error: unknown, server: string): ClusterProblem {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = code ?? 'NoAnswer';
  const tls = TLS_CAUSES[reason];
  const cause = (tls ?? NETWORK_CAUSES[reason])?.() ?? message;
  return {
    kind: 'unreachable',
    status: 0,
    reason,
    message:
      tls === undefined
        ? l10n.t('The cluster at {0} cannot be reached: {1}.', server, cause)
        : l10n.t('The cluster at {0} cannot be trusted: {1}.', server, cause),
    ...(tls === undefined
      ? {}
      : { suggestion: l10n.t('Check certificate-authority and tls-server-name in the kubeconfig.') }),
  };
}

/** The caller's own signal ended it. */
export const ABORTED: ClusterProblem = { kind: 'aborted', status: 0, reason: 'Aborted', message: 'Stopped.' };
