import * as l10n from '@vscode/l10n';
import type { ComponentChild, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useElementSize } from './element-size.ts';

export interface Column<Item> {
  readonly head: string;
  /** CSS width; the last column takes what is left. */
  readonly width?: string;
  readonly numeric?: boolean;
  readonly cell: (item: Item) => ComponentChild;
}

export interface TableProps<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly columns: readonly Column<Item>[];
  /** Position of the row that goes with the playhead or the selection; it is kept in view. */
  readonly current: number;
  /** Rows from this position on are still to come at the playhead, and dimmed. */
  readonly future: number;
  readonly rowHeight: number;
  readonly empty: string;
  readonly onChoose: (item: Item) => void;
}

/** A table of any length: only the rows in view are in the DOM. Arrow keys choose a row. */
export function Table<Item>(props: TableProps<Item>): JSX.Element {
  const { items, columns, current, rowHeight } = props;
  const box = useRef<HTMLDivElement>(null);
  const { height } = useElementSize(box);
  const [top, setTop] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (element === null || current < 0) return;
    const at = current * rowHeight;
    const visible = element.clientHeight - rowHeight;
    if (at < element.scrollTop) element.scrollTop = at;
    else if (at + rowHeight > element.scrollTop + visible) element.scrollTop = at + rowHeight - visible;
  }, [current, rowHeight, height]);
  if (items.length === 0) return <p class="muted empty-table">{props.empty}</p>;
  const first = Math.max(0, Math.floor(top / rowHeight) - 4);
  const last = Math.min(items.length, Math.ceil((top + Math.max(height, 200)) / rowHeight) + 4);
  const choose = (position: number): void => {
    const item = items[Math.min(items.length - 1, Math.max(0, position))];
    if (item !== undefined) props.onChoose(item);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(height / rowHeight) - 1);
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    choose(current + by);
  };
  return (
    <div
      ref={box}
      class="table-box"
      role="region"
      aria-label={l10n.t('{0}; arrow keys choose a row', props.label)}
      tabIndex={0}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onKeyDown={onKeyDown}
    >
      <table aria-label={props.label} aria-rowcount={items.length + 1}>
        <colgroup>
          {columns.map(({ head, width }) => (
            <col key={head} style={width === undefined ? {} : { width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1} style={{ height: `${rowHeight}px` }}>
            {columns.map(({ head, numeric }) => (
              <th key={head} scope="col" class={numeric === true ? 'numeric' : ''}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {first > 0 ? <tr aria-hidden="true" style={{ height: `${first * rowHeight}px` }} /> : null}
          {items.slice(first, last).map((item, offset) => {
            const position = first + offset;
            const classes = [position === current ? 'current' : '', position >= props.future ? 'future' : ''];
            return (
              <tr
                key={position}
                aria-rowindex={position + 2}
                aria-current={position === current ? 'true' : undefined}
                class={classes.join(' ').trim()}
                style={{ height: `${rowHeight}px` }}
                onClick={() => props.onChoose(item)}
              >
                {columns.map(({ head, cell, numeric }) => (
                  <td key={head} class={numeric === true ? 'numeric' : ''}>
                    {cell(item)}
                  </td>
                ))}
              </tr>
            );
          })}
          {last < items.length ? (
            <tr aria-hidden="true" style={{ height: `${(items.length - last) * rowHeight}px` }} />
          ) : null}
        </tbody>
      </table>
    </div>
  );
}
