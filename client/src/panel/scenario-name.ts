/** The scenario file of a manifest: `a/NAME.jobwright.yaml` of `a/NAME.yaml`; null where the name allows none. */
export function scenarioPath(manifest: string): string | null {
  const match = /^(.*[^/])\.ya?ml$/i.exec(manifest);
  const stem = match?.[1];
  return stem === undefined || /\.jobwright$/i.test(stem) ? null : `${stem}.jobwright.yaml`;
}

/** True for the name of a scenario file, without folders. */
export function isScenarioName(name: string): boolean {
  return /^[^/\\]+\.jobwright\.ya?ml$/i.test(name);
}

/** `wanted`, or `NAME-2.jobwright.yaml` and so on where there is such a file already. */
export function freeScenarioPath(wanted: string, taken: readonly string[]): string {
  const stem = wanted.replace(/\.jobwright\.yaml$/, '');
  let name = wanted;
  for (let n = 2; taken.includes(name); n++) name = `${stem}-${n}.jobwright.yaml`;
  return name;
}

/** True where the scenario's `for` names another kind or another Job. */
export function isForAnother(
  scenario: unknown,
  { kind, name }: { readonly kind: string; readonly name: string },
): boolean {
  const wanted: unknown = typeof scenario === 'object' && scenario !== null && 'for' in scenario ? scenario.for : null;
  if (typeof wanted !== 'object' || wanted === null) return false;
  return ('kind' in wanted && wanted.kind !== kind) || ('name' in wanted && wanted.name !== name);
}
