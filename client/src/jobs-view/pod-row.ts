import * as l10n from '@vscode/l10n';
import type { Pod } from '../../../server/core/timeline/observed-objects.ts';
import { containersOf, restartsOf } from '../../../server/core/timeline/observed-pod.ts';
import { stampMilliseconds } from '../../../server/core/timeline/observed-time.ts';
import { podState } from '../../../server/core/timeline/pod-state.ts';
import type { IndexNode } from './job-node.ts';
import { ageWords } from './row-words.ts';
import { JOB_ICONS } from './job-row.ts';
import { BAD, GOOD, WARNING, WORKING, type Icon, type Row } from './row.ts';

/** A pod: its state in kubectl's words, restarts, age. */
export function podRow(pod: Pod, now: number): Row {
  const state = podState(pod);
  const { status = {}, metadata, spec } = pod;
  const restarts = restartsOf(status);
  const created = stampMilliseconds(metadata.creationTimestamp);
  const age = created === null ? [] : [ageWords(Math.max(0, (now - created) / 1000))];
  const said = status.message ?? firstMessage(pod);
  return {
    label: metadata.name,
    description: [
      state,
      ...(restarts > 0 ? [restarts === 1 ? l10n.t('1 restart') : l10n.t('{0} restarts', restarts)] : []),
      ...age,
    ].join(' · '),
    icon: podIcon(status.phase, state),
    tooltip: [
      `Pod ${metadata.namespace ?? ''}/${metadata.name}: ${state}`,
      ...(spec?.nodeName === undefined ? [] : [l10n.t('On node {0}', spec.nodeName)]),
      ...(said === undefined ? [] : [said]),
    ],
  };
}

function firstMessage({ status = {} }: Pod): string | undefined {
  return containersOf(status)
    .map(({ state }) => state?.waiting?.message ?? state?.terminated?.message)
    .find((message) => message !== undefined && message !== '');
}

function podIcon(phase: string | undefined, state: string): Icon {
  if (phase === 'Succeeded') return { name: 'pass', color: GOOD };
  if (phase === 'Failed') return { name: 'error', color: BAD };
  if (/Err|BackOff|Invalid|OOMKilled/.test(state)) return { name: 'warning', color: WARNING };
  return phase === 'Running' ? { name: 'play-circle', color: WORKING } : { name: 'circle-outline' };
}

/** An index: what the Job's status says of it, else what its youngest pod says. */
export function indexRow({ index, state, pods }: Pick<IndexNode, 'index' | 'state' | 'pods'>, now: number): Row {
  const latest = pods[0];
  const attempts = pods.length > 1 ? [l10n.t('{0} pods', pods.length)] : [];
  const below = latest === undefined ? null : podRow(latest, now);
  const label = l10n.t('Index {0}', index);
  if (state !== null)
    return {
      label,
      description: [state, ...attempts].join(' · '),
      icon: JOB_ICONS[state],
      tooltip: [`${label}: ${state}`, ...(state === 'Failed' ? (below?.tooltip.slice(2) ?? []) : [])],
    };
  return {
    label,
    description: [...(below === null ? [l10n.t('no pod')] : [below.description]), ...attempts].join(' · '),
    icon: below?.icon ?? { name: 'circle-outline' },
    tooltip: [label, ...(below?.tooltip ?? [])],
  };
}
