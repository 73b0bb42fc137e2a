import type { JSX } from 'preact';

const paths = {
  start: 'M3 3h1.6v10H3zM13 3.2v9.6L6 8z',
  previous: 'M9.8 3.2v9.6L3 8zM11.4 3H13v10h-1.6z',
  play: 'M4 2.6v10.8L13 8z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  next: 'M6.2 3.2v9.6L13 8zM3 3h1.6v10H3z',
  end: 'M11.4 3H13v10h-1.6zM3 3.2v9.6L10 8z',
  left: 'M10.2 2.6 11.300 3.700 7 8l4.300 4.300-1.100 1.100L4.800 8z',
  right: 'M5.800 2.600 4.700 3.700 9 8l-4.300 4.300 1.100 1.100L11.200 8z',
  plus: 'M7.3 3h1.4v4.3H13v1.4H8.7V13H7.3V8.7H3V7.3h4.3z',
  minus: 'M3 7.3h10v1.4H3z',
  fit: 'M2 3h1.4v10H2zM12.6 3H14v10h-1.4zM7 5 4.4 8 7 11V8.7h2V11l2.6-3L9 5v2.3H7z',
  close: 'M4 3 8 7l4-4 1 1-4 4 4 4-1 1-4-4-4 4-1-1 4-4-4-4z',
  succeeded: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1m-1 9.6 4.8-5-1-1L7 8.5 5.2 6.8l-1 1z',
  failed: 'M2 2h12v12H2zm3.2 2.2-1 1L7 8l-2.8 2.8 1 1L8 9l2.8 2.8 1-1L9 8l2.8-2.8-1-1L8 7z',
  running: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1m0 1.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M6.4 5v6L11 8z',
  unfinished:
    'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1m0 1.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M7.3 4h1.5v4l2.6 1.6-.8 1.2L7.3 8.8z',
  deleted: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1m0 1.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M4.5 7.3h7v1.4h-7z',
  undo: 'M6.5 2.5 2 6.5l4.5 4v-3h3a2.6 2.6 0 0 1 0 5.2H6v1.4h3.5a4 4 0 0 0 0-8h-3z',
  redo: 'M9.5 2.5 14 6.5l-4.5 4v-3h-3a2.6 2.6 0 0 0 0 5.2H10v1.4H6.5a4 4 0 0 1 0-8h3z',
  help: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1m0 1.4a5.6 5.6 0 1 0 0 11.2A5.6 5.6 0 0 0 8 2.4M7.3 10.6h1.5v1.5H7.3zM5.6 6.3C5.6 4.900 6.700 4 8 4s2.500.900 2.500 2.200c0 1-.600 1.600-1.200 2.100-.400.300-.500.500-.500 1H7.300c0-1.200.500-1.700 1.100-2.200.400-.300.600-.500.600-.900 0-.500-.400-.800-1-.800s-1 .400-1 1z',
  warning: 'M8 1.6 15.4 14H.6zM7.3 6v4h1.4V6zm0 5.2v1.4h1.4v-1.4z',
} as const;

export type IconName = keyof typeof paths;

/** A decorative sign; whatever it says stands in text beside it or in its button's label. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }): JSX.Element {
  return (
    <svg
      class={`icon icon-${name}`}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      fill-rule="evenodd"
    >
      <path d={paths[name]} fill="currentColor" />
    </svg>
  );
}
