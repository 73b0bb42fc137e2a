/** Text as HTML, SVG and double-quoted attributes of both take it: nothing in it begins a tag, an entity or another attribute. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
