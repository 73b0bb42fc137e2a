import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { KEYS, KEYS_IN_CALENDAR, type KeyPage } from '../model/keys.ts';
import { Tool } from './toolbar.tsx';

type Lines = readonly (readonly [string, string])[];

/** What the mouse can do that no button says; in the calendar, what moves in it. */
const MOUSE: Lines = [
  [l10n.t('Drag on the axis'), l10n.t('Move the playhead')],
  [l10n.t('Shift+drag'), l10n.t('Zoom to the stretch; the overview below needs no Shift')],
  [l10n.t('Ctrl+wheel'), l10n.t('Zoom')],
  [l10n.t('Alt+wheel'), l10n.t('Taller or thinner rows')],
  [l10n.t('Shift+wheel'), l10n.t('Move through time')],
];

/** The keys over the panel, until they are closed. */
export function KeysHelp({ page, onClose }: { readonly page: KeyPage; readonly onClose: () => void }): JSX.Element {
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
        <span>{l10n.t('Keys')}</span>
        <Tool icon="close" label={l10n.t('Close (Escape)')} act={() => dialog.current?.close()} />
      </h2>
      <div class="keys-lists" tabIndex={0} role="group" aria-label={l10n.t('All keys')}>
        <dl>
          {KEYS.filter(({ says }) => says[page] !== null).map(({ label, says }) => (
            <div key={label}>
              <dt>
                <kbd>{label}</kbd>
              </dt>
              <dd>{says[page]}</dd>
            </div>
          ))}
        </dl>
        <dl>
          {(page === 'job' ? MOUSE : KEYS_IN_CALENDAR).map(([label, says]) => (
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
