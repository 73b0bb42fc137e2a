import type { PodSpec } from '../kubernetes/generated/types.ts';
import type { ManifestEdit } from '../manifest/edit.ts';
import type { FieldPath } from '../manifest/path.ts';

/** Takes the container `at` of a pod, which stands at `template`, to its init containers, as one that restarts. */
export function sidecarEdits(pod: PodSpec, at: number, template: FieldPath): readonly ManifestEdit[] {
  const to = [...template, 'initContainers', pod.initContainers?.length ?? 0];
  return [
    { kind: 'move', path: [...template, 'containers', at], to },
    { kind: 'set', path: [...to, 'restartPolicy'], value: 'Always' },
  ];
}
