import type { PodResourceClaim } from '../kubernetes/generated/types.ts';
import { dnsLabelProblems, dnsSubdomainProblems } from '../kubernetes/names.ts';
import type { FieldPath } from '../manifest/path.ts';
import type { Report } from './report.ts';

/** `resourceClaims` of the pod (dynamic resource allocation); `at` is the list. */
export function checkResourceClaims(claims: readonly PodResourceClaim[], at: FieldPath, report: Report): void {
  const names = new Set<string>();
  for (const [index, claim] of claims.entries()) {
    const place: FieldPath = [...at, index];
    const { name = '', resourceClaimName, resourceClaimTemplateName } = claim;
    if (name === '') report.required([...place, 'name']);
    else if (names.has(name)) report.duplicate([...place, 'name'], name);
    else report.names([...place, 'name'], name, dnsLabelProblems(name));
    names.add(name);
    if (resourceClaimName !== undefined && resourceClaimTemplateName !== undefined)
      report.invalid(
        place,
        claim,
        'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified',
      );
    if (resourceClaimName === undefined && resourceClaimTemplateName === undefined)
      report.invalid(place, claim, 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`');
    for (const field of ['resourceClaimName', 'resourceClaimTemplateName'] as const) {
      const reference = claim[field];
      if (reference !== undefined) report.names([...place, field], reference, dnsSubdomainProblems(reference));
    }
  }
}
