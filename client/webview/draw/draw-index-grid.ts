import { type GridLayout } from '../model/index-grid.ts';
import { type IndexStates, type IndexState, mostTelling } from '../model/index-states.ts';
import { type Theme } from './theme.ts';

export interface GridScene {
  readonly layout: GridLayout;
  readonly states: IndexStates;
  readonly theme: Theme;
  readonly selected: number | null;
}

/** One cell an index: its state by colour and by how it is filled, how often it was tried in its corner. */
export function drawIndexGrid(context: CanvasRenderingContext2D, scene: GridScene): void {
  const { layout, states, theme, selected } = scene;
  const size = layout.pitch - layout.gap;
  const cells = Math.ceil(states.state.length / layout.perCell);
  for (let cell = 0; cell < cells; cell += 1) {
    const x = (cell % layout.columns) * layout.pitch;
    const y = Math.floor(cell / layout.columns) * layout.pitch;
    const first = cell * layout.perCell;
    const state = mostTelling(states.state, first, first + layout.perCell);
    const attempts = states.attempts[first]!;
    const told = layout.perCell === 1 && attempts > 1 && size >= 16;
    drawCell(context, theme, state, x, y, size, told);
    if (told) drawAttempts(context, theme, attempts, x, y, size);
  }
  if (selected === null || selected >= states.state.length) return;
  const cell = Math.floor(selected / layout.perCell);
  const x = (cell % layout.columns) * layout.pitch;
  const y = Math.floor(cell / layout.columns) * layout.pitch;
  context.strokeStyle = theme.foreground;
  context.lineWidth = size >= 10 ? 2 : 1;
  context.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
}

function drawCell(
  context: CanvasRenderingContext2D,
  theme: Theme,
  state: IndexState,
  x: number,
  y: number,
  size: number,
  cornerTaken: boolean,
): void {
  context.lineWidth = 1;
  switch (state) {
    case 'none':
      context.strokeStyle = theme.muted;
      context.globalAlpha = 0.55;
      context.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
      context.globalAlpha = 1;
      return;
    case 'active':
    case 'retrying':
      // Half full: it is on.
      context.strokeStyle = theme.running;
      context.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
      context.fillStyle = theme.running;
      context.fillRect(x, y + size / 2, size, size / 2);
      return;
    case 'waiting':
      context.fillStyle = size >= 6 ? theme.patterns.failed : theme.failed;
      context.fillRect(x, y, size, size);
      context.strokeStyle = theme.failed;
      context.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
      return;
    case 'succeeded':
      context.fillStyle = theme.succeeded;
      context.fillRect(x, y, size, size);
      return;
    case 'failed': {
      context.fillStyle = theme.failed;
      context.fillRect(x, y, size, size);
      if (size < 5) return;
      const arm = size * (cornerTaken ? 0.16 : 0.22);
      const middleX = x + size * (cornerTaken ? 0.36 : 0.5);
      const middleY = y + size * (cornerTaken ? 0.64 : 0.5);
      context.strokeStyle = theme.background;
      context.lineWidth = Math.max(1, size / 10);
      context.beginPath();
      context.moveTo(middleX - arm, middleY - arm);
      context.lineTo(middleX + arm, middleY + arm);
      context.moveTo(middleX + arm, middleY - arm);
      context.lineTo(middleX - arm, middleY + arm);
      context.stroke();
    }
  }
}

function drawAttempts(
  context: CanvasRenderingContext2D,
  theme: Theme,
  attempts: number,
  x: number,
  y: number,
  size: number,
): void {
  context.font = theme.font;
  const label = attempts > 99 ? '∞' : String(attempts);
  const width = context.measureText(label).width + 3;
  const height = Math.min(size, theme.fontSize + 1);
  context.fillStyle = theme.background;
  context.fillRect(x + size - width, y, width, height);
  context.fillStyle = theme.foreground;
  context.textBaseline = 'middle';
  context.fillText(label, x + size - width + 1.5, y + height / 2 + 0.5);
}
