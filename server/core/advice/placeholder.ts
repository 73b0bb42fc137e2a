/**
 * True for a text that something fills in before the manifest is sent: a variable, or a word in capitals that says what
 * belongs there (`YOUR_CLAIM`, `<image>`, `registry/IMAGE:TAG`).
 */
export function isPlaceholder(text: string): boolean {
  return /[${}<>%]/.test(text) || text.split(/[/:@]/).some((part) => /^[A-Z][A-Z0-9_-]{2,}$/.test(part));
}

/** True for an image that is none yet: a placeholder, or one that a build tool fills in (`ko://…`). */
export function isImageToBe(image: string): boolean {
  return isPlaceholder(image) || /^(?!https?:)[a-z]+:\/\//.test(image);
}
