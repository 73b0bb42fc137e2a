// How often the verdict is the API server's own. `LIST=1` prints what differs, grouped by field.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { formatPath } from '../../server/core/manifest/path.ts';
import { readDocuments } from '../../server/src/yaml/reader.ts';
import { sharedPath, skipWithoutShared } from '../shared.ts';
import { agreementWith, answerToDocument, groupDisagreements, readVerdicts } from './agreement.ts';

interface Recording {
  readonly name: string;
  readonly path: string | URL | null;
  readonly skip: string | false;
  /** Least shares, in percent. */
  readonly answers: number;
  readonly errors: number;
}

const own = (file: string): URL => new URL(`verdicts/${file}`, import.meta.url);

const RECORDINGS: readonly Recording[] = [
  { name: 'own recordings of Job and CronJob fields', path: own('job.jsonl.gz'), skip: false, answers: 99.9, errors: 99.9 },
  { name: 'own recordings of pod templates', path: own('template.jsonl.gz'), skip: false, answers: 99.9, errors: 99.9 },
  {
    name: 'own recordings of fields that the bases do not have',
    path: own('grown.jsonl.gz'),
    skip: false,
    answers: 99.9,
    errors: 99.9,
  },
  ...['verdicts', 'verdicts-template'].map((file): Recording => {
    const name = `oracle/validation/${file}.jsonl.gz`;
    return { name, path: sharedPath(name), skip: skipWithoutShared(name), answers: 99.9, errors: 99.9 };
  }),
];

/** What kubectl and a server said about published manifests. */
interface PublishedVerdict {
  readonly file: string;
  readonly documentIndex: number;
  readonly accepted: boolean;
  readonly error: string | null;
}

const PUBLISHED = 'corpus/real/verdicts.jsonl';

const percent = (part: number, whole: number): number => (whole === 0 ? 100 : (100 * part) / whole);

describe('agreement with the API server', () => {
  for (const { name, path, skip, answers, errors } of RECORDINGS)
    it(name, { skip }, (test) => {
      const agreement = agreementWith(readVerdicts(path!));
      const { accepted, invalid, manifests, messages, sameAnswer, sameErrors, sameMessages, sameWarnings } = agreement;
      const share = (part: number, whole: number): string => `${percent(part, whole).toFixed(2)}% (${part} of ${whole})`;
      test.diagnostic(`accepted or refused alike: ${share(sameAnswer, manifests)}`);
      test.diagnostic(`the same errors: ${share(sameErrors, invalid)}`);
      test.diagnostic(`in the same words: ${share(sameMessages, messages)}`);
      test.diagnostic(`the same warnings: ${share(sameWarnings, accepted)}`);
      if (process.env['LIST'] !== undefined)
        for (const line of groupDisagreements(agreement.disagreements)) test.diagnostic(line);
      assert.ok(percent(sameAnswer, manifests) >= answers, 'accepted or refused alike');
      assert.ok(percent(sameErrors, invalid) >= errors, 'the same errors');
      assert.ok(percent(sameWarnings, accepted) >= 99.5, 'the same warnings');
    });

  it('published manifests', { skip: skipWithoutShared(PUBLISHED) }, (test) => {
    const lines = readFileSync(sharedPath(PUBLISHED)!, 'utf8').split('\n');
    const records = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as PublishedVerdict);
    const differing: string[] = [];
    for (const { file, documentIndex, accepted, error } of records) {
      const document = readDocuments(readFileSync(sharedPath(`corpus/real/${file}`)!, 'utf8'))[documentIndex];
      const { accepted: ours, findings } = answerToDocument(document);
      const fields = new Set(findings.filter(({ severity }) => severity === 'error').map(({ path }) => formatPath(path)));
      const theirs = new Set([...(error ?? '').matchAll(/(?:^\* |is invalid: )([\w.[\]/-]+): /gm)].map(([, field = '']) => field));
      const sameFields = theirs.size === 0 || (theirs.size === fields.size && [...theirs].every((at) => fields.has(at)));
      if (ours !== accepted || !sameFields) differing.push(`${file} ${documentIndex}: ${error ?? 'accepted'}`);
    }
    test.diagnostic(`answered alike: ${records.length - differing.length} of ${records.length}`);
    assert.deepEqual(differing, []);
  });
});
