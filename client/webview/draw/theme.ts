import { type CountName } from '../model/counts.ts';

/** Colours and fonts of the picture, resolved from the theme's variables. */
export interface Theme {
  readonly background: string;
  readonly foreground: string;
  readonly muted: string;
  readonly grid: string;
  readonly hover: string;
  readonly selection: string;
  readonly focus: string;
  readonly pending: string;
  readonly running: string;
  readonly succeeded: string;
  readonly failed: string;
  readonly terminating: string;
  readonly target: string;
  readonly playhead: string;
  /** Set in high-contrast themes: every shape gets an outline of this colour. */
  readonly outline: string | null;
  readonly font: string;
  readonly boldFont: string;
  readonly fontSize: number;
  readonly patterns: Patterns;
}

export interface Patterns {
  readonly failed: CanvasPattern | string;
  readonly terminating: CanvasPattern | string;
  readonly unknown: CanvasPattern | string;
}

/** Reads the theme from the custom properties that style/theme.css puts on `element`. */
export function readTheme(element: HTMLElement): Theme {
  const probe = element.ownerDocument.createElement('span');
  probe.hidden = true;
  element.append(probe);
  const style = element.ownerDocument.defaultView!.getComputedStyle(probe);
  const color = (name: string): string => {
    probe.style.color = `var(--jw-${name})`;
    return style.color;
  };
  const fontSize = Math.max(9, Math.round(parseFloat(style.fontSize) * 0.85));
  const highContrast = element.ownerDocument.body.classList.contains('vscode-high-contrast');
  const failed = color('failed');
  const terminating = color('terminating');
  const muted = color('muted');
  const theme: Theme = {
    background: color('background'),
    foreground: color('foreground'),
    muted,
    grid: color('grid'),
    hover: color('hover'),
    selection: color('selection'),
    focus: color('focus'),
    pending: color('pending'),
    running: color('running'),
    succeeded: color('succeeded'),
    failed,
    terminating,
    target: color('target'),
    playhead: color('playhead'),
    outline: highContrast ? color('foreground') : null,
    font: `${fontSize}px ${style.fontFamily}`,
    boldFont: `600 ${fontSize}px ${style.fontFamily}`,
    fontSize,
    patterns: {
      failed: hatch(failed, 5, 'rising'),
      terminating: hatch(terminating, 6, 'falling'),
      unknown: hatch(muted, 9, 'rising'),
    },
  };
  probe.remove();
  return theme;
}

/** Diagonal lines as a repeating tile: the shape that goes with a colour. */
function hatch(color: string, size: number, direction: 'rising' | 'falling'): CanvasPattern | string {
  const tile = document.createElement('canvas');
  tile.width = tile.height = size;
  const context = tile.getContext('2d');
  if (context === null) return color;
  context.strokeStyle = color;
  context.lineWidth = 1.4;
  context.beginPath();
  for (const shift of [-size, 0, size]) {
    if (direction === 'rising') {
      context.moveTo(shift - 1, size + 1);
      context.lineTo(shift + size + 1, -1);
    } else {
      context.moveTo(shift - 1, -1);
      context.lineTo(shift + size + 1, size + 1);
    }
  }
  context.stroke();
  return context.createPattern(tile, 'repeat') ?? color;
}

/** How each count's line is drawn: colour, dashes and width, so that none is told by colour alone. */
export function countStyle(theme: Theme, name: CountName): { color: string; dash: readonly number[]; width: number } {
  switch (name) {
    case 'active':
      return { color: theme.running, dash: [], width: 2 };
    case 'ready':
      return { color: theme.running, dash: [2, 3], width: 1.5 };
    case 'succeeded':
      return { color: theme.succeeded, dash: [], width: 2 };
    case 'failed':
      return { color: theme.failed, dash: [6, 3], width: 2 };
    case 'terminating':
      return { color: theme.terminating, dash: [2, 2, 6, 2], width: 1.5 };
  }
}
