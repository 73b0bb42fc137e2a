import type { JSX } from 'preact';

/** A deed and the number that it needs; what is no such number is not taken. */
export function NumberButton(props: {
  /** What the button does with the number. */
  readonly text: string;
  /** What the number is, for those who cannot see it beside the button. */
  readonly label: string;
  readonly least: number;
  readonly most?: number;
  /** True where fractions mean nothing. */
  readonly whole?: boolean;
  readonly value: number;
  readonly onValue: (value: number) => void;
  readonly act: () => void;
}): JSX.Element {
  const { least, most, whole = false } = props;
  const taken = (value: number): boolean =>
    (whole ? Number.isInteger(value) : Number.isFinite(value)) && value >= least && value <= (most ?? Infinity);
  return (
    <span class="joined">
      <button type="button" class="button" onClick={props.act}>
        {props.text}
      </button>
      <input
        type="number"
        aria-label={props.label}
        min={least}
        max={most}
        value={props.value}
        onInput={(event) => {
          const value = event.currentTarget.valueAsNumber;
          if (taken(value)) props.onValue(value);
        }}
      />
    </span>
  );
}
