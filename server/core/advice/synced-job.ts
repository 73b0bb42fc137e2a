import type { Job } from '../kubernetes/generated/types.ts';
import type { Fix } from '../manifest/edit.ts';
import type { AdviceRule } from './rule.ts';

interface Tool {
  readonly name: string;
  /** Annotations that only this tool reads. */
  readonly keys: RegExp;
  /** Annotation that makes it replace what cannot be changed, and how it says so. */
  readonly replace: { readonly key: string; readonly value: string; readonly said: RegExp };
}

const TOOLS: readonly Tool[] = [
  {
    name: 'Argo CD',
    keys: /^argocd\.argoproj\.io\//,
    replace: {
      key: 'argocd.argoproj.io/sync-options',
      value: 'Force=true,Replace=true',
      said: /\b(?:Force|Replace)=true\b/,
    },
  },
  {
    name: 'Flux',
    keys: /^kustomize\.toolkit\.fluxcd\.io\//,
    replace: { key: 'kustomize.toolkit.fluxcd.io/force', value: 'enabled', said: /^enabled$/i },
  },
];

/** Makes the Job anew each time, or leaves it alone. */
const HOOK = /^(?:argocd\.argoproj\.io\/hook|helm\.sh\/hook|kustomize\.toolkit\.fluxcd\.io\/(?:ssa|reconcile))$/;

export const SYNCED_JOB: AdviceRule = {
  id: 'advice/synced-job',
  title: 'Job that a sync cannot change',
  why: 'The pod template of a Job cannot be changed. A tool that applies the manifest again after the image has changed is refused, and its sync fails until somebody deletes the Job. A hook is made anew at each sync; an option of the tool replaces what cannot be changed. Without a name a Job cannot be applied at all.',
  severity: 'information',
  group: 'reliability',
  fixable: true,
  inJobSets: false,
  judgeJob({ job, cronJob }) {
    const annotations = job.metadata?.annotations ?? {};
    const keys = Object.keys(annotations);
    const tool = TOOLS.find((each) => keys.some((key) => each.keys.test(key)));
    if (cronJob !== null || tool === undefined || keys.some((key) => HOOK.test(key))) return [];
    const path = ['metadata', 'annotations'];
    if (job.metadata?.name === undefined && job.metadata?.generateName !== undefined)
      return [
        {
          path: ['metadata', 'generateName'],
          severity: 'warning',
          message: `${tool.name} applies its manifests, and what has no name cannot be applied: only a hook may have generateName.`,
          fixes: [nameIt(job)],
        },
      ];
    const { key, value, said } = tool.replace;
    const options = annotations[key];
    if (options !== undefined && said.test(options)) return [];
    return [
      {
        path,
        message: `After the next change of its image or command ${tool.name} cannot apply this Job: a pod template is immutable. Let it replace the Job, or make it a hook.`,
        fixes: [
          {
            title: `Let ${tool.name} replace it`,
            edits: [
              { kind: 'set', path: [...path, { key }], value: options === undefined ? value : `${options},${value}` },
            ],
          },
        ],
      },
    ];
  },
};

function nameIt(job: Job): Fix {
  const name = (job.metadata?.generateName ?? '').replace(/[-.]+$/, '');
  return {
    title: `Name it ${name}`,
    edits: [
      { kind: 'set', path: ['metadata', 'generateName'], value: name },
      { kind: 'rename', path: ['metadata', 'generateName'], name: 'name' },
    ],
  };
}
