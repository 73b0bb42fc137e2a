import type { Container, ContainerPort, PodSpec } from '../kubernetes/generated/types.ts';
import { portNameProblems } from '../kubernetes/names.ts';
import type { FieldPath } from '../manifest/path.ts';
import type { Report } from './report.ts';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const LAST_PORT = 65_535;

/** `ports` of one container; `at` is the list. */
export function checkPorts(ports: readonly ContainerPort[], at: FieldPath, report: Report): void {
  const names = new Set<string>();
  for (const [index, port] of ports.entries()) {
    const { name = '', containerPort = 0, hostPort = 0, protocol = '' } = port;
    const place = [...at, index];
    if (name !== '') {
      const problems = portNameProblems(name);
      report.names([...place, 'name'], name, problems);
      if (problems.length === 0 && names.has(name)) report.duplicate([...place, 'name'], name);
      if (problems.length === 0) names.add(name);
    }
    if (containerPort === 0) report.required([...place, 'containerPort']);
    else checkPortNumber(containerPort, [...place, 'containerPort'], report);
    if (hostPort !== 0) checkPortNumber(hostPort, [...place, 'hostPort'], report);
    // An empty protocol becomes TCP before validation.
    if (protocol !== '' && !PROTOCOLS.includes(protocol))
      report.notSupported([...place, 'protocol'], protocol, PROTOCOLS);
  }
}

/** Two containers that run at the same time cannot share a port of the node; `at` is the list of containers. */
export function checkHostPorts(containers: readonly Container[], at: FieldPath, report: Report): void {
  const taken = new Set<string>();
  for (const [index, container] of containers.entries())
    for (const [portIndex, { hostIP = '', hostPort = 0, protocol = '' }] of (container.ports ?? []).entries()) {
      if (hostPort === 0) continue;
      const key = `${protocol === '' ? 'TCP' : protocol}/${hostIP}/${hostPort}`;
      if (taken.has(key)) report.duplicate([...at, index, 'ports', portIndex, 'hostPort'], key);
      taken.add(key);
    }
}

function checkPortNumber(port: number, at: FieldPath, report: Report): void {
  if (port < 1 || port > LAST_PORT) report.invalid(at, port, `must be between 1 and ${LAST_PORT}, inclusive`);
}

/** A port of a probe: a number, or the name of a container port. A missing one counts as 0. */
export function checkPortReference(port: number | string | undefined, at: FieldPath, report: Report): void {
  if (typeof port !== 'string') checkPortNumber(port ?? 0, at, report);
  else {
    const number = /^[0-9]{1,5}$/.test(port) ? Number(port) : null;
    report.names(at, port, portNameProblems(port), {
      fixes:
        number === null
          ? []
          : [
              {
                title: `Write ${number} as a number`,
                edits: [{ kind: 'set', path: at, value: number }],
                preferred: true,
              },
            ],
    });
  }
}

/** On the node's own network a container port is the node's port; `at` is the pod's spec. */
export function checkHostNetworkPorts({ containers = [], hostNetwork }: PodSpec, at: FieldPath, report: Report): void {
  if (hostNetwork !== true) return;
  for (const [index, { ports = [] }] of containers.entries())
    for (const [portIndex, { containerPort = 0, hostPort = 0 }] of ports.entries()) {
      if (hostPort === 0 || hostPort === containerPort) continue;
      const path = [...at, 'containers', index, 'ports', portIndex, 'hostPort'];
      report.invalid(path, hostPort, 'must match `containerPort` when `hostNetwork` is true', {
        fixes: [
          {
            title: `Set hostPort to ${containerPort}`,
            edits: [{ kind: 'set', path, value: containerPort }],
            preferred: true,
          },
        ],
      });
    }
}
