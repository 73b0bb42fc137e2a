import type { Json } from '../manifest/edit.ts';

/** The structure of one API value, as the API server publishes it. */
export type Shape =
  | { readonly type: 'string'; readonly enum?: readonly string[]; readonly default?: Json }
  | { readonly type: 'int32' | 'int64' | 'number' | 'boolean'; readonly default?: Json }
  /** Base64 text. */
  | { readonly type: 'bytes' }
  /** RFC 3339 text. */
  | { readonly type: 'time' }
  /** Number or string; see quantity.ts. */
  | { readonly type: 'quantity' }
  | { readonly type: 'intOrString'; readonly default?: Json }
  /** Any JSON object, kept as it is. */
  | { readonly type: 'raw' }
  | { readonly type: 'object'; readonly ref: string; readonly default?: Json }
  | {
      readonly type: 'list';
      readonly of: Shape;
      readonly listType?: 'atomic' | 'set' | 'map';
      readonly listKeys?: readonly string[];
    }
  | { readonly type: 'map'; readonly of: Shape };

export interface ObjectShape {
  readonly fields: Readonly<Record<string, Shape>>;
  /** Fields that the published schema calls required (the server's validation decides, not this list). */
  readonly required: readonly string[];
}
