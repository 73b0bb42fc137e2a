import { textsOfPod } from './container-text.ts';
import type { AdviceRule } from './rule.ts';

const QUEUE_WORDS =
  /queue|redis|rabbit|amqp|sqs|kafka|nats|pubsub|pub-sub|celery|broker|worker|stream|topic|subscription/i;

export const COMPLETIONS_FORGOTTEN: AdviceRule = {
  id: 'advice/completions-forgotten',
  title: 'Parallelism without completions',
  why: 'With parallelism set and completions unset, the Job is a work queue: it is done when one pod has succeeded and the others have ended, and pods that fail after that are not replaced. Right for pods that take their work from a queue; not for “run this so many times”.',
  severity: 'information',
  group: 'correctness',
  fixable: true,
  judgeJob({ job, forecast }) {
    const { asked } = forecast.parallelism;
    if (forecast.work.kind !== 'queue' || asked <= 1 || forecast.spec.completionMode === 'Indexed') return [];
    const pod = job.spec?.template?.spec;
    const names = [
      job.metadata?.name ?? '',
      ...(pod?.containers ?? []).flatMap(({ name, image }) => [name ?? '', image ?? '']),
    ];
    const variables = (pod?.containers ?? []).flatMap(({ env = [] }) => env.map(({ name = '' }) => name));
    if ([...names, ...variables, ...textsOfPod(pod)].some((text) => QUEUE_WORDS.test(text))) return [];
    return [
      {
        path: ['spec', 'parallelism'],
        message: `Without completions this is a work queue: the Job is done after the first of ${asked} pods has succeeded and the others have ended. If ${asked} pods must succeed, set completions: ${asked}.`,
        fixes: [
          {
            title: `Set completions to ${asked}`,
            edits: [{ kind: 'set', path: ['spec', 'completions'], value: asked }],
          },
        ],
      },
    ];
  },
};
