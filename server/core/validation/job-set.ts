import type { Job, JobTemplateSpec } from '../kubernetes/generated/types.ts';
import { segmentKey, type FieldPath } from '../manifest/path.ts';
import { entryOf, nodeAt, type ManifestNode } from '../manifest/tree.ts';
import { decodeObject, type Decoding } from './decoding.ts';
import type { Finding } from './finding.ts';

/**
 * JobSet (jobset.x-k8s.io): each of its replicated jobs holds the template of batch Jobs that its controller makes. Only
 * these templates are ours; what else a JobSet says is not judged.
 */

/** The template of one replicated job. */
export interface ReplicatedJob {
  /** 0-based place in `spec.replicatedJobs`. */
  readonly index: number;
  /** From the root of the JobSet. */
  readonly path: FieldPath;
  readonly template: ManifestNode;
  /** Of the first Job that is made from it, `<JobSet>-<replicated job>-0`; empty where one of the two has no name yet. */
  readonly jobName: string;
}

/** True for a JobSet of any version. */
export function isJobSet(root: ManifestNode): boolean {
  return textAt(root, ['kind']) === 'JobSet' && textAt(root, ['apiVersion']).startsWith('jobset.x-k8s.io/');
}

/** The replicated jobs that have a template; none where the root is no JobSet. */
export function replicatedJobsIn(root: ManifestNode): readonly ReplicatedJob[] {
  const list = isJobSet(root) ? nodeAt(root, ['spec', 'replicatedJobs']) : undefined;
  if (list?.kind !== 'sequence') return [];
  const name = textAt(root, ['metadata', 'name']);
  return list.items.flatMap((item, index) => {
    const template = entryOf(item, 'template')?.value;
    if (template?.kind !== 'mapping') return [];
    const own = textAt(item, ['name']);
    const jobName = name === '' || own === '' ? '' : `${name}-${own}-0`;
    return [{ index, path: ['spec', 'replicatedJobs', index, 'template'], template, jobName }];
  });
}

/**
 * Decodes a template to the Job that the controller makes of it: the name is made, and what is left out gets the
 * defaults of JobSet's webhook (`completionMode: Indexed`, `restartPolicy: OnFailure`) before those of a Job.
 */
export function decodeJobTemplate(template: ManifestNode, jobName: string): Decoding<Job> {
  const { object, findings } = decodeObject(template, 'JobTemplateSpec');
  return { object: jobOf(object, jobName), findings };
}

function jobOf({ metadata, spec = {} }: JobTemplateSpec, jobName: string): Job {
  const pod = spec.template?.spec;
  const template =
    pod === undefined
      ? spec.template
      : { ...spec.template, spec: { ...pod, restartPolicy: pod.restartPolicy ?? 'OnFailure' } };
  return {
    // Any name will do where the manifest leaves it open: what depends on it is not said.
    metadata: { ...metadata, name: jobName === '' ? 'job' : jobName },
    spec: {
      ...spec,
      completionMode: spec.completionMode ?? 'Indexed',
      ...(template === undefined ? {} : { template }),
    },
  };
}

/** False for what follows from the name: the template does not choose it, and JobSet minds its length itself. */
export function isOfTemplate({ path, shownAt }: Pick<Finding, 'path'> & { readonly shownAt?: FieldPath }): boolean {
  return [path, shownAt ?? []].every(([first, second]) => {
    const name = second === undefined ? null : segmentKey(second);
    return first !== 'metadata' || (name !== 'name' && name !== 'generateName' && name !== 'namespace');
  });
}

function textAt(root: ManifestNode, path: FieldPath): string {
  const node = nodeAt(root, path);
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : '';
}
