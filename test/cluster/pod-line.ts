/** A pod with its version, for comparing what is known with what there is. */
export function podLine(pod: {
  readonly metadata: { readonly name: string; readonly resourceVersion: string };
  readonly status?: { readonly phase?: string | undefined } | undefined;
}): string {
  return `${pod.metadata.name} ${pod.metadata.resourceVersion} ${pod.status?.phase ?? ''}`;
}
