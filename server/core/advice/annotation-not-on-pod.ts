import type { ObjectMeta, PodTemplateSpec } from '../kubernetes/generated/types.ts';
import type { ManifestEdit } from '../manifest/edit.ts';
import type { FieldPath } from '../manifest/path.ts';
import type { Advice, AdviceRule } from './rule.ts';

/** What autoscalers and injectors look for on pods, and nowhere else. */
const OF_PODS: ReadonlySet<string> = new Set([
  'cluster-autoscaler.kubernetes.io/safe-to-evict',
  'karpenter.sh/do-not-disrupt',
  'karpenter.sh/do-not-evict',
  'sidecar.istio.io/inject',
  'proxy.istio.io/config',
  'linkerd.io/inject',
  'vault.hashicorp.com/agent-inject',
  'gke-gcsfuse/volumes',
]);

export const ANNOTATION_NOT_ON_POD: AdviceRule = {
  id: 'advice/annotation-not-on-pod',
  title: 'Annotation that only counts on pods',
  why: 'Autoscalers, service meshes and injectors read their annotations and labels from pods. On the Job or CronJob itself they have no effect: a pod that was to be kept is evicted, a sidecar that was to be left out comes and keeps the Job from ending. They belong into the metadata of the pod template.',
  severity: 'warning',
  group: 'correctness',
  fixable: true,
  judgeJob({ job }) {
    return misplaced(job.metadata, [], job.spec?.template, ['spec', 'template']);
  },
  judgeCronJob({ metadata, spec }) {
    const template = ['spec', 'jobTemplate', 'spec', 'template'];
    return misplaced(metadata, [], spec?.jobTemplate?.spec?.template, template);
  },
};

function misplaced(
  metadata: ObjectMeta | undefined,
  at: FieldPath,
  pod: PodTemplateSpec | undefined,
  template: FieldPath,
): readonly Advice[] {
  return (['annotations', 'labels'] as const).flatMap((field) => {
    const map = metadata?.[field] ?? {};
    return Object.entries(map).flatMap(([key, value]): Advice[] => {
      if (!OF_PODS.has(key) || pod === undefined || pod.metadata?.[field]?.[key] !== undefined) return [];
      const own = [...at, 'metadata', field];
      const alone = Object.keys(map).length === 1;
      const edits: readonly ManifestEdit[] = [
        { kind: 'set', path: [...template, 'metadata', field, { key }], value },
        { kind: 'remove', path: alone ? own : [...own, { key }] },
      ];
      return [
        {
          path: [...own, { key }],
          message: `${key} counts on pods only: here it has no effect.`,
          fixes: [{ title: 'Move it to the pod template', edits, preferred: true }],
        },
      ];
    });
  });
}
