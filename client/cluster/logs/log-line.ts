/** One line of a container's log. */
export interface LogLine {
  /** When the container wrote it: RFC 3339, as the node's kubelet stamped it; empty where it did not. */
  readonly stamp: string;
  /** Milliseconds since the epoch with microseconds as fraction, for putting lines of several logs in order. */
  readonly at: number;
  readonly text: string;
}

const STAMPED = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)(?: |$)/;

/**
 * Reads a line that was asked for with time stamps. One without a stamp (the kubelet's own words, half a line) gets the
 * moment of the line before it.
 */
export function readLogLine(line: string, before: number): LogLine {
  const match = STAMPED.exec(line);
  if (match === null) return { stamp: '', at: before, text: line };
  const [whole, second = '', fraction = '', zone = 'Z'] = match;
  const at = Date.parse(`${second}${zone}`) + Number(`0${fraction}`) * 1000;
  return { stamp: whole.trimEnd(), at: Number.isNaN(at) ? before : at, text: line.slice(whole.length) };
}
