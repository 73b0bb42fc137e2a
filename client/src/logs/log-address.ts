import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

/** Whose logs: what the command `jobwright.showLogs` takes. Without `pod` and `index`, of the whole Job. */
export interface LogAddress {
  readonly context: string;
  readonly namespace: string;
  /** Name of the Job; may be absent where `pod` is given. */
  readonly name?: string | undefined;
  readonly pod?: string | undefined;
  /** Completion index. */
  readonly index?: number | undefined;
  readonly container?: string | undefined;
  /** The runs before the last restart. */
  readonly previous?: boolean | undefined;
}

/** Scheme of the documents that hold logs. */
export const LOG_SCHEME = 'jobwright-log';

/** The address in a command's argument, as far as it has one. */
export function readLogAddress(given: unknown): Partial<LogAddress> {
  const fields = typeof given === 'object' && given !== null ? (given as Readonly<Record<string, unknown>>) : {};
  const text = (key: string): string | undefined => {
    const value = fields[key];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const { index, previous } = fields;
  return {
    ...withoutUndefined({
      context: text('context'),
      namespace: text('namespace'),
      name: text('name'),
      pod: text('pod'),
      container: text('container'),
    }),
    ...(typeof index === 'number' && Number.isSafeInteger(index) && index >= 0 ? { index } : {}),
    ...(previous === true ? { previous } : {}),
  };
}

function withoutUndefined(fields: Readonly<Record<string, string | undefined>>): Partial<LogAddress> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The document of a log. Its path is what the tab shows, its query the address. */
export function logUri(address: LogAddress): vscode.Uri {
  const { context, namespace, name, pod, index, container, previous } = address;
  const what = pod ?? `${name ?? ''}${index === undefined ? '' : ` index ${index}`}`;
  const file = `${what}${container === undefined ? '' : ` ${container}`}${previous === true ? ' before the restart' : ''}.log`;
  return vscode.Uri.from({
    scheme: LOG_SCHEME,
    path: `/${[context, namespace, file].map((part) => part.replaceAll('/', '-')).join('/')}`,
    query: JSON.stringify(address),
  });
}

/** The address of a log's document; null for another one. */
export function addressOf(uri: vscode.Uri): LogAddress | null {
  if (uri.scheme !== LOG_SCHEME) return null;
  try {
    const { context, namespace, ...rest } = readLogAddress(JSON.parse(uri.query));
    return context === undefined || namespace === undefined ? null : { context, namespace, ...rest };
  } catch {
    return null;
  }
}

/** `Job team-a/report`, `index 3 of Job team-a/report`, `pod team-a/report-x7k2p`. */
export function sayLogs({ namespace, name = '', pod, index, container }: LogAddress): string {
  const job = l10n.t('Job {0}/{1}', namespace, name);
  const whole =
    pod !== undefined
      ? l10n.t('pod {0}/{1}', namespace, pod)
      : index === undefined
        ? job
        : l10n.t('index {0} of {1}', index, job);
  return container === undefined ? whole : l10n.t('container {0} of {1}', container, whole);
}
