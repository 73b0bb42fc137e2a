// Cases of rules about CronJobs: schedule, runs, history.
import { cronJob, INDEXED, type AdviceCase } from './advice-case.ts';

export const CRON_JOB_CASES: Readonly<Record<string, AdviceCase>> = {
  'advice/cron-impossible-date': {
    says: [{ text: cronJob('schedule: 0 0 30 2 *'), findings: ['warning spec.schedule'] }],
    quiet: [
      cronJob('schedule: 0 0 29 2 *'),
      cronJob('schedule: 0 0 31 4,5 *'),
      cronJob('schedule: 0 0 30 2 1'),
      cronJob('schedule: nonsense'),
    ],
    fixed: [
      { kind: 'set', path: ['spec', 'schedule'], value: '0 0 1 1 *' },
      { kind: 'set', path: ['spec', 'suspend'], value: true },
    ],
  },
  'advice/cron-both-days': {
    says: [{ text: cronJob('schedule: 0 0 13 * 5'), findings: ['information spec.schedule'] }],
    quiet: [cronJob('schedule: 0 0 13 * *'), cronJob('schedule: 0 0 * * 5'), cronJob('schedule: 0 0 13 * 0-6')],
  },
  'advice/cron-uneven-step': {
    says: [
      { text: cronJob('schedule: "*/7 * * * *"'), findings: ['information spec.schedule'] },
      { text: cronJob('schedule: 0 0 */2 * *'), findings: ['information spec.schedule'] },
      { text: cronJob('schedule: 0 */5 * * *'), findings: ['information spec.schedule'] },
    ],
    quiet: [cronJob('schedule: "*/15 * * * *"'), cronJob('schedule: 0 */6 * * *'), cronJob('schedule: "*/45 * * * *"')],
  },
  'advice/cron-clock-change': {
    says: [
      { text: cronJob('schedule: 30 2 * * *\ntimeZone: Europe/Berlin'), findings: ['information spec.schedule'] },
      { text: cronJob('schedule: 0 1 * * *\ntimeZone: America/New_York'), findings: ['information spec.schedule'] },
    ],
    quiet: [
      cronJob('schedule: 30 3 * * *\ntimeZone: Europe/Berlin'),
      cronJob('schedule: 30 2 * * *\ntimeZone: Asia/Tokyo'),
      cronJob('schedule: 30 2 * * *'),
      cronJob('schedule: 0 * * * *\ntimeZone: Europe/Berlin'),
    ],
  },
  'advice/starting-deadline-short': {
    says: [
      {
        text: cronJob('schedule: "@daily"\nstartingDeadlineSeconds: 0'),
        findings: ['warning spec.startingDeadlineSeconds'],
      },
      {
        text: cronJob('schedule: "@daily"\nstartingDeadlineSeconds: 9'),
        findings: ['warning spec.startingDeadlineSeconds'],
      },
    ],
    quiet: [cronJob('schedule: "@daily"\nstartingDeadlineSeconds: 10'), cronJob('schedule: "@daily"')],
    fixed: [{ kind: 'set', path: ['spec', 'startingDeadlineSeconds'], value: 120 }],
  },
  'advice/failed-history-zero': {
    says: [
      {
        text: cronJob('schedule: "@daily"\nfailedJobsHistoryLimit: 0'),
        findings: ['information spec.failedJobsHistoryLimit'],
      },
    ],
    quiet: [cronJob('schedule: "@daily"\nfailedJobsHistoryLimit: 1'), cronJob('schedule: "@daily"')],
    fixed: [{ kind: 'set', path: ['spec', 'failedJobsHistoryLimit'], value: 1 }],
  },
  'advice/host-name-too-long': {
    says: [
      {
        text: cronJob('schedule: "@daily"', {
          name: 'a'.repeat(52),
          spec: 'completionMode: Indexed\ncompletions: 100',
        }),
        findings: ['warning metadata.name'],
      },
    ],
    quiet: [
      cronJob('schedule: "@daily"', { name: 'a'.repeat(52), spec: 'completionMode: Indexed\ncompletions: 10' }),
      cronJob('schedule: "@daily"', { name: 'a'.repeat(52), spec: 'completions: 100' }),
    ],
    fixed: [{ kind: 'set', path: ['metadata', 'name'], value: 'a'.repeat(51) }],
  },
  'advice/cron-jobs-refused': {
    says: [
      {
        text: cronJob('schedule: 0 3 * * *', { name: 'nightly.report', spec: INDEXED }),
        findings: ['warning metadata.name'],
      },
      {
        text: cronJob('schedule: 0 3 * * *').replace(
          '  jobTemplate:\n',
          '  jobTemplate:\n    metadata: {labels: {team: "a team"}}\n',
        ),
        findings: ['warning spec.jobTemplate.metadata.labels'],
      },
    ],
    quiet: [
      cronJob('schedule: 0 3 * * *', { name: 'nightly.report' }),
      cronJob('schedule: 0 3 * * *', { name: 'nightly-report', spec: INDEXED }),
      // Refused as it stands.
      cronJob('schedule: never', { name: 'nightly.report', spec: INDEXED }),
    ],
  },
};
