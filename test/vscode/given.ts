/** What the runner gives to the suite when it bundles it. */
export interface Given {
  readonly host: 'desktop' | 'web';
  /** Address of the stage; see stage.ts. */
  readonly stage: string;
  /** A part of the names of the tests to run. */
  readonly only?: string;
  /** Why there is no cluster to watch; null when there is one. */
  readonly cluster: string | null;
}

declare const JOBWRIGHT_GIVEN: Given;

export const given: Given = JOBWRIGHT_GIVEN;
