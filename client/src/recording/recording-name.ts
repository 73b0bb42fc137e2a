/** How files of recorded runs end; `NAME.jobwright.yaml` is a scenario. */
export const RECORDING_ENDING = '.jobwright.json';

/** A file name for something about a Job, with nothing in it that a file system takes amiss. */
export function fileNameFor(name: string, ending: string): string {
  return `${name.replace(/[^\w.-]+/g, '-') || 'job'}${ending}`;
}
