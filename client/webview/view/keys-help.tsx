import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { KEYS } from '../model/keys.ts';
import { Tool } from './toolbar.tsx';

/** What the mouse can do that no button says. */
const MOUSE: readonly (readonly [string, string])[] = [
  ['Drag on the axis', 'Move the playhead'],
  ['Shift+drag', 'Zoom to the stretch; the overview below needs no Shift'],
  ['Ctrl+wheel', 'Zoom'],
  ['Alt+wheel', 'Taller or thinner rows'],
  ['Shift+wheel', 'Move through time'],
];

/** The keys over the panel, until they are closed. */
export function KeysHelp({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Gives the focus back to where it was.
    return () => element?.close();
  }, []);
  return (
    <dialog ref={dialog} class="keys" aria-labelledby="keys-title" onClose={onClose}>
      <h2 class="closable" id="keys-title">
        <span>Keys</span>
        <Tool icon="close" label="Close (Escape)" act={() => dialog.current?.close()} />
      </h2>
      <div class="keys-lists" tabIndex={0} role="group" aria-label="All keys">
        <dl>
          {KEYS.map(({ label, says }) => (
            <div key={label}>
              <dt>
                <kbd>{label}</kbd>
              </dt>
              <dd>{says}</dd>
            </div>
          ))}
        </dl>
        <dl>
          {MOUSE.map(([label, says]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{says}</dd>
            </div>
          ))}
        </dl>
      </div>
    </dialog>
  );
}
