/** How the index grid is laid out, in CSS pixels. */
export interface GridLayout {
  readonly columns: number;
  readonly lines: number;
  /** From one cell to the next; the cell itself is smaller by `gap`. */
  readonly pitch: number;
  readonly gap: number;
  /** How many indexes one cell stands for. */
  readonly perCell: number;
  readonly width: number;
  readonly height: number;
}

const largest = 24;
const smallest = 4;

/** The largest cells with which `count` indexes fit into `width` by `height`; below 4 pixels a cell stands for several. */
export function layoutGrid(count: number, width: number, height: number): GridLayout {
  for (let pitch = largest; pitch >= smallest; pitch -= 1) {
    const columns = roundColumns(Math.floor(width / pitch), count);
    const lines = Math.ceil(count / columns);
    if (lines * pitch <= height) return grid(columns, lines, pitch, 1);
  }
  const columns = Math.max(1, Math.floor(width / smallest));
  const lines = Math.max(1, Math.floor(height / smallest));
  const perCell = Math.ceil(count / (columns * lines));
  return grid(columns, Math.ceil(Math.ceil(count / perCell) / columns), smallest, perCell);
}

/** Lines of 10, 20, 50 … cells are easier to count than lines of 23. */
function roundColumns(most: number, count: number): number {
  if (count <= most) return Math.max(1, count);
  const round = [100, 50, 20, 10].find((columns) => columns <= most && columns > most * 0.6);
  return Math.max(1, round ?? most);
}

function grid(columns: number, lines: number, pitch: number, perCell: number): GridLayout {
  const gap = pitch >= 12 ? 2 : 1;
  return { columns, lines, pitch, gap, perCell, width: columns * pitch, height: Math.max(pitch, lines * pitch) };
}
