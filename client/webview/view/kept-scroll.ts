import { useEffect, useRef } from 'preact/hooks';
import type { PanelScroll } from '../../../server/src/protocol/panel.ts';

/** What scrolls by itself; the picture's rows are drawn where they are scrolled to. */
const SCROLLERS: Readonly<Record<'page' | 'side' | 'table', () => Element | null>> = {
  page: () => document.scrollingElement,
  side: () => document.querySelector('.side'),
  table: () => document.querySelector('.tab-body > .table-box, .tab-body > .description'),
};
type Scroller = keyof typeof SCROLLERS;
const NAMES = ['page', 'side', 'table'] as const satisfies readonly Scroller[];

/** What a person does with the page: then they look elsewhere. */
const TOUCHES = ['wheel', 'keydown', 'pointerdown'] as const;
/** Scrolling rests after so long. */
const REST_MS = 100;

/**
 * Scrolls to where the person was before the page was made again, and says where they are whenever that rests.
 * @param before null until it is known
 * @param keep must stay the same function
 */
export function useKeptScroll(before: PanelScroll | null, keep: (scroll: Omit<PanelScroll, 'rows'>) => void): void {
  const known = before !== null;
  const wanted = useRef(before);
  wanted.current ??= before;
  useEffect(() => {
    if (!known) return undefined;
    const left = new Set(NAMES.filter((name) => (wanted.current?.[name] ?? 0) > 0));
    let frame = 0;
    // The tables come with the theme, the side with the picture: what is to be scrolled is there after some frames.
    const restore = (): void => {
      for (const name of left) {
        const element = SCROLLERS[name]();
        const top = wanted.current![name];
        if (element === null || element.scrollHeight - element.clientHeight < Math.floor(top)) continue;
        element.scrollTop = top;
        left.delete(name);
      }
      if (left.size > 0) frame = requestAnimationFrame(restore);
    };
    restore();
    const giveUp = (): void => left.clear();
    let rest: ReturnType<typeof setTimeout> | undefined;
    const onScroll = (): void => {
      clearTimeout(rest);
      rest = setTimeout(() => {
        if (left.size > 0) return;
        const at = (name: Scroller): number => SCROLLERS[name]()?.scrollTop ?? 0;
        keep({ page: at('page'), side: at('side'), table: at('table') });
      }, REST_MS);
    };
    document.addEventListener('scroll', onScroll, { capture: true, passive: true });
    for (const touch of TOUCHES) document.addEventListener(touch, giveUp, { capture: true, passive: true });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(rest);
      document.removeEventListener('scroll', onScroll, { capture: true });
      for (const touch of TOUCHES) document.removeEventListener(touch, giveUp, { capture: true });
    };
  }, [known, keep]);
}
