import { isIndexMentioned, shellScript } from '../advice/container-text.ts';
import type { Container } from '../kubernetes/generated/types.ts';
import type { ManifestEdit } from '../manifest/edit.ts';
import type { FieldPath } from '../manifest/path.ts';
import type { JobRefactoring } from './refactoring.ts';

/** Gives each pod an index of its own, and, where nothing reads it yet, hands it to the first container. */
export const makeIndexed: JobRefactoring = ({ job, forecast, prefix }) => {
  const { work, spec } = forecast;
  const pod = job.spec?.template?.spec;
  const container = pod?.containers?.[0];
  if (work.kind === 'indexes' || pod === undefined || container === undefined) return [];
  const completions = work.kind === 'count' ? work.completions : Math.max(1, spec.parallelism ?? 1);
  const edits: ManifestEdit[] = [{ kind: 'set', path: [...prefix, 'spec', 'completionMode'], value: 'Indexed' }];
  // First the number, so that the mode stands behind it.
  if (job.spec?.completions === undefined)
    edits.unshift({ kind: 'set', path: [...prefix, 'spec', 'completions'], value: completions });
  const range = completions === 1 ? 'index 0' : `indexes 0 to ${completions - 1}`;
  const plain = { kind: 'rewrite', near: [], title: `Make it Indexed (${range})`, edits } as const;
  if (isIndexMentioned(pod)) return [plain];
  const read = readIndex(container, [...prefix, 'spec', 'template', 'spec', 'containers', 0], completions);
  if (read === null) return [plain];
  const title = `Make it Indexed (${range}) and give ${container.name ?? 'the container'} its index`;
  return [plain, { ...plain, title, edits: [...edits, ...read] }];
};

/** A line in an inline script; else one more argument, where the manifest has some. */
function readIndex(container: Container, at: FieldPath, completions: number): readonly ManifestEdit[] | null {
  const { command = [], args = [] } = container;
  const script = shellScript(container);
  if (script !== null) {
    const field = command.includes(script) ? 'command' : 'args';
    const line = `echo "index $JOB_COMPLETION_INDEX of ${completions}"\n`;
    const index = (field === 'command' ? command : args).indexOf(script);
    return [{ kind: 'set', path: [...at, field, index], value: line + script }];
  }
  const argument = '--index=$(JOB_COMPLETION_INDEX)';
  if (args.length > 0) return [{ kind: 'insert', path: [...at, 'args'], index: args.length, value: argument }];
  return command.length > 0 ? [{ kind: 'set', path: [...at, 'args'], value: [argument] }] : null;
}
