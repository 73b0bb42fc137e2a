import { readJob, type ObservedJob } from '../../server/core/timeline/observed-shapes.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A Job of a list, without what is long and says nothing there, since a namespace may have thousands: of the pod template
 * it keeps the restart policy and the names of the containers, which reasons speak of, and managed fields only of a
 * suspended Job, for they tell who suspended it. Null for what is no Job.
 */
export function readListedJob(raw: unknown): ObservedJob | null {
  const { metadata, spec, ...rest } = fieldsOf(raw);
  const { managedFields, annotations, ...kept } = fieldsOf(metadata);
  const { template, ...own } = fieldsOf(spec);
  const notes = Object.entries(fieldsOf(annotations)).filter(([name]) => name !== LAST_APPLIED);
  return readJob({
    ...rest,
    metadata: {
      ...kept,
      ...(notes.length === 0 ? {} : { annotations: Object.fromEntries(notes) }),
      ...(own['suspend'] === true ? { managedFields } : {}),
    },
    spec: { ...own, template: { spec: podSpecOf(fieldsOf(template)['spec']) } },
  });
}

function podSpecOf(raw: unknown): object {
  const { restartPolicy, containers, initContainers } = fieldsOf(raw);
  const names = (list: unknown): object[] =>
    Array.isArray(list) ? list.map((container: unknown) => ({ name: fieldsOf(container)['name'] })) : [];
  return { restartPolicy, containers: names(containers), initContainers: names(initContainers) };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
