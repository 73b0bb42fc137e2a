import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { formatPath } from '../../server/core/manifest/path.ts';
import { decodeObject } from '../../server/core/validation/decoding.ts';
import { readDocuments } from '../../server/src/yaml/reader.ts';
import { sharedPath, skipWithoutShared } from '../shared.ts';

interface Row {
  readonly id: number;
  readonly kind: 'Job' | 'CronJob';
  readonly yaml: string;
  readonly verdict: { readonly code: number; readonly message?: string };
}

/** Refusals with code 400 that are no matter of decoding the object: its namespace, or an API that is not there. */
const OTHER_REFUSALS = /namespace of the provided object does not match|is registered for version/;

describe('decoding agrees with the API server', () => {
  for (const name of ['oracle/validation/verdicts.jsonl.gz', 'oracle/validation/verdicts-template.jsonl.gz'])
    it(`on ${name}`, { skip: skipWithoutShared(name) }, () => {
      const lines = gunzipSync(readFileSync(sharedPath(name)!)).toString('utf8').trim().split('\n');
      let same = 0;
      let refused = 0;
      const different: string[] = [];
      for (const line of lines) {
        const { id, kind, yaml, verdict } = JSON.parse(line) as Row;
        const message = verdict.message ?? '';
        const theirs = verdict.code === 400 && !OTHER_REFUSALS.test(message);
        if (theirs) refused += 1;
        const { root, problems } = readDocuments(yaml)[0]!;
        const findings = root === null ? [] : decodeObject(root, kind).findings;
        const ours = findings.length + problems.length > 0;
        const unknown = [...message.matchAll(/unknown field "([^"]*)"/g)].map((match) => match[1]!).sort();
        const named = findings.filter(({ rule }) => rule === 'api/unknown-field').map(({ path }) => formatPath(path));
        const samePaths = unknown.length === 0 || unknown.join() === named.sort().join();
        if (ours === theirs && samePaths) same += 1;
        else different.push(`${id}: server ${verdict.code} ${message.slice(0, 200)}`);
      }
      console.log(`decoding, ${name}: ${same} of ${lines.length} the same (${refused} refused by the server)`);
      assert.deepEqual(different, []);
    });
});
