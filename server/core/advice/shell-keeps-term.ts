import type { Container } from '../kubernetes/generated/types.ts';
import { shellScript } from './container-text.ts';
import type { Advice, AdviceRule } from './rule.ts';

/** Seconds up to which nobody has thought about stopping. */
const DEFAULT_GRACE = 30;

/** One program with its arguments, and nothing that only a shell can do. */
const PROGRAM = /^(?:[\w./-]*\/)?[a-z][\w.-]*(?:\s+[^|&;<>()`]*)?$/;
const OF_THE_SHELL =
  /^(?:exec|echo|exit|cd|set|export|wait|trap|if|fi|then|else|for|while|until|do|done|case|esac|source|\.|return|true|false|sleep|test|\[)\b/;

export const SHELL_KEEPS_TERM: AdviceRule = {
  id: 'advice/shell-keeps-term',
  title: 'Shell that does not pass on SIGTERM',
  why: 'When a pod is evicted, or stopped at a deadline, the first process of each container gets SIGTERM. A shell that waits for a program takes the signal and does not pass it on, so the program runs until the grace period is over and is killed. Started with exec it takes the place of the shell, and gets the signal itself.',
  severity: 'information',
  group: 'reliability',
  fixable: true,
  judgeJob({ job }) {
    const pod = job.spec?.template?.spec;
    // Somebody who gives a pod more time than usual wants it used.
    if ((pod?.terminationGracePeriodSeconds ?? 0) <= DEFAULT_GRACE || pod?.shareProcessNamespace === true) return [];
    return (pod?.containers ?? []).flatMap((container, at) =>
      adviceOn(container, at, pod?.terminationGracePeriodSeconds),
    );
  },
};

function adviceOn(container: Container, at: number, grace: unknown): readonly Advice[] {
  const script = shellScript(container);
  const lines = script?.trimEnd().split('\n') ?? [];
  const last = lines.at(-1)?.trim() ?? '';
  // A single command many shells replace themselves with on their own.
  if (script === null || lines.length < 2 || /\b(?:trap|exec|tini|dumb-init)\b/.test(script)) return [];
  if (!PROGRAM.test(last) || OF_THE_SHELL.test(last) || /\\\s*$/.test(lines.at(-2)!) || /^\s/.test(lines.at(-1)!))
    return [];
  const field = container.command?.includes(script) === true ? 'command' : 'args';
  const place = ['spec', 'template', 'spec', 'containers', at, field, container[field]!.indexOf(script)];
  const value =
    script.slice(0, script.trimEnd().length - last.length) +
    `exec ${script.slice(script.trimEnd().length - last.length)}`;
  return [
    {
      // The word that begins the script, not all its lines.
      path: place.slice(0, -1),
      message: `The shell does not pass SIGTERM on to ${last.split(/\s/)[0]!}, which is killed after ${String(grace)} s without having been told: start it with exec.`,
      fixes: [
        { title: 'Start the last program with exec', edits: [{ kind: 'set', path: place, value }], preferred: true },
      ],
    },
  ];
}
