import type { ContainerPort, PodSpec } from '../../kubernetes/generated/types.ts';
import { quoteText } from '../../kubernetes/text.ts';
import { formatPath, type FieldPath } from '../../manifest/path.ts';
import type { Report } from '../report.ts';
import { containersOf, warnAt } from './pod-warnings.ts';

/** A port with its defaults. */
type FullPort = { readonly [Field in keyof ContainerPort]-?: NonNullable<ContainerPort[Field]> };

/** Pairs are compared among this many ports of one number and protocol. */
const MOST_ALIKE = 100;

interface PlacedPort {
  readonly port: FullPort;
  readonly at: FieldPath;
}

/** Ports of a pod that get in each other's way; `at` is the pod's spec. */
export function warnOfPorts(spec: PodSpec, at: FieldPath, report: Report): void {
  const ports = containersOf(spec, at).flatMap(({ container, at: own }) =>
    (container.ports ?? []).map((port, index): PlacedPort => ({ port: complete(port), at: [...own, 'ports', index] })),
  );
  const names = new Map<string, FieldPath>();
  const alike = new Map<string, PlacedPort[]>();
  for (const placed of ports) {
    const { port, at: place } = placed;
    if (port.hostIP !== '' && port.hostPort === 0)
      warnAt(place, `hostIP set without hostPort: ${printPort(port)}`, report);
    const key = `${port.containerPort}/${port.protocol}`;
    const others = alike.get(key) ?? [];
    for (const other of others) warnOfPair(port, other, place, report);
    alike.set(key, [...others, placed].slice(0, MOST_ALIKE));
    if (port.name === '') continue;
    const first = names.get(port.name);
    if (first === undefined) names.set(port.name, place);
    else
      warnAt(
        place,
        `duplicate port name ${quoteText(port.name)} with ${formatPath(first)}, services and probes that select ports by name will use ${formatPath(first)}`,
        report,
      );
  }
}

function complete(port: ContainerPort): FullPort {
  const { name = '', hostPort = 0, containerPort = 0, hostIP = '', protocol = '' } = port;
  return { name, hostPort, containerPort, hostIP, protocol: protocol === '' ? 'TCP' : protocol };
}

function warnOfPair(port: FullPort, other: PlacedPort, at: FieldPath, report: Report): void {
  const before = other.port;
  const say = (what: string): void => warnAt(at, `${what} port definition with ${formatPath(other.at)}`, report);
  if (port.hostIP === before.hostIP && port.hostPort === before.hostPort) say('duplicate');
  else if (port.hostPort === 0 || before.hostPort === 0) say('overlapping');
  else if (port.hostPort === before.hostPort && (port.hostIP === '') !== (before.hostIP === ''))
    say('dangerously ambiguous');
}

/** A port as the server's messages print it. */
function printPort({ name, hostPort, containerPort, protocol, hostIP }: FullPort): string {
  return `{Name:${name} HostPort:${hostPort} ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}}`;
}
