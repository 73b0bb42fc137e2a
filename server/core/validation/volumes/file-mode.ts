import type { FieldPath } from '../../manifest/path.ts';
import type { Report } from '../report.ts';

const MOST = 0o777;

/** Permissions of a file in a volume. YAML's `0644` is octal, `644` is not. */
export function checkFileMode(mode: number | undefined, at: FieldPath, report: Report): void {
  if (mode === undefined || (mode >= 0 && mode <= MOST)) return;
  const octal = /^[0-7]{3}$/.test(String(mode)) ? Number.parseInt(String(mode), 8) : null;
  const fix =
    octal === null
      ? []
      : [
          {
            title: `Write ${octal} (octal 0${mode})`,
            edits: [{ kind: 'set', path: at, value: octal } as const],
            preferred: true,
          },
        ];
  report.invalid(at, mode, 'must be a number between 0 and 0777 (octal), both inclusive', { fixes: fix });
}
