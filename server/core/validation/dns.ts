import type { HostAlias, PodSpec } from '../kubernetes/generated/types.ts';
import { ipAddressProblems } from '../kubernetes/ip-address.ts';
import { dnsLabelProblems, dnsSearchProblems, dnsSubdomainProblems } from '../kubernetes/names.ts';
import { byteLength } from '../kubernetes/text.ts';
import type { FieldPath } from '../manifest/path.ts';
import type { Report } from './report.ts';

const POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const MOST_NAMESERVERS = 3;
const MOST_SEARCHES = 32;
/** Characters of all search domains together, the spaces between them included. */
const LONGEST_SEARCHES = 2048;
const LONGEST_HOST_NAME = 64;

/** How the pod finds other hosts: `dnsPolicy`, `dnsConfig` and `hostAliases`; `at` is the pod's spec. */
export function checkDns(pod: PodSpec, at: FieldPath, report: Report): void {
  const { dnsPolicy = '' } = pod;
  // An empty policy becomes ClusterFirst before validation.
  if (dnsPolicy !== '' && !POLICIES.includes(dnsPolicy)) report.notSupported([...at, 'dnsPolicy'], dnsPolicy, POLICIES);
  checkDnsConfig(pod, [...at, 'dnsConfig'], report);
  for (const [index, alias] of (pod.hostAliases ?? []).entries())
    checkHostAlias(alias, [...at, 'hostAliases', index], report);
}

function checkDnsConfig({ dnsConfig, dnsPolicy }: PodSpec, at: FieldPath, report: Report): void {
  const { nameservers = [], searches = [], options = [] } = dnsConfig ?? {};
  if (dnsPolicy === 'None' && dnsConfig === undefined) {
    report.required(at, 'must provide `dnsConfig` when `dnsPolicy` is None', {
      shownAt: [...at.slice(0, -1), 'dnsPolicy'],
    });
    return;
  }
  if (dnsPolicy === 'None' && nameservers.length === 0) {
    report.required([...at, 'nameservers'], 'must provide at least one DNS nameserver when `dnsPolicy` is None');
    return;
  }
  if (nameservers.length > MOST_NAMESERVERS)
    report.invalid([...at, 'nameservers'], nameservers, `must not have more than ${MOST_NAMESERVERS} nameservers`);
  for (const [index, address] of nameservers.entries())
    report.names([...at, 'nameservers', index], address, ipAddressProblems(address));
  const searchPath = [...at, 'searches'];
  if (searches.length > MOST_SEARCHES)
    report.invalid(searchPath, searches, `must not have more than ${MOST_SEARCHES} search paths`);
  if (byteLength(searches.join(' ')) > LONGEST_SEARCHES)
    report.invalid(
      searchPath,
      searches,
      `must not have more than ${LONGEST_SEARCHES} characters (including spaces) in the search list`,
    );
  for (const [index, search] of searches.entries()) {
    if (search === '.') continue;
    const domain = search.replace(/\.$/, '');
    report.names([...searchPath, index], domain, dnsSearchProblems(domain));
  }
  for (const [index, { name = '' }] of options.entries())
    if (name === '') report.required([...at, 'options', index], 'must not be empty');
}

function checkHostAlias({ ip = '', hostnames = [] }: HostAlias, at: FieldPath, report: Report): void {
  report.names([...at, 'ip'], ip, ipAddressProblems(ip));
  for (const [index, name] of hostnames.entries())
    report.names([...at, 'hostnames', index], name, dnsSubdomainProblems(name));
}

/** What the pod calls itself; `at` is the pod's spec. */
export function checkHostNames(pod: PodSpec, at: FieldPath, report: Report): void {
  for (const field of ['hostname', 'subdomain'] as const) {
    const name = pod[field] ?? '';
    if (name !== '') report.names([...at, field], name, dnsLabelProblems(name));
  }
  const override = pod.hostnameOverride;
  if (override === undefined) return;
  const place = [...at, 'hostnameOverride'];
  if (pod.setHostnameAsFQDN === true) report.forbidden(place, 'may not be specified when setHostnameAsFQDN is true');
  if (pod.hostNetwork === true) report.forbidden(place, 'may not be specified when hostNetwork is true');
  if (byteLength(override) > LONGEST_HOST_NAME) report.tooLong(place, LONGEST_HOST_NAME);
  report.names(place, override, dnsSubdomainProblems(override));
}
