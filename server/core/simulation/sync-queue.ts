import { API_RETRY_BASE, API_RETRY_CAP, SYNC_START } from './latencies.ts';
import type { SyncQueue } from './job-run.ts';
import type { VirtualClock } from './clock.ts';

/**
 * The controller's work queue for one object: of the delayed syncs only the earliest is kept; one that is due at once
 * does not touch it. A sync that failed is tried again after 1 s, doubling to 60 s.
 */
export function createSyncQueue(clock: VirtualClock, sync: () => boolean): SyncQueue {
  /** When the delayed sync is due; null: none waits. */
  let delayed: number | null = null;
  let immediate = false;
  let failures = 0;

  function runSync(): void {
    if (sync()) {
      failures = 0;
      return;
    }
    queue.add(Math.min(API_RETRY_BASE * 2 ** failures, API_RETRY_CAP));
    failures++;
  }

  const queue: SyncQueue = {
    add(delay) {
      if (delay <= 0) {
        if (immediate) return;
        immediate = true;
        clock.at(clock.now + SYNC_START, () => {
          immediate = false;
          runSync();
        });
        return;
      }
      const due = clock.now + delay;
      if (delayed !== null && delayed <= due) return;
      delayed = due;
      clock.at(due + SYNC_START, () => {
        if (delayed !== due) return;
        delayed = null;
        runSync();
      });
    },
  };
  return queue;
}
