import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { hoursInWords, peakInWords, rounded } from '../../../server/core/simulation/cost-words.ts';
import { costOfRun, costOfRuns } from '../../../server/core/simulation/resource-cost.ts';
import { isCronJob, jobOf } from '../job-of.ts';
import type { PanelModel } from '../model/panel-model.ts';

/** What a simulated run requests of the cluster, in one line; nothing where the template requests nothing. */
export function Cost({ model }: { readonly model: PanelModel }): JSX.Element | null {
  const { request, timeline, cron } = model;
  const cost = useMemo(() => {
    if (request === null) return null;
    const { object, prices } = request;
    if (timeline !== null) return costOfRun(jobOf(object), timeline, prices);
    return cron !== null && isCronJob(object) ? costOfRuns(object, cron, prices) : null;
  }, [request, timeline, cron]);
  const hours = cost === null ? [] : hoursInWords(cost);
  if (cost === null || hours.length === 0) return null;
  const { wasted, peak, price } = cost;
  return (
    <p class="cost">
      {l10n.t('Requests ')}
      <strong>{hours.join(', ')}</strong>
      {price === null ? null : (
        <>
          {l10n.t(', at your prices ')}
          <strong>{rounded(price)}</strong>
        </>
      )}
      {l10n.t(
        '{0}; at most {1} at once.',
        wasted > 0 ? l10n.t(', {0} % of it on pods that did not succeed', Math.round(wasted * 100)) : '',
        peakInWords(peak).join(', '),
      )}
    </p>
  );
}
