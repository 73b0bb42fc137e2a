import type { EnvVar } from '../kubernetes/generated/types.ts';
import type { ManifestEdit } from '../manifest/edit.ts';
import type { JobRefactoring } from './refactoring.ts';

/** Names of variables whose values belong into a Secret. */
const SECRET = /PASS(?:WORD|WD|PHRASE)?\b|SECRET|TOKEN|CREDENTIAL|PRIVATE|API_?KEY|ACCESS_?KEY/i;

/** The plain values of a container's variables in a ConfigMap of their own, each read by its key. */
export const envToConfigMap: JobRefactoring = ({ job, prefix, name }) => {
  if (name === '') return [];
  const containers = job.spec?.template?.spec?.containers ?? [];
  return containers.flatMap((container, at) => {
    const env = (container.env ?? []).flatMap((variable, index) => (isPlain(variable) ? [{ variable, index }] : []));
    if (env.length === 0) return [];
    const path = [...prefix, 'spec', 'template', 'spec', 'containers', at, 'env'];
    const configMap = `${name}-${container.name ?? 'env'}`;
    const edits = env.flatMap(({ variable, index }): ManifestEdit[] => [
      {
        kind: 'set',
        path: [...path, index, 'valueFrom'],
        value: { configMapKeyRef: { name: configMap, key: variable.name! } },
      },
      { kind: 'remove', path: [...path, index, 'value'] },
    ]);
    const namespace = job.metadata?.namespace;
    return {
      kind: 'extract',
      near: path,
      title: `Move ${env.length === 1 ? env[0]!.variable.name! : `${env.length} plain values`} to ConfigMap ${configMap}`,
      edits,
      more: [
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: configMap, ...(namespace === undefined ? {} : { namespace }) },
          data: Object.fromEntries(env.map(({ variable }) => [variable.name!, variable.value!])),
        },
      ],
    };
  });
};

/** References to other variables are expanded in the manifest only; a key of a ConfigMap has fewer characters. */
function isPlain({ name, value }: EnvVar): boolean {
  return (
    name !== undefined &&
    /^[-._a-zA-Z0-9]+$/.test(name) &&
    value !== undefined &&
    !value.includes('$(') &&
    !SECRET.test(name)
  );
}
