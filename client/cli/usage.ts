import { readFileSync } from 'node:fs';

/** What `jobwright --help` says. */
export const USAGE = `jobwright: write, understand and debug Kubernetes Jobs

  jobwright lint [options] PATH...        check manifests; PATH is a file, a folder or - for standard input
    --format text|json|sarif|github       how to say it (text)
    --hints                               also what is merely worth knowing (text and github show errors and warnings)
    --kubernetes-version 1.37             the cluster's version, 1.29 to 1.37
    --config FILE                         YAML or JSON: {severity: {RULE: off|hint|information|warning|error}}
    --against FILE|git:REV                also which changes since then an existing Job would not take

  jobwright simulate PATH [options]       play a Job on a virtual clock
    --job NAME                            which one, when PATH holds several
    --scenario FILE                       how the pods behave, and what people do meanwhile
    --seed N, --runs N                    for scenarios with chance in them
    --expect EXPR                         end=Complete, seconds<=3600, pods<=120; may be repeated
    --format text|json|svg, --until SECONDS

  jobwright why [-|FILE|job/NAME]         why a Job is where it is: from kubectl get job,pods,events -o json, or live
  jobwright wait job/NAME [--timeout D]   wait until a Job ends, and say how
  jobwright lsp --stdio                   the language server, for any editor

  jobwright --help, jobwright --version

Exit status: 0 no errors, simulated, expectation met, Job complete; 1 errors found, expectation missed, Job failed;
2 the command could not do its work.
`;

/** The product's version, from the manifest nearest above this file (it is bundled to another place). */
export function versionOf(): string {
  for (const up of ['../package.json', '../../package.json']) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8'));
      if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
    } catch {
      // Not there: one folder up.
    }
  }
  return 'unknown';
}
