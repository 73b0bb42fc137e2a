import { useEffect, useRef } from 'preact/hooks';
import { type Playback } from './playback.ts';

export interface KeyCommands {
  readonly playback: Playback;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  readonly zoomRows: (factor: number) => void;
  /** Moves the window by a share of its width. */
  readonly pan: (share: number) => void;
  readonly selectNext: (by: 1 | -1) => void;
  readonly escape: () => void;
}

/** One key each for what the toolbar and the mouse can do; keys that a field or a menu of its own uses are left to it. */
export function useKeys(commands: KeyCommands): void {
  const latest = useRef(commands);
  latest.current = commands;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (target !== null && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) return;
      if (target?.tagName === 'BUTTON' && (event.key === ' ' || event.key === 'Enter')) return;
      if (act(latest.current, event)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

function act(commands: KeyCommands, event: KeyboardEvent): boolean {
  const { playback } = commands;
  switch (event.key) {
    case ' ':
      playback.toggle();
      return true;
    case 'ArrowRight':
      if (event.shiftKey) commands.pan(0.15);
      else playback.next();
      return true;
    case 'ArrowLeft':
      if (event.shiftKey) commands.pan(-0.15);
      else playback.previous();
      return true;
    case 'ArrowDown':
    case 'ArrowUp':
      // On the playhead, or where nothing is focused, the arrows go through the pods; elsewhere they scroll as usual.
      if (!(event.target instanceof HTMLElement) || !event.target.matches('body, .slider')) return false;
      commands.selectNext(event.key === 'ArrowDown' ? 1 : -1);
      return true;
    case 'Home':
      playback.toStart();
      return true;
    case 'End':
      playback.toEnd();
      return true;
    case '+':
    case '=':
      commands.zoom(1.6);
      return true;
    case '-':
      commands.zoom(1 / 1.6);
      return true;
    case '0':
      commands.fit();
      return true;
    case ']':
      commands.zoomRows(1.5);
      return true;
    case '[':
      commands.zoomRows(1 / 1.5);
      return true;
    case 'Escape':
      commands.escape();
      return true;
    default:
      return false;
  }
}
