import type { JobNode, MessageNode } from './job-node.ts';

/** A node as those who keep it see it: one object for as long as the thing exists, since VS Code knows rows by identity. */
export type Changeable<T> = { -readonly [K in keyof T]: T[K] };

/** @param id stable among its siblings */
export function messageNode(id: string, fields: Omit<MessageNode, 'kind' | 'id'>): MessageNode {
  return { kind: 'message', id, ...fields };
}

/**
 * Whether the same rows are shown. Messages are made anew each time, so what they say counts; other nodes are the same
 * object while they exist.
 */
export function isSame(before: readonly JobNode[], after: readonly JobNode[]): boolean {
  return (
    before.length === after.length &&
    before.every((node, place) => {
      const other = after[place];
      if (node === other) return true;
      return node.kind === 'message' && other?.kind === 'message' && node.id === other.id && node.text === other.text;
    })
  );
}
