import { given } from './given.ts';
import { stage } from './stage.ts';

/** Runs the loaded tests with Mocha and hands in how they went. */
export async function runLoaded(mocha: Mocha): Promise<void> {
  try {
    await runAll(mocha);
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    await stage.handIn({ passed: 0, failures: [{ title: 'the suite itself', error: what }], skipped: [] });
    throw error;
  }
}

async function runAll(mocha: Mocha): Promise<void> {
  const failures: { title: string; error: string }[] = [];
  const skipped: string[] = [];
  let passed = 0;
  if (given.only !== undefined) mocha.grep(given.only);
  await new Promise<void>((resolve) => {
    mocha
      .run(() => {
        resolve();
      })
      .on('pass', (test) => {
        passed++;
        void stage.log(`  ok ${test.fullTitle()} (${test.duration ?? 0} ms)`);
      })
      .on('fail', (test, error: Error) => {
        void stage.log(`  FAILED ${test.fullTitle()}`);
        failures.push({ title: test.fullTitle(), error: error.stack ?? error.message });
      })
      .on('pending', (test) => {
        skipped.push(test.fullTitle());
      });
  });
  await stage.handIn({ passed, failures, skipped });
}
