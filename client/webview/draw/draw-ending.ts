import { type PodEnding } from '../model/segments.ts';
import { type Theme } from './theme.ts';

/** Half the width of the sign at a bar's end, in pixels. */
export function endingRadius(height: number): number {
  return height < 9 ? 1.5 : Math.min(6, height * 0.29);
}

/** The sign at a bar's end: a disc with a check, a square with a cross, a ring, or an arrow that goes on. */
export function drawEnding(
  context: CanvasRenderingContext2D,
  theme: Theme,
  ending: PodEnding,
  x: number,
  middle: number,
  height: number,
): void {
  const radius = endingRadius(height);
  const small = height < 9;
  context.lineWidth = 1.4;
  switch (ending) {
    case 'succeeded':
      context.fillStyle = theme.succeeded;
      if (small) {
        context.fillRect(x - 1, middle - height * 0.3, 2, height * 0.6);
        return;
      }
      halo(context, theme, x, middle, radius);
      context.fillStyle = theme.succeeded;
      disc(context, x, middle, radius);
      context.strokeStyle = theme.background;
      context.beginPath();
      context.moveTo(x - radius * 0.45, middle + radius * 0.05);
      context.lineTo(x - radius * 0.1, middle + radius * 0.4);
      context.lineTo(x + radius * 0.5, middle - radius * 0.35);
      context.stroke();
      return;
    case 'failed':
      context.fillStyle = theme.failed;
      if (small) {
        // Taller than the bar, so that a failure stands out by its shape.
        context.fillRect(x - 1.5, middle - height / 2, 3, height);
        return;
      }
      context.fillStyle = theme.background;
      context.fillRect(x - radius - 1, middle - radius - 1, 2 * radius + 2, 2 * radius + 2);
      context.fillStyle = theme.failed;
      context.fillRect(x - radius, middle - radius, 2 * radius, 2 * radius);
      context.strokeStyle = theme.background;
      cross(context, x, middle, radius * 0.45);
      return;
    case 'gone':
    case 'unknown':
      if (small) return;
      halo(context, theme, x, middle, radius);
      context.strokeStyle = theme.muted;
      context.beginPath();
      context.arc(x, middle, radius - 1, 0, 2 * Math.PI);
      context.stroke();
      if (ending === 'gone') cross(context, x, middle, radius * 0.35);
      return;
    case 'open':
      if (small) return;
      context.fillStyle = theme.running;
      context.beginPath();
      context.moveTo(x, middle - radius);
      context.lineTo(x + radius, middle);
      context.lineTo(x, middle + radius);
      context.fill();
  }
}

function halo(context: CanvasRenderingContext2D, theme: Theme, x: number, y: number, radius: number): void {
  context.fillStyle = theme.background;
  disc(context, x, y, radius + 1);
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

function cross(context: CanvasRenderingContext2D, x: number, y: number, arm: number): void {
  context.beginPath();
  context.moveTo(x - arm, y - arm);
  context.lineTo(x + arm, y + arm);
  context.moveTo(x + arm, y - arm);
  context.lineTo(x - arm, y + arm);
  context.stroke();
}
