/** The language in which dates are written: that of the page, as far as there is a translation; else British English. */
export function dateLanguage(): string {
  const language = typeof document === 'undefined' ? 'en' : document.documentElement.lang;
  return language === '' || language === 'en' ? 'en-GB' : language;
}
