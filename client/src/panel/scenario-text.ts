/**
 * A scenario as the text of a scenario file: block YAML with strings quoted as JSON quotes them, so that none is read
 * as something else. `before` is the text that it replaces: comments at its top stay.
 */
export function scenarioText(scenario: unknown, before: string): string {
  const head = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*/.exec(before)?.[0] ?? '';
  return `${head}${lines(scenario, '').join('\n')}\n`;
}

function lines(value: unknown, indent: string): readonly string[] {
  if (Array.isArray(value)) {
    return (value as readonly unknown[]).flatMap((item) => {
      const [first = '', ...rest] = isBlock(item) ? lines(item, `${indent}  `) : [`${indent}  ${flow(item)}`];
      return [`${indent}- ${first.slice(indent.length + 2)}`, ...rest];
    });
  }
  if (!isBlock(value)) return [`${indent}${flow(value)}`];
  return Object.entries(value).flatMap(([key, item]) => {
    const name = keyText(key);
    return isBlock(item) ? [`${indent}${name}:`, ...lines(item, `${indent}  `)] : [`${indent}${name}: ${flow(item)}`];
  });
}

/** What takes lines of its own: a map or list with maps or lists in it, or a map of more than three fields. */
function isBlock(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const items: readonly unknown[] = Object.values(value);
  if (items.length === 0) return false;
  return items.length > 3 || items.some((item) => typeof item === 'object' && item !== null);
}

/** Every field of the format is a word that needs no quotes. */
function keyText(key: string): string {
  return /^[A-Za-z]\w*$/.test(key) ? key : JSON.stringify(key);
}

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${(value as readonly unknown[]).map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([key, item]) => `${keyText(key)}: ${flow(item)}`);
    return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
  }
  // Plain words of the scenario format (`30s`, `eviction`) read the same without quotes.
  if (typeof value === 'string' && /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(value)) return value;
  return JSON.stringify(value ?? null);
}
