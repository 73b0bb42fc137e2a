/**
 * Asks the real API server about mutated manifests and writes its answers: what the validation is held against.
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { resourcePath, type Answer, type Api } from './api.ts';
import { startControlPlane } from './control-plane.ts';
import { mutate, type Base, type MutatedManifest } from './mutation.ts';
import type { Status } from './objects.ts';
import { runProgram } from './program.ts';
import { filesOf, writeCases } from './record-files.ts';

export interface Verdict {
  readonly accepted: boolean;
  /** HTTP status: 201 accepted, 422 invalid (see `errors`), 400 not decoded (see `message`). */
  readonly code: number;
  readonly reason?: string;
  readonly errors?: readonly { readonly type: string; readonly field: string; readonly message: string }[];
  readonly message?: string;
  readonly warnings?: readonly string[];
}

export interface VerdictCase extends MutatedManifest {
  readonly id: number;
  readonly verdict: Verdict;
}

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The same verdict without the uids that the server made up: they differ each time. */
export function withoutOwnUids(verdict: Verdict, yaml: string): Verdict {
  const given = new Set(yaml.match(uuid) ?? []);
  const masked = JSON.stringify(verdict).replace(uuid, (id) =>
    given.has(id) ? id : '00000000-0000-4000-8000-000000000000',
  );
  return JSON.parse(masked) as Verdict;
}

/** The API server's answer as a verdict. */
export function verdictOf({ status, body, warnings }: Answer): Verdict {
  const warned = warnings.length > 0 ? { warnings } : {};
  if (status < 300) return { accepted: true, code: status, ...warned };
  const { reason, details, message } = body as Status;
  const refused = { accepted: false, code: status, ...(reason === undefined ? {} : { reason }) };
  if (status !== 422) return { ...refused, ...(message === undefined ? {} : { message }), ...warned };
  const errors = (details?.causes ?? []).map((cause) => ({
    type: cause.reason ?? '',
    field: cause.field ?? '',
    message: cause.message ?? '',
  }));
  return { ...refused, errors, ...warned };
}

/**
 * What the server says of creating this manifest, without creating it.
 * @throws when the server gives no answer; it drops the connection where its validation panics
 */
export async function askVerdict(api: Api, kind: 'Job' | 'CronJob', yaml: string): Promise<Verdict> {
  const namespace = /^ {2}namespace: *["']?([a-z0-9-]+)["']?$/m.exec(yaml)?.[1] ?? 'default';
  const path = resourcePath(kind === 'Job' ? 'jobs' : 'cronjobs', namespace);
  const query = { dryRun: 'All', fieldValidation: 'Strict' };
  return withoutOwnUids(
    verdictOf(await api.send('POST', path, { body: yaml, contentType: 'application/yaml', query })),
    yaml,
  );
}

/** Asks about every manifest, in order, several at a time. Those without an answer are left out and named in the log. */
export async function recordVerdicts(
  api: Api,
  manifests: Iterable<MutatedManifest>,
  log: (line: string) => void,
): Promise<VerdictCase[]> {
  const all = [...manifests];
  const verdicts = new Map<number, Verdict>();
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let id = next++; id < all.length; id = next++) {
      const manifest = all[id];
      if (!manifest) return;
      try {
        verdicts.set(id, await askVerdict(api, manifest.kind, manifest.yaml));
      } catch (error) {
        log(`no answer to ${manifest.base}, ${manifest.mutation}: ${String(error)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return all.flatMap((manifest, id) => {
    const verdict = verdicts.get(id);
    return verdict ? [{ id, ...manifest, verdict }] : [];
  });
}

/** The manifests of files and folders: single Jobs and CronJobs; others are left out. */
export async function readBases(paths: readonly string[]): Promise<Base[]> {
  const bases: Base[] = [];
  for (const file of await filesOf(paths, /\.ya?ml$/)) {
    const manifest = parse(await readFile(file, 'utf8'), { version: '1.1' }) as Record<string, unknown> | null;
    if (manifest?.['kind'] === 'Job' || manifest?.['kind'] === 'CronJob')
      bases.push({ name: basename(file), manifest });
  }
  return bases;
}

const usage = `usage: node test/cluster/record-verdicts.ts [--seed N] [--count N] [--job-fields SHARE] [--grown-fields SHARE] [--out FILE.jsonl.gz] MANIFEST.yaml|FOLDER...
Asks a real API server about the manifests, which must be accepted, and about mutations of them.
  --seed N            which mutations (1)
  --count N           how many (500)
  --job-fields SHARE  share of mutations in the Job's and CronJob's own fields, 0 to 1 (0.5)
  --grown-fields SHARE  share of mutations that add any field of the API, 0 to 1 (0.2)
  --out FILE          where to write: one JSON object a line, compressed; absent: only the count is printed`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: '1' },
      count: { type: 'string', default: '500' },
      'job-fields': { type: 'string', default: '0.5' },
      'grown-fields': { type: 'string', default: '0.2' },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || positionals.length === 0) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const log = (line: string): void => console.error(line);
  const bases = await readBases(positionals);
  const cluster = await startControlPlane({ log });
  try {
    const api = cluster.api();
    const accepted: Base[] = [];
    for (const base of bases) {
      const kind = base.manifest['kind'] as 'Job' | 'CronJob';
      const verdict = await askVerdict(api, kind, JSON.stringify(base.manifest));
      if (verdict.accepted) accepted.push(base);
      else log(`${base.name} is refused, so it is no base: ${JSON.stringify(verdict.errors ?? verdict.message)}`);
    }
    const options = {
      bases: accepted,
      seed: Number(values.seed),
      count: Number(values.count),
      jobFields: Number(values['job-fields']),
      grownFields: Number(values['grown-fields']),
    };
    const cases = await recordVerdicts(api, mutate(options), log);
    const share = (code: number): string => `${code}: ${cases.filter(({ verdict }) => verdict.code === code).length}`;
    console.log(`${cases.length} verdicts (${[201, 400, 422].map(share).join(', ')})`);
    if (values.out !== undefined) await writeCases(values.out, cases);
  } finally {
    await cluster.stop();
  }
  return 0;
}

if (import.meta.main) {
  await runProgram(main);
}
