import type { JobSpec, SuccessPolicy, SuccessPolicyRule } from '../kubernetes/generated/types.ts';
import { parseIndexList } from '../kubernetes/index-list.ts';
import { byteLength } from '../kubernetes/text.ts';
import type { Fix } from '../manifest/edit.ts';
import type { FieldPath } from '../manifest/path.ts';
import type { Report } from './report.ts';

const MOST_RULES = 20;
/** Bytes of a `succeededIndexes`. */
const LONGEST_INDEXES = 64 * 1024;

/** `spec.successPolicy`; `at` is its path, `completions` the effective number. */
export function checkSuccessPolicy(
  spec: JobSpec,
  completions: number | undefined,
  at: FieldPath,
  report: Report,
): void {
  const policy = spec.successPolicy;
  if (policy === undefined) return;
  if (spec.completionMode !== 'Indexed') {
    report.invalid(at, printedPolicy(policy), 'requires indexed completion mode', {
      fixes: [
        {
          title: 'Set completionMode to Indexed',
          edits: [{ kind: 'set', path: [...at.slice(0, -1), 'completionMode'], value: 'Indexed' }],
          preferred: spec.completionMode === undefined || spec.completionMode === 'NonIndexed',
        },
      ],
    });
    return;
  }
  const rules = policy.rules ?? [];
  const place: FieldPath = [...at, 'rules'];
  if (rules.length === 0)
    report.required(place, 'at least one rules must be specified when the successPolicy is specified');
  if (rules.length > MOST_RULES) report.tooMany(place, rules.length, MOST_RULES);
  for (const [index, rule] of rules.entries()) checkRule(rule, completions, [...place, index], report);
}

function checkRule(rule: SuccessPolicyRule, completions: number | undefined, at: FieldPath, report: Report): void {
  const { succeededCount, succeededIndexes } = rule;
  if (succeededCount === undefined && succeededIndexes === undefined)
    report.required(at, 'at least one of succeededCount or succeededIndexes must be specified');
  // Without completions there is nothing to measure a rule by: the number is reported where it is missing.
  if (completions === undefined) return;
  const listed = succeededIndexes === undefined ? null : checkIndexes(succeededIndexes, completions, at, report);
  if (succeededCount === undefined) return;
  const place = [...at, 'succeededCount'];
  report.nonNegative(place, succeededCount);
  if (succeededCount > completions)
    report.invalid(
      place,
      succeededCount,
      `must be less than or equal to ${completions} (the number of specified completions)`,
      { fixes: lowered(place, completions) },
    );
  if (listed !== null && succeededCount > listed)
    report.invalid(
      place,
      succeededCount,
      `must be less than or equal to ${listed} (the number of indexes in the specified succeededIndexes field)`,
      { fixes: lowered(place, listed) },
    );
}

function lowered(path: FieldPath, most: number): readonly Fix[] {
  if (most === 0) return [];
  return [{ title: `Set succeededCount to ${most}`, edits: [{ kind: 'set', path, value: most }] }];
}

/** How many indexes are listed; 0 when the list cannot be read, as the server counts then. */
function checkIndexes(indexes: string, completions: number, at: FieldPath, report: Report): number {
  const place = [...at, 'succeededIndexes'];
  if (byteLength(indexes) > LONGEST_INDEXES) report.tooLong(place, LONGEST_INDEXES);
  const list = parseIndexList(indexes, completions);
  if ('total' in list) return list.total;
  report.invalid(place, indexes, `error parsing succeededIndexes: ${list.problem}`);
  return 0;
}

/** The policy as the server's message prints it: by the names of its own fields. */
function printedPolicy({ rules }: SuccessPolicy): unknown {
  if (rules === undefined) return { Rules: null };
  return {
    Rules: rules.map(({ succeededIndexes = null, succeededCount = null }) => ({
      SucceededIndexes: succeededIndexes,
      SucceededCount: succeededCount,
    })),
  };
}
