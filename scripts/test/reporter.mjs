// Reports a node:test run: failures in full, figures that tests print, and a tally as JSON for the whole run's sum.
import { writeFileSync } from 'node:fs';
import { inspect } from 'node:util';

export default async function* report(events) {
  const tally = { passed: 0, failed: 0, skipped: [] };
  for await (const { type, data } of events) {
    if (type === 'test:stdout' || type === 'test:stderr') {
      yield data.message;
    } else if (type === 'test:pass' && data.details.type !== 'suite') {
      if (data.skip !== undefined || data.todo !== undefined) {
        const reason = [data.skip, data.todo].find((text) => typeof text === 'string') ?? '';
        tally.skipped.push(`${data.name}${reason === '' ? '' : ` (${reason})`}`);
      } else tally.passed++;
    } else if (type === 'test:fail') {
      // A suite or a file fails with its tests; alone it counts only when it failed by itself (a hook, an import).
      const { error } = data.details;
      const ofChildren = error?.failureType === 'subtestsFailed';
      if (ofChildren) continue;
      tally.failed++;
      const cause = error?.cause ?? error;
      yield `\nFAILED ${data.name}\n  ${data.file ?? ''}:${data.line ?? ''}\n${indent(typeof cause === 'string' ? cause : (cause?.stack ?? inspect(cause)))}\n`;
    }
  }
  if (process.env.JOBWRIGHT_TALLY !== undefined) writeFileSync(process.env.JOBWRIGHT_TALLY, JSON.stringify(tally));
}

function indent(text) {
  return text.replace(/^/gm, '  ');
}
