import { useEffect, useRef } from 'preact/hooks';
import { commandOfKey, type KeyCommands, type KeyPage } from '../model/keys.ts';

/** One key each for what the toolbar and the mouse can do; keys that a field or a menu of its own uses are left to it. */
export function useKeys(commands: KeyCommands, page: KeyPage): void {
  const latest = useRef(commands);
  latest.current = commands;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const ctrl = event.ctrlKey || event.metaKey;
      // Before the panel hears of them, the editor's frame takes the keys of undo for its own text fields.
      if ((event.defaultPrevented && !ctrl) || event.altKey) return;
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (target?.closest('input, select, textarea, dialog') != null) return;
      if (target?.tagName === 'BUTTON' && (event.key === ' ' || event.key === 'Enter')) return;
      const { key, shiftKey } = event;
      const onPlayhead = target?.matches('body, .slider') === true;
      const command = commandOfKey({ key, shiftKey, ctrlKey: ctrl }, onPlayhead, page);
      if (command === null) return;
      event.preventDefault();
      command.act(latest.current);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [page]);
}
