import * as l10n from '@vscode/l10n';
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
  /** Of a CronJob: from the calendar to the timeline, and back. */
  readonly turnOver: () => void;
}

/** Where keys are pressed: on the picture of a Job's run, or on the page of a CronJob's runs. */
export type KeyPage = 'job' | 'runs';

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
  /** What it does on each page; null where it does nothing. */
  readonly says: Readonly<Record<KeyPage, string | null>>;
  readonly act: (commands: KeyCommands) => void;
}

const ZOOM = 1.6;
const ROW_ZOOM = 1.5;
const PAN = 0.15;

/** Every key: what the window listens to, and what the help and the documentation say. */
export const KEYS: readonly KeyCommand[] = [
  { keys: [' '], label: 'Space', says: { job: l10n.t('Play, pause'), runs: null }, act: ({ toggle }) => toggle() },
  {
    keys: ['ArrowRight'],
    shift: false,
    label: 'Right',
    says: { job: l10n.t('To the next event'), runs: l10n.t('To the next run') },
    act: ({ next }) => next(),
  },
  {
    keys: ['ArrowLeft'],
    shift: false,
    label: 'Left',
    says: { job: l10n.t('To the event before'), runs: l10n.t('To the run before') },
    act: ({ previous }) => previous(),
  },
  {
    keys: ['Home'],
    label: 'Home',
    says: { job: l10n.t('To the start'), runs: l10n.t('To the first run') },
    act: ({ toStart }) => toStart(),
  },
  {
    keys: ['End'],
    label: 'End',
    says: { job: l10n.t('To the end'), runs: l10n.t('To the last run') },
    act: ({ toEnd }) => toEnd(),
  },
  {
    keys: ['ArrowDown'],
    onPlayhead: true,
    label: 'Down',
    says: { job: l10n.t('Choose the next pod, on the playhead'), runs: null },
    act: ({ selectNext }) => selectNext(1),
  },
  {
    keys: ['ArrowUp'],
    onPlayhead: true,
    label: 'Up',
    says: { job: l10n.t('Choose the pod before, on the playhead'), runs: null },
    act: ({ selectNext }) => selectNext(-1),
  },
  {
    keys: ['+', '='],
    label: '+',
    says: { job: l10n.t('Zoom in'), runs: l10n.t('Zoom in') },
    act: ({ zoom }) => zoom(ZOOM),
  },
  {
    keys: ['-'],
    label: '-',
    says: { job: l10n.t('Zoom out'), runs: l10n.t('Zoom out') },
    act: ({ zoom }) => zoom(1 / ZOOM),
  },
  {
    keys: ['0'],
    label: '0',
    says: { job: l10n.t('Show the whole run'), runs: l10n.t('Show all runs') },
    act: ({ fit }) => fit(),
  },
  {
    keys: ['ArrowRight'],
    shift: true,
    label: 'Shift+Right',
    says: { job: l10n.t('Move later, when zoomed'), runs: l10n.t('To later days; move later, when zoomed') },
    act: ({ pan }) => pan(PAN),
  },
  {
    keys: ['ArrowLeft'],
    shift: true,
    label: 'Shift+Left',
    says: { job: l10n.t('Move earlier, when zoomed'), runs: l10n.t('To earlier days; move earlier, when zoomed') },
    act: ({ pan }) => pan(-PAN),
  },
  {
    keys: [']'],
    label: ']',
    says: { job: l10n.t('Taller rows'), runs: null },
    act: ({ zoomRows }) => zoomRows(ROW_ZOOM),
  },
  {
    keys: ['['],
    label: '[',
    says: { job: l10n.t('Thinner rows'), runs: null },
    act: ({ zoomRows }) => zoomRows(1 / ROW_ZOOM),
  },
  {
    keys: ['z'],
    ctrl: true,
    shift: false,
    label: 'Ctrl+Z',
    says: { job: l10n.t('Undo the last change of the scenario'), runs: l10n.t('Undo the last change of the scenario') },
    act: ({ undo }) => undo(),
  },
  {
    keys: ['z'],
    ctrl: true,
    shift: true,
    label: 'Ctrl+Shift+Z',
    says: { job: l10n.t('Redo it'), runs: l10n.t('Redo it') },
    act: ({ redo }) => redo(),
  },
  {
    keys: ['y'],
    ctrl: true,
    label: 'Ctrl+Y',
    says: { job: l10n.t('Redo it'), runs: l10n.t('Redo it') },
    act: ({ redo }) => redo(),
  },
  {
    keys: ['Escape'],
    label: 'Escape',
    says: { job: l10n.t('Let the chosen pod go'), runs: l10n.t('Let the chosen run go') },
    act: ({ escape }) => escape(),
  },
  {
    keys: ['c'],
    label: 'C',
    says: { job: null, runs: l10n.t('From the calendar to the timeline, and back') },
    act: ({ turnOver }) => turnOver(),
  },
  {
    keys: ['?'],
    label: '?',
    says: { job: l10n.t('Show these keys'), runs: l10n.t('Show these keys') },
    act: ({ help }) => help(),
  },
];

/** What moves within the calendar of runs, once it has the focus: `calendar-steps.ts` does it. */
export const KEYS_IN_CALENDAR: readonly (readonly [label: string, says: string])[] = [
  ['Left, Right', l10n.t('In the calendar: to the day before, to the day after')],
  ['Up, Down', l10n.t('In the calendar: to the run before, to the next run')],
  ['PageUp, PageDown', l10n.t('In the calendar: to earlier days, to later days')],
  ['Enter', l10n.t('Open the run')],
];

/** What a pressed key does; null where it is not one of the panel's. */
export function commandOfKey(
  { key, shiftKey, ctrlKey }: { readonly key: string; readonly shiftKey: boolean; readonly ctrlKey: boolean },
  onPlayhead: boolean,
  page: KeyPage = 'job',
): KeyCommand | null {
  const pressed = key.length === 1 ? key.toLowerCase() : key;
  return (
    KEYS.find(
      (command) =>
        command.says[page] !== null &&
        command.keys.includes(pressed) &&
        (command.ctrl === true) === ctrlKey &&
        (command.shift ?? shiftKey) === shiftKey &&
        (command.onPlayhead !== true || onPlayhead),
    ) ?? null
  );
}
