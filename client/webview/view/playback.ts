import * as l10n from '@vscode/l10n';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { nextMoment, previousMoment } from '../model/moments.ts';

/** How fast it plays; `whole` shows the run in about twelve seconds, whatever its length. */
export const speeds = [
  { id: 'whole', label: l10n.t('All in 12 s'), factor: null },
  { id: 'slow', label: l10n.t('All in 60 s'), factor: null },
  { id: 'x1', label: l10n.t('Real time'), factor: 1 },
  { id: 'x10', label: '10 ×', factor: 10 },
  { id: 'x60', label: '60 ×', factor: 60 },
  { id: 'x600', label: '600 ×', factor: 600 },
] as const;
export type SpeedId = (typeof speeds)[number]['id'];

export interface Playback {
  readonly playing: boolean;
  readonly speed: SpeedId;
  readonly setSpeed: (id: SpeedId) => void;
  readonly toggle: () => void;
  readonly next: () => void;
  readonly previous: () => void;
  readonly toStart: () => void;
  readonly toEnd: () => void;
}

/** How long a moment is shown when motion is to be reduced, in milliseconds. */
const stepEvery = 700;

/** Moves the playhead; where motion is to be reduced it goes from event to event instead of gliding. */
export function usePlayback(
  moments: Float64Array,
  until: number,
  playhead: number | null,
  setPlayhead: (t: number | null) => void,
): Playback {
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<SpeedId>('whole');
  const at = useRef(playhead);
  at.current = playhead;
  useEffect(() => {
    if (!playing) return undefined;
    const chosen = speeds.find(({ id }) => id === speed);
    const factor = chosen?.factor ?? Math.max(0.05, until / (speed === 'slow' ? 60 : 12));
    // What the editor's setting says, which follows the system unless it was set.
    const calm = document.body.classList.contains('vscode-reduce-motion');
    let frame = 0;
    let last = performance.now();
    const step = (now: number): void => {
      frame = requestAnimationFrame(step);
      if (calm && now - last < stepEvery) return;
      const from = at.current ?? 0;
      const t = calm ? (nextMoment(moments, from) ?? until) : from + ((now - last) / 1000) * factor;
      last = now;
      at.current = t;
      if (t >= until) {
        setPlaying(false);
        setPlayhead(null);
      } else setPlayhead(t);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [playing, speed, until, moments, setPlayhead]);

  return useMemo(() => {
    const jump = (t: number | null): void => {
      setPlaying(false);
      setPlayhead(t);
    };
    return {
      playing,
      speed,
      setSpeed,
      toggle() {
        if (!playing && (at.current === null || at.current >= until)) setPlayhead(0);
        setPlaying(!playing);
      },
      next() {
        const t = nextMoment(moments, at.current ?? until);
        jump(t === null || t >= until ? null : t);
      },
      previous: () => jump(previousMoment(moments, at.current ?? until) ?? 0),
      toStart: () => jump(0),
      toEnd: () => jump(null),
    };
  }, [playing, speed, moments, until, setPlayhead]);
}
