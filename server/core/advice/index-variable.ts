import type { Container, EnvVar } from '../kubernetes/generated/types.ts';
import type { FieldPath } from '../manifest/path.ts';
import { startsShell } from './container-text.ts';
import type { Advice, AdviceRule, JobSubject } from './rule.ts';

const VARIABLE = 'JOB_COMPLETION_INDEX';
const INDEX_FIELD = "metadata.annotations['batch.kubernetes.io/job-completion-index']";

/** Containers of both lists, each with its path. */
function containersOf({ job }: JobSubject): { readonly container: Container; readonly path: FieldPath }[] {
  const pod = job.spec?.template?.spec;
  const within: FieldPath = ['spec', 'template', 'spec'];
  return [
    ...(pod?.containers ?? []).map((container, at) => ({ container, path: [...within, 'containers', at] })),
    ...(pod?.initContainers ?? []).map((container, at) => ({ container, path: [...within, 'initContainers', at] })),
  ];
}

export const INDEX_VARIABLE_SET: AdviceRule = {
  id: 'advice/index-variable-set',
  title: 'JOB_COMPLETION_INDEX set by the template',
  why: 'The controller adds JOB_COMPLETION_INDEX only to containers that do not define it. A value in the template stays as it is, so every pod reads the same index.',
  severity: 'warning',
  group: 'correctness',
  fixable: true,
  judgeJob(subject) {
    if (subject.forecast.work.kind !== 'indexes') return [];
    return containersOf(subject).flatMap(({ container, path }) =>
      (container.env ?? []).flatMap((variable, at): Advice[] =>
        variable.name !== VARIABLE || fromIndex(variable)
          ? []
          : [
              {
                path: [...path, 'env', at, 'name'],
                message: `${VARIABLE} is set here, so the controller leaves it alone and every pod reads the same value.`,
                fixes: [
                  {
                    title: `Remove ${VARIABLE}`,
                    edits: [{ kind: 'remove', path: [...path, 'env', at] }],
                    preferred: true,
                  },
                ],
              },
            ],
      ),
    );
  },
};

function fromIndex({ valueFrom }: EnvVar): boolean {
  return valueFrom?.fieldRef?.fieldPath?.includes('job-completion-index') === true;
}

export const INDEX_NOT_EXPANDED: AdviceRule = {
  id: 'advice/index-not-expanded',
  title: 'JOB_COMPLETION_INDEX that nobody expands',
  why: 'Only a shell expands $JOB_COMPLETION_INDEX. In command and args without a shell Kubernetes expands $(JOB_COMPLETION_INDEX). In the value of another variable even that stays as written, since the controller adds the variable at the end of the list and only earlier ones are expanded.',
  severity: 'warning',
  group: 'correctness',
  fixable: true,
  judgeJob(subject) {
    if (subject.forecast.work.kind !== 'indexes') return [];
    return containersOf(subject).flatMap(({ container, path }) => [
      ...inWords(container, path),
      ...inVariables(container, path),
    ]);
  },
};

/** `--index=$JOB_COMPLETION_INDEX` as a word of a command that is no shell. */
function inWords(container: Container, path: FieldPath): Advice[] {
  // Without a command the image's own entrypoint may be a shell.
  if (container.command === undefined || container.command.length === 0 || startsShell(container)) return [];
  return (['command', 'args'] as const).flatMap((field) =>
    (container[field] ?? []).flatMap((word, at): Advice[] => {
      const expanded = word.replace(/\$\{JOB_COMPLETION_INDEX\}|\$JOB_COMPLETION_INDEX\b/g, `$(${VARIABLE})`);
      // A longer text may be a script that somebody else runs.
      if (expanded === word || /\s/.test(word)) return [];
      const place = [...path, field, at];
      return [
        {
          path: place,
          message: `There is no shell here to expand ${word}: the program gets these very characters. Kubernetes expands $(${VARIABLE}).`,
          fixes: [
            { title: `Write ${expanded}`, edits: [{ kind: 'set', path: place, value: expanded }], preferred: true },
          ],
        },
      ];
    }),
  );
}

function inVariables(container: Container, path: FieldPath): Advice[] {
  const variables = container.env ?? [];
  if (variables.some(({ name }) => name === VARIABLE)) return [];
  return variables.flatMap((variable, at): Advice[] => {
    if (variable.value?.includes(`$(${VARIABLE})`) !== true) return [];
    const alone = variable.value === `$(${VARIABLE})`;
    const place = [...path, 'env', at];
    return [
      {
        path: [...place, 'value'],
        message: `$(${VARIABLE}) is not expanded here: the controller adds the variable after this one.`,
        fixes: [
          alone
            ? {
                title: 'Take the index from the pod',
                preferred: true,
                edits: [
                  { kind: 'remove', path: [...place, 'value'] },
                  { kind: 'set', path: [...place, 'valueFrom'], value: { fieldRef: { fieldPath: INDEX_FIELD } } },
                ],
              }
            : {
                title: `Define ${VARIABLE} first`,
                preferred: true,
                edits: [
                  {
                    kind: 'insert',
                    path: [...path, 'env'],
                    index: at,
                    value: { name: VARIABLE, valueFrom: { fieldRef: { fieldPath: INDEX_FIELD } } },
                  },
                ],
              },
        ],
      },
    ];
  });
}
