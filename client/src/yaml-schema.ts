import * as l10n from '@vscode/l10n';
/** Part of what the YAML extension (redhat.vscode-yaml) exports; see the wiki of that project. */
export interface YamlExtensionApi {
  registerContributor(
    schema: string,
    requestSchema: (resource: string) => string | undefined,
    requestSchemaContent: (uri: string) => string | undefined,
    label?: string,
  ): boolean;
}

const SCHEME = 'jobwright-schema';

/** What is known of a text: how many documents it has, and which of them are Jobs (0-based). */
export interface JobsOfText {
  readonly documents: number;
  readonly jobs: readonly number[];
}

/**
 * What is known of a text by its Jobs and CronJobs. The Jobs in a List or a JobSet are judged by us, and the List or
 * JobSet around them by nobody but the YAML extension: such a document counts as none of ours.
 */
export function jobsOfText(
  text: string,
  manifests: readonly { readonly document: number; readonly item: number | null }[],
): JobsOfText {
  const documents = text.split(/^---(?=\s|$)/m).filter((part, at) => at > 0 || /^\s*[^\s#]/m.test(part)).length;
  const own = manifests.filter(({ item }) => item === null).map(({ document }) => document);
  return { documents, jobs: [...new Set(own)] };
}

/**
 * Asks the YAML extension to check nothing in the documents that we check: it gets a schema without rules for them. A
 * schema of ours would also take the place of the ones for other documents of the same text, so a text that holds
 * others is left to it. A scenario file is ours, too: the schema that we contribute for it serves where we do not run.
 * True when it took us.
 */
export function leaveJobsToUs(yaml: YamlExtensionApi, jobsOf: (resource: string) => JobsOfText | undefined): boolean {
  return yaml.registerContributor(
    SCHEME,
    (resource) => {
      const text = jobsOf(resource);
      if (text === undefined || text.jobs.length === 0 || text.jobs.length < text.documents) return undefined;
      return `${SCHEME}://jobs/${text.documents}`;
    },
    (uri) => {
      const [, documents] = new RegExp(`^${SCHEME}://jobs/(\\d{1,6})$`).exec(uri) ?? [];
      if (documents === undefined) return undefined;
      const schemaSequence = Array.from({ length: Number(documents) }, () => ({}));
      return JSON.stringify({ title: l10n.t('Checked by Jobwright'), schemaSequence });
    },
    'Jobwright',
  );
}
