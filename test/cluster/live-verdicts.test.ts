// Manifests that nobody has seen, judged by a real API server and by us.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { formatPath } from '../../server/core/manifest/path.ts';
import { agreementWith, answerTo } from '../conformance/agreement.ts';
import { controlPlaneMissing } from './build.ts';
import { startControlPlane } from './control-plane.ts';
import { liveSeed } from './live-seed.ts';
import { mutate, type Base } from './mutation.ts';
import { askVerdict, readBases, recordVerdicts } from './record-verdicts.ts';

const MANIFESTS = 500;
/** Least share of manifests with the same answer, and the same set of (type, field) where that is a refusal. */
const AGREEMENT = 0.99;

const missing = (await controlPlaneMissing()) ?? false;

function folder(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

test('our verdict is the API server’s', { skip: missing, timeout: 240_000 }, async (context) => {
  const seed = liveSeed();
  context.diagnostic(`seed ${seed} (JOBWRIGHT_SEED)`);
  const bases = await readBases([folder('../conformance/bases'), folder('../../examples')]);
  const cluster = await startControlPlane();
  try {
    const api = cluster.api();
    const accepted: Base[] = [];
    for (const base of bases) {
      const { kind } = base.manifest as { readonly kind: 'Job' | 'CronJob' };
      if ((await askVerdict(api, kind, JSON.stringify(base.manifest))).accepted) accepted.push(base);
    }
    const manifests = mutate({ bases: accepted, seed, count: MANIFESTS, jobFields: 0.4, grownFields: 0.3 });
    const cases = await recordVerdicts(api, manifests, (line) => context.diagnostic(line));
    const { disagreements } = agreementWith(cases);
    const differing = new Set(disagreements.filter(({ what }) => what !== 'warnings').map(({ id }) => id));
    context.diagnostic(`${cases.length - differing.size} of ${cases.length} manifests have the same verdict`);
    for (const { id, yaml, mutation, verdict } of cases)
      if (differing.has(id)) {
        const { accepted: ours, findings } = answerTo(yaml);
        const said = findings.map(({ type, path, message }) => ({ type, field: formatPath(path), message }));
        console.log(
          `${mutation}\n${yaml}\nserver: ${JSON.stringify(verdict)}\nours: ${JSON.stringify({ accepted: ours, said })}\n`,
        );
      }
    assert.ok(cases.length >= MANIFESTS * 0.95, 'the server answers');
    assert.ok(1 - differing.size / cases.length >= AGREEMENT, `${differing.size} of ${cases.length} differ`);
  } finally {
    await cluster.stop();
  }
});
