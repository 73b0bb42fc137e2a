import { useEffect } from 'preact/hooks';
import type { Host } from '../host.ts';
import { type PanelModel, stateOf } from '../model/panel-model.ts';

/** Scrubbing changes the state many times a second: it is kept when it rests for so long. */
const REST_MS = 100;

/** Has the host keep what the panel shows: once it rests, and at once when the page is hidden or thrown away. */
export function useKeptState(model: PanelModel, host: Host): void {
  useEffect(() => {
    const state = stateOf(model);
    if (state === null) return undefined;
    const timer = setTimeout(keep, REST_MS);
    function keep(): void {
      done();
      host.keep(state!);
    }
    function done(): void {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', keep);
      window.removeEventListener('pagehide', keep);
    }
    document.addEventListener('visibilitychange', keep);
    window.addEventListener('pagehide', keep);
    return done;
  }, [host, model.source, model.seed, model.edits, model.playhead, model.view, model.run, model.chosen]);
}
