import type { Container, HTTPGetAction, LifecycleHandler, Lifecycle, Probe } from '../kubernetes/generated/types.ts';
import { headerNameProblems } from '../kubernetes/names.ts';
import type { FieldPath } from '../manifest/path.ts';
import { checkPortReference } from './ports.ts';
import type { Report } from './report.ts';

const NOT_NEGATIVE = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
] as const;

export type ProbeField = 'livenessProbe' | 'readinessProbe' | 'startupProbe';
export const PROBE_FIELDS: readonly ProbeField[] = ['livenessProbe', 'readinessProbe', 'startupProbe'];

/** One probe of a container; `field` says which. */
export function checkProbe(
  probe: Probe | undefined,
  field: ProbeField,
  gracePeriod: number,
  at: FieldPath,
  report: Report,
): void {
  if (probe === undefined) return;
  checkHandler({ ...probe }, gracePeriod, at, report);
  for (const each of NOT_NEGATIVE) report.nonNegative([...at, each], probe[each]);
  const grace = probe.terminationGracePeriodSeconds;
  const gracePath = [...at, 'terminationGracePeriodSeconds'];
  if (grace !== undefined && grace <= 0) report.invalid(gracePath, grace, 'must be greater than 0');
  if (field === 'readinessProbe') {
    if (grace !== undefined) report.invalid(gracePath, grace, 'must not be set for readinessProbes');
  } else if ((probe.successThreshold ?? 0) !== 0 && probe.successThreshold !== 1) {
    const place = [...at, 'successThreshold'];
    report.invalid(place, probe.successThreshold, 'must be 1', {
      fixes: [{ title: 'Set successThreshold to 1', edits: [{ kind: 'set', path: place, value: 1 }], preferred: true }],
    });
  }
}

/** What servers with default feature gates keep of a container's `lifecycle`: they drop its stopSignal. */
export function lifecycleOf({ lifecycle }: Container): Lifecycle | undefined {
  const { postStart, preStop, stopSignal } = lifecycle ?? {};
  return stopSignal !== undefined && postStart === undefined && preStop === undefined ? undefined : lifecycle;
}

/** `lifecycle` of a container. */
export function checkLifecycle(
  lifecycle: Lifecycle | undefined,
  gracePeriod: number,
  at: FieldPath,
  report: Report,
): void {
  for (const hook of ['postStart', 'preStop'] as const) {
    const handler = lifecycle?.[hook];
    if (handler !== undefined) checkHandler(handler, gracePeriod, [...at, hook], report);
  }
}

type Handlers = Pick<Probe, 'exec' | 'httpGet' | 'tcpSocket' | 'grpc'> & Pick<LifecycleHandler, 'sleep'>;

/** Exactly one handler; of several the server looks into the first alone. */
function checkHandler(handlers: Handlers, gracePeriod: number, at: FieldPath, report: Report): void {
  const { exec, grpc, httpGet, sleep, tcpSocket } = handlers;
  const checks: readonly (readonly [string, unknown, (place: FieldPath) => void])[] = [
    ['exec', exec, (place) => exec?.command?.length || report.required([...place, 'command'])],
    ['httpGet', httpGet, (place) => checkHttpGet(httpGet ?? {}, place, report)],
    ['tcpSocket', tcpSocket, (place) => checkPortReference(tcpSocket?.port, [...place, 'port'], report)],
    ['grpc', grpc, (place) => checkPortReference(grpc?.port, [...place, 'port'], report)],
    ['sleep', sleep, (place) => checkSleep(sleep?.seconds ?? 0, gracePeriod, place, report)],
  ];
  const given = checks.filter(([, handler]) => handler !== undefined);
  if (given.length === 0) report.required(at, 'must specify a handler type');
  for (const [order, [name, , check]] of given.entries())
    if (order === 0) check([...at, name]);
    else report.forbidden([...at, name], 'may not specify more than 1 handler type');
}

function checkHttpGet({ scheme = '', port, httpHeaders = [] }: HTTPGetAction, at: FieldPath, report: Report): void {
  checkPortReference(port, [...at, 'port'], report);
  // An empty scheme becomes HTTP before validation, an empty path `/`.
  if (scheme !== '' && scheme !== 'HTTP' && scheme !== 'HTTPS')
    report.notSupported([...at, 'scheme'], scheme, ['HTTP', 'HTTPS']);
  for (const [index, { name = '' }] of httpHeaders.entries())
    report.names([...at, 'httpHeaders'], name, headerNameProblems(name), {
      shownAt: [...at, 'httpHeaders', index, 'name'],
    });
}

function checkSleep(seconds: number, gracePeriod: number, at: FieldPath, report: Report): void {
  if (seconds < 0 || seconds > gracePeriod)
    report.invalid(at, seconds, `must be non-negative and less than terminationGracePeriodSeconds (${gracePeriod})`);
}
