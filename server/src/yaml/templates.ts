/**
 * True for text that a template engine turns into YAML (Helm, Go templates, Jinja, ERB): it is no manifest yet, and
 * what it would become cannot be known from it. Braces that YAML itself reads as text do not make a template: in
 * quotes and in the scripts of block scalars they often belong to the program that the Job runs.
 */
export function isTemplate(text: string): boolean {
  if (!MARKS.test(text)) return false;
  // Indentation of the line that began a block scalar, while inside one.
  let block = -1;
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(start, Math.min(end, start + LONGEST)).trimEnd();
    const code = line.trimStart();
    start = end + 1;
    if (code === '') continue;
    const indent = line.length - code.length;
    if (block >= 0 && indent <= block) block = -1;
    if (MARKS.test(code) && (block >= 0 ? HELM.test(code) : isTemplateLine(code))) return true;
    if (block < 0 && BLOCK_HEADER.test(code)) block = indent;
  }
  return false;
}

/** What a line says is said within this many characters. */
const LONGEST = 4000;

const MARKS = /\{\{|\{%|<%/;

/** What only a chart says, wherever it stands. */
const HELM = /\{\{-?[^}]*(?:\.(?:Values|Release|Chart|Capabilities)\b|\binclude "|\btemplate "|\btoYaml\b)/;

const BLOCK_HEADER = /(?:^|[\s:-])[|>][-+0-9]*(?:\s+#.*)?$/;

function isTemplateLine(code: string): boolean {
  if (code.startsWith('#')) return false;
  return (
    // A statement of its own: `{{- if … }}`, `{% for … %}`, `<% … %>`.
    /^(?:\{\{|\{%|<%)/.test(code) ||
    HELM.test(code) ||
    // An expression that begins a plain value or a key, or stands in the middle of a plain one.
    /^(?:- )*(?:[^\s"'#]+:\s+)?(?:\{\{|\{%)/.test(code) ||
    /^(?:- )*(?:[^\s"'#:]+:\s+)?[^"'#[]*\{\{-?\s*[.$]/.test(code) ||
    /^(?:- )*[^\s"'#:]*\{\{.*\}\}[^"'#:]*:/.test(code)
  );
}

/** The template that a document was made from, as `helm template` says it in a comment above it; null for others. */
export function renderedFrom(text: string): string | null {
  return RENDERED.exec(text)?.[1] ?? null;
}

/** Nothing but a marker and other comments stands before it. */
const RENDERED = /^(?:\ufeff?---[ \t]*\r?\n)?(?:[ \t]*(?:#(?! Source: )[^\n]*)?\r?\n)*# Source: ([^\r\n]*\S)/;
