/**
 * An object as block YAML, a field on each line, so that two of them can be compared and scripts stay readable. What is
 * not plainly a text is quoted as JSON quotes it.
 */
export function manifestText(object: unknown): string {
  return `${block(object, '').join('\n')}\n`;
}

function block(value: unknown, indent: string): readonly string[] {
  if (Array.isArray(value))
    return (value as readonly unknown[]).flatMap((item) => {
      const [first = '', ...rest] = isNested(item)
        ? block(item, `${indent}  `)
        : [`${indent}  ${scalar(item, indent)}`];
      return [`${indent}- ${first.slice(indent.length + 2)}`, ...rest];
    });
  return Object.entries(value as object).flatMap(([name, item]: [string, unknown]) => {
    if (item === undefined) return [];
    const key = `${indent}${plain(name) ? name : JSON.stringify(name)}:`;
    if (!isNested(item)) return [`${key} ${scalar(item, indent)}`];
    // Lists stand under their key without an indent, as kubectl prints them.
    return [key, ...block(item, Array.isArray(item) ? indent : `${indent}  `)];
  });
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function scalar(value: unknown, indent: string): string {
  if (typeof value !== 'string') return JSON.stringify(value ?? null);
  if (plain(value)) return value;
  return isScript(value) ? literal(value, `${indent}  `) : JSON.stringify(value);
}

/** Texts that YAML 1.1 and 1.2 read as the same text: no number, no time, no `yes`, no sign that means something. */
function plain(text: string): boolean {
  return (
    /^[A-Za-z_./][\w./-]*(?:[:=@+][\w./-]+)*$/.test(text) &&
    !/^(?:[yn]|yes|no|on|off|true|false|null|\.inf|\.nan|\.\d.*|\.)$/i.test(text)
  );
}

/** Several lines that a literal block holds as they are. */
function isScript(text: string): boolean {
  return /^[^\s][^\n]*\n/.test(text) && !/[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe]| \n|\n\n$/.test(text);
}

function literal(text: string, indent: string): string {
  const lines = text.replace(/\n$/, '').split('\n');
  const head = text.endsWith('\n') ? '|' : '|-';
  return [head, ...lines.map((line) => (line === '' ? '' : `${indent}${line}`))].join('\n');
}
