import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { FEATURES, featuresOf } from '../../server/core/kubernetes/feature-history.ts';
import { SHAPES } from '../../server/core/kubernetes/generated/shapes.ts';
import type { Shape } from '../../server/core/kubernetes/shape.ts';
import { OLDEST_MINOR } from '../../server/core/kubernetes/versions.ts';

/** Recorded by test/cluster/record-field-history.ts; fields that are older than all known versions are not in it. */
const RECORDED = JSON.parse(readFileSync(new URL('./schema/field-history.json', import.meta.url), 'utf8')) as Record<
  string,
  number
>;

function refOf(shape: Shape): string | null {
  if (shape.type === 'object') return shape.ref;
  return shape.type === 'list' || shape.type === 'map' ? refOf(shape.of) : null;
}

/** The oldest version in which an object can be reached at all. */
function arrivalOf(object: string): number {
  const holders = Object.entries(SHAPES).flatMap(([holder, { fields }]) =>
    Object.entries(fields).flatMap(([field, shape]) => (refOf(shape) === object ? [`${holder}.${field}`] : [])),
  );
  if (holders.length === 0) return OLDEST_MINOR;
  return Math.min(...holders.map((name) => Math.max(RECORDED[name] ?? OLDEST_MINOR, arrivalOf(name.split('.')[0]!))));
}

/** By the table of features; those of single values do not count. */
function sinceOf(object: string, field: string): number {
  const features = featuresOf(object, field).filter(({ when, within }) => when === undefined && within === undefined);
  return features.length === 0 ? OLDEST_MINOR : Math.max(OLDEST_MINOR, ...features.map(({ since }) => since));
}

describe('the table of features agrees with the API of each version', () => {
  it('on every field of every object', () => {
    const different: string[] = [];
    for (const [object, { fields }] of Object.entries(SHAPES))
      for (const field of Object.keys(fields)) {
        const recorded = RECORDED[`${object}.${field}`] ?? OLDEST_MINOR;
        const ours = sinceOf(object, field);
        // A field of an object that is itself new needs no entry.
        if (ours !== recorded && !(ours === OLDEST_MINOR && recorded === arrivalOf(object)))
          different.push(`${object}.${field}: 1.${ours} instead of 1.${recorded}`);
      }
    assert.deepEqual(different, []);
  });

  it('on what was there before its gate was on', () => {
    for (const { fields, when, within, since } of FEATURES)
      for (const field of fields)
        if (when === undefined && within === undefined)
          assert.equal(RECORDED[field] ?? OLDEST_MINOR, Math.max(OLDEST_MINOR, since), field);
  });
});
