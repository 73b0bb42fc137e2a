import type { AppArmorProfile, SeccompProfile, WindowsSecurityContextOptions } from '../kubernetes/generated/types.ts';
import { dnsSubdomainProblems } from '../kubernetes/names.ts';
import { byteLength } from '../kubernetes/text.ts';
import type { FieldPath } from '../manifest/path.ts';
import { checkDescendingPath } from './file-path.ts';
import type { Report } from './report.ts';

/** What pods and containers have in common in their security contexts. */

const TYPES = ['Localhost', 'RuntimeDefault', 'Unconfined'];
const LONGEST_APPARMOR_PROFILE = 4095;
const LARGEST_CREDENTIAL_SPEC = 64 * 1024;
const LONGEST_DOMAIN = 255;
const LONGEST_USER = 104;
const LAST_ID = 2 ** 31 - 1;
/** Up to 15 characters, none of them reserved, the first no dot. */
const NETBIOS_NAME = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/u;
/** DNS labels in either case. */
const WINDOWS_DOMAIN =
  /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

/** A user or group id. */
export function checkId(id: number | undefined, at: FieldPath, report: Report): void {
  if (id !== undefined && (id < 0 || id > LAST_ID))
    report.invalid(at, id, `must be between 0 and ${LAST_ID}, inclusive`);
}

export function checkSeccomp(profile: SeccompProfile | undefined, at: FieldPath, report: Report): void {
  if (profile === undefined) return;
  const { type = '', localhostProfile } = profile;
  const place = [...at, 'localhostProfile'];
  if (type === '') report.required([...at, 'type'], 'type is required when seccompProfile is set');
  else if (!TYPES.includes(type)) report.notSupported([...at, 'type'], type, TYPES);
  if (type !== 'Localhost') {
    if (localhostProfile !== undefined)
      report.invalid(place, profile, 'can only be set when seccomp type is Localhost');
  } else if (localhostProfile === undefined) report.required(place, 'must be set when seccomp type is Localhost');
  else checkDescendingPath(localhostProfile, place, report);
}

export function checkAppArmor(profile: AppArmorProfile | undefined, at: FieldPath, report: Report): void {
  if (profile === undefined) return;
  const { type = '', localhostProfile } = profile;
  const place = [...at, 'localhostProfile'];
  if (type === '') report.required([...at, 'type'], 'type is required when appArmorProfile is set');
  else if (!TYPES.includes(type)) report.notSupported([...at, 'type'], type, TYPES);
  else if (type !== 'Localhost') {
    if (localhostProfile !== undefined)
      report.invalid(place, localhostProfile, 'can only be set when AppArmor type is Localhost');
  } else if (localhostProfile === undefined || localhostProfile === '')
    report.required(place, 'must be set when AppArmor type is Localhost');
  else {
    if (localhostProfile.trim() !== localhostProfile)
      report.invalid(place, localhostProfile, 'must not be padded with whitespace');
    if (byteLength(localhostProfile) > LONGEST_APPARMOR_PROFILE) report.tooLong(place, LONGEST_APPARMOR_PROFILE);
  }
}

export function checkWindowsOptions(
  options: WindowsSecurityContextOptions | undefined,
  at: FieldPath,
  report: Report,
): void {
  const { gmsaCredentialSpecName, gmsaCredentialSpec, runAsUserName } = options ?? {};
  if (gmsaCredentialSpecName !== undefined)
    report.names(
      [...at, 'gmsaCredentialSpecName'],
      gmsaCredentialSpecName,
      dnsSubdomainProblems(gmsaCredentialSpecName),
    );
  const specPath = [...at, 'gmsaCredentialSpec'];
  if (gmsaCredentialSpec === '')
    report.invalid(specPath, gmsaCredentialSpec, 'gmsaCredentialSpec cannot be an empty string');
  else if (gmsaCredentialSpec !== undefined && byteLength(gmsaCredentialSpec) > LARGEST_CREDENTIAL_SPEC)
    report.invalid(
      specPath,
      gmsaCredentialSpec,
      `gmsaCredentialSpec size must be under ${LARGEST_CREDENTIAL_SPEC / 1024} KiB`,
    );
  if (runAsUserName === undefined) return;
  for (const problem of windowsUserProblems(runAsUserName))
    report.invalid([...at, 'runAsUserName'], runAsUserName, problem);
}

/** A Windows account, `USER` or `DOMAIN\USER`. */
function windowsUserProblems(name: string): readonly string[] {
  if (name === '') return ['runAsUserName cannot be an empty string'];
  if (Array.from(name).some(isAsciiControl)) return ['runAsUserName cannot contain control characters'];
  const parts = name.split('\\');
  if (parts.length > 2) return ['runAsUserName cannot contain more than one backslash'];
  const domain = parts.length === 2 ? parts[0]! : null;
  const user = parts.at(-1)!;
  const problems: string[] = [];
  if (domain !== null && byteLength(domain) > LONGEST_DOMAIN)
    problems.push(`runAsUserName's Domain length must be under ${LONGEST_DOMAIN + 1} characters`);
  if (domain !== null && !NETBIOS_NAME.test(domain) && !WINDOWS_DOMAIN.test(domain))
    problems.push("runAsUserName's Domain doesn't match the NetBios nor the DNS format");
  if (user === '') problems.push("runAsUserName's User cannot be empty");
  else if (byteLength(user) > LONGEST_USER)
    problems.push(`runAsUserName's User length must not be longer than ${LONGEST_USER} characters`);
  if (/^[. ]+$/.test(user)) problems.push("runAsUserName's User cannot contain only periods or spaces");
  if (/["/\\:;|=,+*?<>@[\]]/.test(user))
    problems.push('runAsUserName\'s User cannot contain the following characters: "/\\:;|=,+*?<>@[]');
  return problems;
}

function isAsciiControl(character: string): boolean {
  return character < ' ' || character === '\u007f';
}
