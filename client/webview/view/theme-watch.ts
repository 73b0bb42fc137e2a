import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { readTheme, type Theme } from '../draw/theme.ts';

/** The theme as the picture needs it, read again when the editor's theme or font changes. */
export function useTheme(element: RefObject<HTMLElement | null>): Theme | null {
  const [theme, setTheme] = useState<Theme | null>(null);
  // Before the first frame, so that it already shows the picture.
  useLayoutEffect(() => {
    const target = element.current;
    if (target === null) return undefined;
    const read = (): void => setTheme(readTheme(target));
    read();
    // The editor changes the body's classes and the root's style; nothing else of the page does.
    const observer = new MutationObserver(read);
    observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
    return () => observer.disconnect();
  }, [element]);
  return theme;
}
