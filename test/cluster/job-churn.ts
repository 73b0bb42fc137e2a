/** Jobs of a namespace that are made, changed and deleted, for comparing a list that is kept with the server's own. */
import { resourcePath, type Api } from './api.ts';
import type { KubernetesObject } from './objects.ts';

type Named = Pick<KubernetesObject['metadata'], 'name' | 'uid' | 'resourceVersion'>;

export interface JobChurn {
  /** Makes, changes or deletes Jobs so many times, one after the other. */
  change(times: number): Promise<void>;
  /** A Job with its version. */
  line(job: { readonly metadata: Named }): string;
  /** The lines of all Jobs as the server itself lists them, sorted. */
  list(): Promise<readonly string[]>;
}

const MOST_JOBS = 60;

/**
 * No controller manages the Jobs, so that nobody else changes them meanwhile.
 * @param random whole numbers from 0 to below the given one
 */
export function startJobChurn(api: Api, namespace: string, random: (below: number) => number): JobChurn {
  const names: string[] = [];
  let step = 0;
  const path = (name?: string): string => resourcePath('jobs', namespace, name);
  const line: JobChurn['line'] = ({ metadata }) => `${metadata.name} ${metadata.uid} ${metadata.resourceVersion}`;
  const one = async (): Promise<void> => {
    step++;
    const labels = { step: String(step) };
    const doing = random(3);
    const at = random(Math.max(1, names.length));
    const name = names[at];
    if (name === undefined || (doing === 0 && names.length < MOST_JOBS)) {
      const made = `listed-${step}`;
      names.push(made);
      const spec = {
        managedBy: 'jobwright.example/nobody',
        template: { spec: { restartPolicy: 'Never', containers: [{ name: 'worker', image: 'batch-worker:1.0' }] } },
      };
      await api.create(path(), { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: made, labels }, spec });
    } else if (doing === 1) {
      names.splice(at, 1);
      await api.delete(path(name), { propagationPolicy: 'Background' });
    } else await api.patch(path(name), { metadata: { labels } });
  };
  return {
    line,
    async change(times) {
      for (let n = 0; n < times; n++) await one();
    },
    async list() {
      const { items } = await api.list(path());
      return items.map(line).sort();
    },
  };
}
