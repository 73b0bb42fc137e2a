// successPolicy: when the indexes that have succeeded are enough.
import { checkEnds } from './simulated.ts';

const INDEXED = { completionMode: 'Indexed' };

checkEnds([
  [
    'success policy by index',
    { ...INDEXED, parallelism: 2, completions: 2, successPolicy: { rules: [{ succeededIndexes: '1' }] } },
    { default: { run: 60 }, pods: [{ match: { index: 1 }, run: 1 }] },
    'Complete SuccessPolicy s1 f0 ci 1',
    2,
  ],
  [
    'success policy by count of a subset',
    {
      ...INDEXED,
      parallelism: 5,
      completions: 5,
      successPolicy: { rules: [{ succeededIndexes: '0-3', succeededCount: 2 }] },
    },
    { default: { run: 60 }, pods: [{ match: { index: '1,3' }, run: 1 }] },
    'Complete SuccessPolicy s2 f0 ci 1,3',
    5,
  ],
  [
    'a failure verdict wins over a success policy',
    {
      ...INDEXED,
      parallelism: 2,
      completions: 2,
      backoffLimitPerIndex: 0,
      successPolicy: { rules: [{ succeededCount: 1 }] },
    },
    { default: { run: 2 }, pods: [{ match: { index: 0 }, exitCode: 1 }] },
    'Failed FailedIndexes s1 f1 ci 1 fi 0',
    2,
  ],
]);
