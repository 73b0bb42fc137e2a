import { readFileSync } from 'node:fs';

/** What `jobwright --help` says. */
export const USAGE = `jobwright: write, understand and debug Kubernetes Jobs

  jobwright lint [options] PATH...        check manifests; PATH is a file, a folder or - for standard input
    --format text|json|sarif|github       how to say it (text)
    --hints                               also what is merely worth knowing (text and github show errors and warnings)
    --kubernetes-version 1.37             the cluster's version, 1.29 to 1.37
    --config FILE                         YAML or JSON: {severity: {RULE: off|hint|information|warning|error}}
    --against FILE|git:REV                also which changes since then an existing Job would not take

  jobwright simulate PATH [options]       play a Job or CronJob on a virtual clock; PATH is a file or - for standard input
    --job NAME                            which one, when PATH holds several
    --scenario FILE                       how the pods behave, and what people do meanwhile (docs/scenario.md)
    --seed N                              for scenarios with chance in them (1)
    --runs N                              so many runs: the odds of each end, times, pods, which setting decided (1)
    --expect EXPR                         exit status 1 unless it holds; may be repeated. EXPR compares (= != < <= > >=)
                                          end, reason, seconds, pods or failed, of every run: end=Complete, seconds<=3600;
                                          p50. or p95. of a number: p95.seconds<=3600; odds. of an end or a reason:
                                          odds.Complete>=0.99
    --until SECONDS|DURATION              how much virtual time, for a Job that would never end (7d)
    --kubernetes-version 1.37             whose Job controller, 1.29 to 1.37
    --format text|json|svg                how to show it (text)
    --prices cpu=0.03,memory=0.004,gpu=2  of a CPU-hour, a GiB-hour and a GPU-hour, for the cost of what pods request
    --jobs                                also what happens inside each Job of a CronJob
    --force                               go on with what the API server would refuse

  jobwright why [-|FILE|job/NAME]         why a Job is where it is: from kubectl get job,pods,events -o json, from a
                                          recorded run, or live
  jobwright wait job/NAME                 wait until a Job ends, and say how
    --timeout DURATION                    give up after 90s, 5m, … (it waits for ever)

  of why and wait:
    --format text|json                    how to say it (text)
    -n, --namespace NAME                  of a live Job (the context's)
    --context NAME, --kubeconfig FILE     which cluster (KUBECONFIG, else ~/.kube/config)
    --no-exec                             run no program that the kubeconfig names for credentials

  jobwright lsp --stdio                   the language server, for any editor

  jobwright --help, jobwright --version

Exit status: 0 no errors, simulated, expectation met, Job complete; 1 errors found, expectation missed, Job failed;
2 the command could not do its work; 130 stopped with Ctrl-C.
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
