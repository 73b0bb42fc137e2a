import type { AdviceRule } from './rule.ts';

/** A label, and so a host name, holds so many characters. */
const LONGEST = 63;
/** The controller names a Job after its minute since 1970: eight digits until the year 2160. */
const MINUTE_DIGITS = 8;

export const HOST_NAME_TOO_LONG: AdviceRule = {
  id: 'advice/host-name-too-long',
  title: 'CronJob whose pods get host names that are too long',
  why: 'Each Job of a CronJob is named after it, with a dash and eight digits, and each pod of an Indexed Job gets that name, a dash and its index as host name. The server accepts the CronJob, but refuses every Job whose last host name has more than 63 characters: the CronJob says FailedCreate at each run, and no Job is ever made.',
  severity: 'warning',
  group: 'correctness',
  fixable: true,
  judgeCronJob(cronJob) {
    const name = cronJob.metadata?.name ?? '';
    const { completionMode, completions = 0 } = cronJob.spec?.jobTemplate?.spec ?? {};
    if (completionMode !== 'Indexed' || completions < 1 || name === '') return [];
    const ending = 1 + MINUTE_DIGITS + 1 + String(completions - 1).length;
    const length = name.length + ending;
    if (length <= LONGEST) return [];
    const path = ['metadata', 'name'];
    const shorter = name.slice(0, LONGEST - ending).replace(/[-.]+$/, '');
    return [
      {
        path,
        message: `The pod of index ${completions - 1} would have a host name of ${length} characters, and ${LONGEST} are allowed: every Job is refused (FailedCreate) and nothing ever runs. The name may have ${LONGEST - ending} characters.`,
        fixes: [{ title: `Shorten the name to ${shorter}`, edits: [{ kind: 'set', path, value: shorter }] }],
      },
    ];
  },
};
