import { dnsLabelProblems, dnsSubdomainProblems } from '../../kubernetes/names.ts';
import { byteLength, quoteText } from '../../kubernetes/text.ts';
import type { FieldPath } from '../../manifest/path.ts';
import type { Report } from '../report.ts';

const LONGEST_DOMAIN = 253;
/** A DNS label, a dot and a subdomain. */
const LONGEST_PATH = 253 + 63 + 1;

/** The name of a certificate signer: `example.com/signer-name`. */
export function checkSignerName(signer: string, at: FieldPath, report: Report): void {
  if (signer === '') {
    report.required(at);
    return;
  }
  const segments = signer.split('/');
  if (segments.length !== 2) {
    report.invalid(at, signer, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
    return;
  }
  const [domain, path] = segments as [string, string];
  if (byteLength(domain) > LONGEST_DOMAIN) report.tooLong(at, LONGEST_DOMAIN);
  const labels = domain.split('.');
  checkParts(domain, labels, dnsLabelProblems, at, report);
  if (labels.length < 2) report.invalid(at, domain, 'should be a domain with at least two segments separated by dots');
  checkParts(path, path.split('.'), dnsSubdomainProblems, at, report);
  const longest = LONGEST_DOMAIN + LONGEST_PATH + 1;
  if (byteLength(signer) > longest) report.tooLong(at, longest);
}

/** Complains about the first part that has something wrong. */
function checkParts(
  whole: string,
  parts: readonly string[],
  problemsOf: (part: string) => readonly string[],
  at: FieldPath,
  report: Report,
): void {
  for (const part of parts) {
    const problems = problemsOf(part);
    report.names(
      at,
      whole,
      problems.map((problem) => `validating label ${quoteText(part)}: ${problem}`),
    );
    if (problems.length > 0) return;
  }
}

/** The name of a ClusterTrustBundle, which a signer's bundles begin with: `example.com:signer:name`. */
export function trustBundleNameProblems(name: string): readonly string[] {
  return dnsSubdomainProblems(name.slice(name.lastIndexOf(':') + 1));
}

export function isKubernetesSigner(signer: string): boolean {
  const domain = signer.split('/')[0]!;
  return domain === 'kubernetes.io' || domain.endsWith('.kubernetes.io');
}
