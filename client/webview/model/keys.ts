/** What the keys of the panel do. */
export interface KeyCommands {
  readonly toggle: () => void;
  readonly next: () => void;
  readonly previous: () => void;
  readonly toStart: () => void;
  readonly toEnd: () => void;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  readonly zoomRows: (factor: number) => void;
  /** Moves the window by a share of its width. */
  readonly pan: (share: number) => void;
  readonly selectNext: (by: 1 | -1) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly help: () => void;
  readonly escape: () => void;
}

export interface KeyCommand {
  /** Values of `KeyboardEvent.key`; letters stand in lower case. */
  readonly keys: readonly string[];
  /** Whether these must be held; Ctrl is Cmd on a Mac. Absent: Shift may be held or not, Ctrl must not. */
  readonly shift?: boolean;
  readonly ctrl?: true;
  /** Only on the playhead, or where nothing is focused: elsewhere the key scrolls, as usual. */
  readonly onPlayhead?: true;
  /** As they are written on the keyboard. */
  readonly label: string;
  readonly says: string;
  readonly act: (commands: KeyCommands) => void;
}

const ZOOM = 1.6;
const ROW_ZOOM = 1.5;
const PAN = 0.15;

/** Every key: what the window listens to, and what the help and the documentation say. */
export const KEYS: readonly KeyCommand[] = [
  { keys: [' '], label: 'Space', says: 'Play, pause', act: ({ toggle }) => toggle() },
  {
    keys: ['ArrowRight'],
    shift: false,
    label: 'Right',
    says: 'To the next event',
    act: ({ next }) => next(),
  },
  {
    keys: ['ArrowLeft'],
    shift: false,
    label: 'Left',
    says: 'To the event before',
    act: ({ previous }) => previous(),
  },
  { keys: ['Home'], label: 'Home', says: 'To the start', act: ({ toStart }) => toStart() },
  { keys: ['End'], label: 'End', says: 'To the end', act: ({ toEnd }) => toEnd() },
  {
    keys: ['ArrowDown'],
    onPlayhead: true,
    label: 'Down',
    says: 'Choose the next pod, on the playhead',
    act: ({ selectNext }) => selectNext(1),
  },
  {
    keys: ['ArrowUp'],
    onPlayhead: true,
    label: 'Up',
    says: 'Choose the pod before, on the playhead',
    act: ({ selectNext }) => selectNext(-1),
  },
  { keys: ['+', '='], label: '+', says: 'Zoom in', act: ({ zoom }) => zoom(ZOOM) },
  { keys: ['-'], label: '-', says: 'Zoom out', act: ({ zoom }) => zoom(1 / ZOOM) },
  { keys: ['0'], label: '0', says: 'Show the whole run', act: ({ fit }) => fit() },
  {
    keys: ['ArrowRight'],
    shift: true,
    label: 'Shift+Right',
    says: 'Move later, when zoomed',
    act: ({ pan }) => pan(PAN),
  },
  {
    keys: ['ArrowLeft'],
    shift: true,
    label: 'Shift+Left',
    says: 'Move earlier, when zoomed',
    act: ({ pan }) => pan(-PAN),
  },
  { keys: [']'], label: ']', says: 'Taller rows', act: ({ zoomRows }) => zoomRows(ROW_ZOOM) },
  { keys: ['['], label: '[', says: 'Thinner rows', act: ({ zoomRows }) => zoomRows(1 / ROW_ZOOM) },
  {
    keys: ['z'],
    ctrl: true,
    shift: false,
    label: 'Ctrl+Z',
    says: 'Undo the last change of the scenario',
    act: ({ undo }) => undo(),
  },
  {
    keys: ['z'],
    ctrl: true,
    shift: true,
    label: 'Ctrl+Shift+Z',
    says: 'Redo it',
    act: ({ redo }) => redo(),
  },
  { keys: ['y'], ctrl: true, label: 'Ctrl+Y', says: 'Redo it', act: ({ redo }) => redo() },
  { keys: ['Escape'], label: 'Escape', says: 'Let the chosen pod go', act: ({ escape }) => escape() },
  { keys: ['?'], label: '?', says: 'Show these keys', act: ({ help }) => help() },
];

/** What a pressed key does; null where it is not one of the panel's. */
export function commandOfKey(
  { key, shiftKey, ctrlKey }: { readonly key: string; readonly shiftKey: boolean; readonly ctrlKey: boolean },
  onPlayhead: boolean,
): KeyCommand | null {
  const pressed = key.length === 1 ? key.toLowerCase() : key;
  return (
    KEYS.find(
      (command) =>
        command.keys.includes(pressed) &&
        (command.ctrl === true) === ctrlKey &&
        (command.shift ?? shiftKey) === shiftKey &&
        (command.onPlayhead !== true || onPlayhead),
    ) ?? null
  );
}
