import type { RefObject } from 'preact';

/** A cleared 2D context in CSS pixels for a canvas of this size, sharp on dense screens; null where there is none. */
export function prepareCanvas(
  canvas: RefObject<HTMLCanvasElement | null>,
  width: number,
  height: number,
): CanvasRenderingContext2D | null {
  const element = canvas.current;
  const context = element?.getContext('2d') ?? null;
  if (element === null || context === null) return null;
  const ratio = window.devicePixelRatio || 1;
  const wide = Math.max(1, Math.round(width * ratio));
  const high = Math.max(1, Math.round(height * ratio));
  // Setting the size clears and reallocates, so only when it differs.
  if (element.width !== wide || element.height !== high) {
    element.width = wide;
    element.height = high;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}
