/**
 * A clock that jumps from event to event. Times are whole milliseconds since the start, so that sums are exact and the
 * order of events never hangs on rounding. Events of the same moment come in the order in which they were asked for.
 */
export interface VirtualClock {
  /** Milliseconds since the start. */
  readonly now: number;
  /**
   * Runs `act` at a moment (milliseconds since the start; not before now). With an owner it runs only if the owner is
   * still in the epoch that it is in now.
   */
  at(moment: number, act: () => void, owner?: EventOwner): void;
  /** Runs the events in order until none is left, or the next one lies beyond `until`; then the clock stands there. */
  runUntil(until: number): void;
  /** How many events wait. */
  readonly waiting: number;
}

/** Something whose events come to nothing once it has moved on to another epoch. */
export interface EventOwner {
  readonly epoch: number;
}

interface ClockEvent {
  readonly at: number;
  readonly order: number;
  readonly act: () => void;
  readonly owner: EventOwner | null;
  readonly epoch: number;
}

function comesFirst(a: ClockEvent, b: ClockEvent): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

/** Whole milliseconds of a number of seconds. */
export function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000);
}

/** The API stores moments in whole seconds: the moment (milliseconds), cut to its second. */
export function wholeSecond(moment: number): number {
  return Math.floor(moment / 1000) * 1000;
}

/** A clock that stands at 0 with no events. */
export function createClock(): VirtualClock {
  const heap: ClockEvent[] = [];
  let now = 0;
  let orders = 0;

  function push(event: ClockEvent): void {
    let at = heap.length;
    heap.push(event);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!comesFirst(event, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = event;
  }

  function pop(): ClockEvent {
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && comesFirst(heap[child + 1]!, heap[child]!)) child++;
      if (!comesFirst(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return first;
  }

  return {
    get now() {
      return now;
    },
    get waiting() {
      return heap.length;
    },
    at(moment, act, owner) {
      push({ at: Math.max(moment, now), order: orders++, act, owner: owner ?? null, epoch: owner?.epoch ?? 0 });
    },
    runUntil(until) {
      while (heap.length > 0 && heap[0]!.at <= until) {
        const event = pop();
        if (event.owner !== null && event.owner.epoch !== event.epoch) continue;
        now = event.at;
        event.act();
      }
      if (heap.length > 0) now = until;
    },
  };
}
