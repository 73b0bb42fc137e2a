import * as l10n from '@vscode/l10n';
import type { PodRun } from '../../../server/core/timeline/timeline.ts';

/** What a pod is doing during a stretch of its life. `starting` runs but is not ready yet. */
export type SegmentKind = 'pending' | 'starting' | 'running' | 'terminating';

export interface Segment {
  readonly kind: SegmentKind;
  readonly from: number;
  readonly until: number;
}

/** How a pod's bar ends: in a final phase, gone without one, unknown to us, or not at all (`open`). */
export type PodEnding = 'succeeded' | 'failed' | 'gone' | 'unknown' | 'open';

/** The pod's stretches up to `horizon` (seconds), in order, without empty ones. */
export function podSegments(pod: PodRun, horizon: number): readonly Segment[] {
  const end = podEndTime(pod) ?? Math.max(horizon, pod.created);
  const deleting = pod.deleting !== null && pod.deleting < end ? pod.deleting : null;
  const alive = deleting ?? end;
  const started = pod.started !== null && pod.started < alive ? pod.started : alive;
  const ready = pod.ready !== null && pod.ready < alive ? pod.ready : pod.ready === null ? started : alive;
  const segments: Segment[] = [
    { kind: 'pending', from: pod.created, until: started },
    { kind: 'starting', from: started, until: Math.max(started, ready) },
    { kind: 'running', from: Math.max(started, ready), until: alive },
    { kind: 'terminating', from: alive, until: deleting === null ? alive : end },
  ];
  return segments.filter((segment) => segment.until > segment.from);
}

/** When the pod's bar ends, in seconds: its final phase, or the removal of a pod that never reached one. */
export function podEndTime(pod: PodRun): number | null {
  return pod.finished ?? pod.removed;
}

export function podEnding(pod: PodRun): PodEnding {
  if (pod.finished !== null) {
    if (pod.phase === 'Succeeded') return 'succeeded';
    return pod.phase === 'Failed' ? 'failed' : 'unknown';
  }
  if (pod.removed !== null) return 'gone';
  return pod.phase === 'Unknown' ? 'unknown' : 'open';
}

/** What a pod is at one moment. `none`: not created yet. */
export type PodState = 'none' | 'pending' | 'running' | 'terminating' | 'succeeded' | 'failed' | 'gone' | 'unknown';

export function podStateAt(pod: PodRun, t: number): PodState {
  if (t < pod.created) return 'none';
  const end = podEndTime(pod);
  if (end !== null && t >= end) {
    const ending = podEnding(pod);
    return ending === 'open' ? 'unknown' : ending;
  }
  if (pod.deleting !== null && t >= pod.deleting) return 'terminating';
  if (pod.started !== null && t >= pod.started) return 'running';
  return 'pending';
}

/** The few characters beside a bar's end: `exit 42`, a reason, or nothing for a pod that succeeded. */
export function endingLabel(pod: PodRun): string {
  const ending = podEnding(pod);
  if (ending === 'gone') return l10n.t('removed');
  if (ending !== 'failed') return '';
  const telling = pod.reason !== undefined && pod.reason !== 'Error' ? pod.reason : null;
  if (pod.exitCode === null) return telling ?? l10n.t('failed');
  return telling === null ? l10n.t('exit {0}', pod.exitCode) : l10n.t('{0}, exit {1}', telling, pod.exitCode);
}
