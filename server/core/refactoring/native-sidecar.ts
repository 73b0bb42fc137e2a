import { sidecarEdits } from '../advice/sidecar-edits.ts';
import type { JobRefactoring } from './refactoring.ts';

/** A container beside others as an init container that restarts: the Job no longer waits for its end. */
export const nativeSidecar: JobRefactoring = ({ job, prefix }) => {
  const pod = job.spec?.template?.spec;
  const containers = pod?.containers ?? [];
  if (pod === undefined || containers.length < 2) return [];
  const template = [...prefix, 'spec', 'template', 'spec'];
  return containers.map(({ name = '?' }, at) => ({
    kind: 'rewrite',
    near: [...template, 'containers', at],
    title: `Make ${name} a sidecar (the Job does not wait for its end)`,
    edits: sidecarEdits(pod, at, template),
  }));
};
