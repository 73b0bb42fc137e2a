import type { ObjectDocs } from './field-doc.ts';

/** Metadata and label selectors, as far as Jobs are concerned. */
export const METADATA_DOCS: Readonly<Record<string, ObjectDocs>> = {
  ObjectMeta: {
    name: {
      summary: 'The name, unique among its kind in the namespace.',
      detail:
        'Of a Job: at most 63 characters, since it becomes a label of the pods; of an Indexed Job `name-<last index>` must fit in 63 too. Of a CronJob: at most 52.',
      change: 'fixed',
    },
    generateName: {
      summary: 'Beginning of a name that the server completes with five random characters.',
      detail: 'Works with `kubectl create`, not with `kubectl apply`.',
      change: 'fixed',
    },
    namespace: { summary: 'The namespace; its pods run there too.', default: 'that of the request', change: 'fixed' },
    labels: { summary: 'Short key-value pairs to find objects by.' },
    annotations: { summary: 'Key-value pairs that tools attach; not for finding.' },
    finalizers: { summary: 'Names of those who must agree before the object is really gone.' },
    ownerReferences: { summary: 'Objects with whose deletion this one goes.' },
    uid: { summary: 'Unique id of the object.', written: true },
    resourceVersion: { summary: 'Version of the stored object.', written: true },
    generation: { summary: 'Counts changes of the spec.', written: true },
    creationTimestamp: { summary: 'When it was created.', written: true },
    deletionTimestamp: { summary: 'When its deletion was asked for.', written: true },
    deletionGracePeriodSeconds: { summary: 'How long the deletion waits.', written: true },
    managedFields: { summary: 'Who wrote which fields.', written: true },
    selfLink: { summary: 'No longer used.', written: true },
  },
  LabelSelector: {
    matchLabels: { summary: 'Labels that must have these values.' },
    matchExpressions: { summary: 'Conditions on labels, all of which must hold.' },
  },
  LabelSelectorRequirement: {
    key: { summary: 'The label.' },
    operator: {
      summary: 'How the label is compared.',
      values: {
        In: 'its value is one of those listed',
        NotIn: 'its value is none of those listed, or it is missing',
        Exists: 'it is there',
        DoesNotExist: 'it is missing',
      },
    },
    values: { summary: 'Values for In and NotIn.' },
  },
};
