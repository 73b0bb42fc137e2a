import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { actions, speak } from '../../../client/cluster/cluster.ts';
import { problemOfError, problemOfStatus } from '../../../client/cluster/status.ts';
import { gone } from '../../../client/cluster/watch-end.ts';
import type { ObservedCronJob, ObservedJob } from '../../../server/core/timeline/observed-shapes.ts';
import { pseudoTranslated, untranslated } from '../../pseudo-translation.ts';

const bundle = JSON.parse(readFileSync(new URL('../../../l10n/bundle.l10n.json', import.meta.url), 'utf8')) as Record<
  string,
  string
>;
const metadata = { name: 'x', namespace: 'x', uid: 'u' };
const address = { kind: 'Job', namespace: 'x', name: 'x' } as const;
const cronAddress = { ...address, kind: 'CronJob' } as const;
const running = {
  metadata,
  spec: { completions: 4, parallelism: 2 },
  status: { active: 2 },
} as unknown as ObservedJob;
const cronJob = { metadata, spec: { schedule: '@daily' }, status: { active: [{}] } } as unknown as ObservedCronJob;

describe('what is said of clusters in another language', () => {
  // After the bundle was loaded, as in the editor: what is made while it loads would stay English.
  before(() => speak(pseudoTranslated(bundle)));
  after(() => speak({}));

  test('every plan is told in it', () => {
    const planned = [
      ...(['Background', 'Foreground', 'Orphan'] as const).flatMap((policy) => [
        actions.planDelete(address, running, policy),
        actions.planDelete(cronAddress, cronJob, policy),
      ]),
      ...[true, false].flatMap((suspend) => [
        actions.planSuspendJob(address, running, suspend),
        actions.planSuspendCronJob(cronAddress, cronJob, suspend),
      ]),
      actions.planScale(address, running, { parallelism: 1 } as never),
    ];
    const said = planned.flatMap((plan) =>
      'refusal' in plan ? [plan.refusal] : [plan.title, plan.button, plan.done, plan.undo?.done ?? '', ...plan.detail],
    );
    assert.ok(said.length > 40);
    const policies = 'Background Foreground Orphan';
    assert.deepEqual(
      said.flatMap((text) => untranslated(text, policies)),
      [],
    );
  });

  test('every problem is told in it', () => {
    const problems = [401, 403, 404, 409, 422, 500].map((status) => problemOfStatus(status, {}));
    const network = ['ECONNREFUSED', 'ENOTFOUND', 'CERT_HAS_EXPIRED'].map((code) => problemOfError({ code }, 'x'));
    const said = [...problems, ...network].flatMap(({ message, suggestion = '' }) => [message, suggestion]);
    assert.deepEqual(
      [...said, gone('x', null).message, gone('x', 'u').message].flatMap((text) => untranslated(text, '')),
      [],
    );
  });
});
