import type { ISCSIVolumeSource } from '../../kubernetes/generated/types.ts';
import { byteLength } from '../../kubernetes/text.ts';
import type { FieldPath } from '../../manifest/path.ts';
import type { Report } from '../report.ts';

const LAST_LUN = 255;
const LONGEST_PORTAL = 64;

/** The three notations of an iSCSI name. */
const NOTATIONS: readonly (readonly [string, RegExp])[] = [
  ['iqn', /iqn\.[0-9]{4}-[0-9]{2}\.[A-Za-z0-9.-]+:[^,;*&$|\t\n\f\r ]+$/],
  ['eui', /^eui.[A-Za-z0-9]{16}$/],
  ['naa', /^naa.[A-Za-z0-9]{32}$/],
];

/** A disk reached over iSCSI. */
export function checkIscsi(iscsi: ISCSIVolumeSource, at: FieldPath, report: Report): void {
  const { chapAuthDiscovery, chapAuthSession, iqn = '', initiatorName, lun = 0, secretRef, targetPortal = '' } = iscsi;
  if (targetPortal === '') report.required([...at, 'targetPortal']);
  if (iqn === '') report.required([...at, 'iqn']);
  else checkIscsiName(iqn, [...at, 'iqn'], report);
  if (lun < 0 || lun > LAST_LUN) report.invalid([...at, 'lun'], lun, `must be between 0 and ${LAST_LUN}, inclusive`);
  if ((chapAuthDiscovery === true || chapAuthSession === true) && secretRef === undefined)
    report.required([...at, 'secretRef']);
  if (initiatorName !== undefined)
    checkIscsiName(initiatorName, [...at, 'initiatorname'], report, [...at, 'initiatorName']);
}

function checkIscsiName(name: string, at: FieldPath, report: Report, shownAt: FieldPath = at): void {
  const notation = NOTATIONS.find(([prefix]) => name.startsWith(prefix));
  if (notation === undefined)
    report.invalid(at, name, 'must be valid format starting with iqn, eui, or naa', { shownAt });
  else if (!notation[1].test(name)) report.invalid(at, name, 'must be valid format', { shownAt });
}

/** With an initiator name, the kubelet joins the volume's name and its portal; `at` is the volume. */
export function checkIscsiInitiator(iscsi: ISCSIVolumeSource, name: string, at: FieldPath, report: Report): void {
  if (iscsi.initiatorName === undefined) return;
  if (byteLength(`${name}:${iscsi.targetPortal ?? ''}`) > LONGEST_PORTAL)
    report.invalid(
      [...at, 'name'],
      name,
      'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.',
    );
}
