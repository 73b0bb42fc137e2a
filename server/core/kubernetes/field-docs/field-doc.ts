/** What one field means, in Jobwright's words. Plain text; back quotes mark names as in Markdown. */
export interface FieldDoc {
  /** One sentence. */
  readonly summary: string;
  /** What else one must know to use it. */
  readonly detail?: string;
  /** What the API server or the controller takes when the field is absent. */
  readonly default?: string;
  /** The versions that brought it; absent for what is as old as the API. */
  readonly since?: Since;
  /** When it may be changed after creation; absent where nothing special is to be said. */
  readonly change?: string;
  /** The server or a controller writes it; what a manifest says here is dropped or refused. */
  readonly written?: true;
  /** The meaning of each value that the field may have. */
  readonly values?: Readonly<Record<string, string>>;
}

export interface Since {
  /** The first Kubernetes version that has it switched on without asking; absent while it is switched off by default. */
  readonly on?: string;
  /** The version in which it became stable. */
  readonly stable?: string;
  /** The feature gate that a cluster must switch on, while the field is off by default. */
  readonly gate?: string;
}

/** Fields of one API object by their names. */
export type ObjectDocs = Readonly<Record<string, FieldDoc>>;
