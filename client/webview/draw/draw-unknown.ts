import { unseenStretches } from '../../../server/core/timeline/unseen.ts';
import { plate } from './draw-axis.ts';
import { clipped, pixel, type Scene } from './scene.ts';

/** How little is seen of what was drawn below: nobody observed it. */
const VEIL = 0.88;
const HATCH = 0.45;

/**
 * Over rows and counts: stretches that nobody observed are unknown, whatever stood before and after them.
 * @param limit seconds; nothing is drawn later than that
 */
export function drawUnknown(context: CanvasRenderingContext2D, scene: Scene, limit = Infinity): void {
  const { timeline, geometry, theme, window } = scene;
  const bottom = geometry.countsTop + geometry.countsHeight;
  const plot = { x: geometry.left, y: geometry.rowsTop, width: geometry.plotWidth + 14, height: bottom };
  clipped(context, plot, () => {
    for (const { from, until } of unseenStretches(timeline)) {
      const x = pixel(scene, from);
      const width = pixel(scene, Math.min(until, window.until, limit)) - x;
      if (width < 1) continue;
      const height = bottom - geometry.rowsTop;
      context.globalAlpha = VEIL;
      context.fillStyle = theme.background;
      context.fillRect(x, geometry.rowsTop, width, height);
      context.globalAlpha = HATCH;
      context.fillStyle = theme.patterns.unknown;
      context.fillRect(x, geometry.rowsTop, width, height);
      context.globalAlpha = 1;
      plate(context, scene, 'not observed', x + 6, width - 12, geometry.rowsTop + geometry.rowsHeight + 5);
    }
  });
}
