/**
 * A scenario as the text of a scenario file: block YAML with strings quoted as JSON quotes them, so that none is read
 * as something else. `before` is the text that it replaces: comments at its top stay.
 */
export function scenarioText(scenario: unknown, before: string): string {
  const head = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*/.exec(before)?.[0] ?? '';
  return `${head}${lines(scenario, '').join('\n')}\n`;
}

/**
 * The same as a change of the text before, whose data was `was`: fields that are as before keep their text, comments and
 * all, and a list that only grew keeps its items. Only for block YAML; whoever calls it reads the result back.
 */
export function changedScenarioText(scenario: unknown, before: string, was: unknown): string {
  const wanted = fieldsOf(scenario);
  const had = fieldsOf(was);
  const parts = before.split(/^(?=(?:[ \t]*#[^\n]*\n|[ \t]*\n)*[A-Za-z$]\w*:)/m);
  const kept = parts.flatMap((part) => {
    const name = /^([A-Za-z$]\w*):/m.exec(part)?.[1];
    if (name === undefined) return [part];
    if (!(name in wanted)) return [];
    const [now, then] = [wanted[name], had[name]];
    if (JSON.stringify(now) === JSON.stringify(then)) return [part];
    const grown = Array.isArray(now) && Array.isArray(then) ? grownList(part, now, then) : null;
    return [grown ?? `${commentsOf(part)}${fieldText(name, now)}`];
  });
  const text = kept.join('');
  const added = Object.entries(wanted).filter(([name]) => !(name in had));
  const end = text === '' || text.endsWith('\n') ? '' : '\n';
  return `${text}${end}${added.map(([name, value]) => fieldText(name, value)).join('')}`;
}

/** The text of a list with new items before or after its own, which stay as they are; null where it changed otherwise. */
function grownList(part: string, now: readonly unknown[], then: readonly unknown[]): string | null {
  const more = now.length - then.length;
  const indent = /^([ \t]*)- /m.exec(part)?.[1];
  if (more <= 0 || then.length === 0 || indent === undefined) return null;
  const text = (items: readonly unknown[]): string => lines(items, indent).join('\n') + '\n';
  const is = (a: readonly unknown[], b: readonly unknown[]): boolean => JSON.stringify(a) === JSON.stringify(b);
  if (is(now.slice(more), then)) return part.replace(/^(?=[ \t]*- )/m, () => text(now.slice(0, more)));
  const closed = part.endsWith('\n') ? part : `${part}\n`;
  return is(now.slice(0, then.length), then) ? closed + text(now.slice(then.length)) : null;
}

function commentsOf(part: string): string {
  return part.slice(0, part.search(/^[A-Za-z$]\w*:/m));
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function lines(value: unknown, indent: string): readonly string[] {
  if (Array.isArray(value)) {
    return (value as readonly unknown[]).flatMap((item) => {
      const [first = '', ...rest] = isBlock(item) ? lines(item, `${indent}  `) : [`${indent}  ${flow(item)}`];
      return [`${indent}- ${first.slice(indent.length + 2)}`, ...rest];
    });
  }
  if (!isBlock(value)) return [`${indent}${flow(value)}`];
  return Object.entries(value).flatMap(([key, item]) => fieldLines(key, item, indent));
}

function fieldLines(key: string, item: unknown, indent: string): readonly string[] {
  const name = keyText(key);
  return isBlock(item) ? [`${indent}${name}:`, ...lines(item, `${indent}  `)] : [`${indent}${name}: ${flow(item)}`];
}

/** A field of the whole scenario. */
function fieldText(key: string, item: unknown): string {
  return `${fieldLines(key, item, '').join('\n')}\n`;
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
