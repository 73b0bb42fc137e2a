import type { FieldPath } from '../manifest/path.ts';
import type { Extra, Report } from './report.ts';

/** A path inside a volume: relative, with no step to a parent folder. */
export function checkDescendingPath(value: string, at: FieldPath, report: Report, extra: Extra = {}): void {
  if (value.startsWith('/')) report.invalid(at, value, 'must be a relative path', extra);
  checkNoBacksteps(value, at, report, extra);
}

/** No `..` between the slashes. */
export function checkNoBacksteps(value: string, at: FieldPath, report: Report, extra: Extra = {}): void {
  if (hasBackstep(value)) report.invalid(at, value, "must not contain '..'", extra);
}

/** As a descending path, and its first folder may not begin with two dots either: the kubelet keeps such names. */
export function checkUnreservedPath(value: string, at: FieldPath, report: Report): void {
  checkDescendingPath(value, at, report);
  if (value.startsWith('..') && !value.startsWith('../')) report.invalid(at, value, "must not start with '..'");
}

export function hasBackstep(value: string): boolean {
  return value.split('/').includes('..');
}
