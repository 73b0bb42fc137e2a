import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { CompletionItem, InsertReplaceEdit, TextEdit } from 'vscode-languageserver-protocol';
import { BLOCKS } from '../../server/src/features/blocks.ts';
import { startEditor, type Editor } from './editor.ts';
import { fixture } from './fixture.ts';

const CAPABILITIES = { textDocument: { completion: { completionItem: { snippetSupport: true } } } };
const API_DOCS = JSON.stringify({
  version: '1.36',
  fields: { Container: { tty: 'Whether <b>this</b> [x](y) is a TTY.' } },
});

let editor: Editor;
before(async () => {
  editor = await startEditor({ capabilities: CAPABILITIES, apiDocs: API_DOCS });
});
after(() => editor.close());

interface Offered {
  readonly labels: readonly string[];
  readonly items: readonly CompletionItem[];
  /** The text after an item was taken, tab stops included. */
  taken(label: string): string;
}

async function at(source: string, on = editor): Promise<Offered> {
  const { text, cursor } = fixture(source);
  const open = await on.open(text);
  const items = await open.completions(cursor);
  await open.shut();
  const sorted = [...items].sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));
  return {
    items: sorted,
    labels: sorted.map(({ label }) => label),
    taken(label) {
      const edit: TextEdit | InsertReplaceEdit | undefined = items.find((one) => one.label === label)?.textEdit;
      assert.ok(
        edit !== undefined && 'range' in edit,
        `${label} is offered, not only ${sorted.map((one) => one.label).join(', ')}`,
      );
      const { range, newText } = edit;
      // What an editor filters by is what the edit replaces.
      assert.equal(range.start.line, range.end.line);
      return (
        text.slice(0, open.document.offsetAt(range.start)) + newText + text.slice(open.document.offsetAt(range.end))
      );
    },
  };
}

const JOB = 'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: x\nspec:\n';
const POD = `${JOB}  template:\n    spec:\n`;
const CRON = 'apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: x\nspec:\n';

describe('completion of values', () => {
  test('time zones, all of them, the whole value replaced', async () => {
    const offered = await at(`${CRON}  timeZone: Europe/Ber‸\n`);
    assert.ok(offered.labels.includes('Europe/Berlin') && offered.labels.includes('Pacific/Auckland'));
    assert.match(offered.taken('Europe/Berlin'), / {2}timeZone: Europe\/Berlin\n/);
    assert.match((await at(`${CRON}  timeZone: Etc/GMT+‸1 # why\n`)).taken('Etc/UTC'), /timeZone: Etc\/UTC # why\n/);
    assert.match((await at(`${CRON}  timeZone: "Etc/‸"\n`)).taken('Etc/UTC'), /timeZone: "Etc\/UTC"\n/);
  });

  test('schedules whole, then field by field with a reading', async () => {
    assert.match((await at(`${CRON}  schedule: ‸\n`)).taken('0 3 * * *'), /schedule: "0 3 \* \* \*"\n/);
    const hours = await at(`${CRON}  schedule: "0 ‸"\n`);
    assert.ok(hours.labels.includes('9-17'));
    const three = hours.items.find(({ label }) => label === '3');
    assert.match(JSON.stringify(three?.documentation), /03:00|3:00/);
    const days = await at(`${CRON}  schedule: "30 3 * * ‸"\n`);
    assert.match(days.taken('1-5'), /schedule: "30 3 \* \* 1-5"\n/);
    assert.deepEqual((await at(`${CRON}  schedule: "30 3 * * 1 ‸"\n`)).labels, []);
    assert.ok((await at(`${CRON}  schedule: 0 ‸\n`)).labels.includes('9-17'), 'without quotes, too');
  });

  test('volumes for mounts, ports for probes, containers for references', async () => {
    const pod = `${POD}      volumes:\n        - name: data\n      containers:\n        - name: a\n          ports: [{ name: http, containerPort: 80 }]\n`;
    assert.deepEqual((await at(`${pod}          volumeMounts:\n            - name: ‸\n`)).labels, ['data']);
    assert.deepEqual(
      (await at(`${pod}          startupProbe:\n            httpGet:\n              port: ‸\n`)).labels,
      ['http'],
    );
    assert.deepEqual(
      (
        await at(
          `${pod}          env:\n            - name: x\n              valueFrom:\n                resourceFieldRef:\n                  containerName: ‸\n`,
        )
      ).labels,
      ['a'],
    );
  });

  test('resource names, and amounts with the request first for a limit', async () => {
    const resources = `${POD}      containers:\n        - name: a\n          resources:\n            requests:\n              memory: 300Mi\n`;
    const names = await at(`${resources}            limits:\n              ‸\n`);
    assert.deepEqual(names.labels.slice(0, 3), ['cpu', 'memory', 'ephemeral-storage']);
    assert.match(names.taken('nvidia.com/gpu'), /limits:\n {14}nvidia\.com\/gpu: \n/);
    const amounts = await at(`${resources}            limits:\n              memory: ‸\n`);
    assert.equal(amounts.labels[0], '300Mi');
    assert.ok(amounts.labels.includes('1Gi'));
    assert.ok(!(await at(`${resources}              ‸\n`)).labels.includes('memory'), 'not twice');
    assert.ok((await at(`${resources}            limits: { cpu: ‸ }\n`)).labels.includes('500m'));
  });

  test('the downward API, signals, taints, topology, capabilities, labels', async () => {
    const env = `${POD}      containers:\n        - name: a\n          env:\n            - name: X\n              valueFrom:\n`;
    const paths = await at(`${env}                fieldRef:\n                  fieldPath: ‸\n`);
    assert.ok(paths.labels.includes('status.podIP'));
    assert.match(
      paths.taken("metadata.annotations['batch.kubernetes.io/job-completion-index']"),
      /fieldPath: metadata\.annotations\['batch/,
    );
    assert.ok(
      (await at(`${env}                resourceFieldRef:\n                  resource: limits.‸\n`)).labels.includes(
        'limits.memory',
      ),
    );
    assert.ok(
      (await at(`${POD}      containers:\n        - lifecycle:\n            stopSignal: ‸\n`)).labels.includes(
        'SIGUSR1',
      ),
    );
    assert.ok((await at(`${POD}      tolerations:\n        - effect: ‸\n`)).labels.includes('NoExecute'));
    assert.ok((await at(`${POD}      tolerations:\n        - key: ‸\n`)).labels.includes('nvidia.com/gpu'));
    assert.ok(
      (await at(`${POD}      topologySpreadConstraints:\n        - topologyKey: ‸\n`)).labels.includes(
        'topology.kubernetes.io/zone',
      ),
    );
    assert.ok(
      (
        await at(
          `${POD}      containers:\n        - securityContext:\n            capabilities:\n              drop: [‸]\n`,
        )
      ).labels.includes('ALL'),
    );
    assert.ok((await at(`${POD}      nodeSelector:\n        ‸\n`)).labels.includes('kubernetes.io/arch'));
    assert.deepEqual((await at(`${POD}      nodeSelector:\n        kubernetes.io/arch: ‸\n`)).labels, [
      'amd64',
      'arm64',
    ]);
    assert.ok(
      (await at(`${JOB}  template:\n    metadata:\n      labels:\n        ‸\n`)).labels.includes(
        'app.kubernetes.io/name',
      ),
    );
  });

  test('conditions, exit codes with their meaning, index lists that fit', async () => {
    const rule = `${JOB}  completions: 6\n  podFailurePolicy:\n    rules:\n      - action: FailJob\n`;
    assert.deepEqual((await at(`${rule}        onPodConditions:\n          - type: ‸\n`)).labels, ['DisruptionTarget']);
    const codes = await at(`${rule}        onExitCodes:\n          values: [42, ‸]\n`);
    assert.match(JSON.stringify(codes.items.find(({ label }) => label === '137')?.documentation), /SIGKILL/);
    const indexes = await at(`${JOB}  completions: 6\n  successPolicy:\n    rules:\n      - succeededIndexes: ‸\n`);
    assert.deepEqual(indexes.labels, ['0', '0-5', '0,5', '0-2']);
    assert.match(indexes.taken('0'), /succeededIndexes: "0"\n/);
  });

  test('an image is never guessed', async () => {
    assert.deepEqual((await at(`${POD}      containers:\n        - image: ngi‸\n`)).labels, []);
    assert.deepEqual((await at(`${POD}      containers:\n        - image: nginx:‸\n`)).labels, []);
  });
});

describe('completion of fields', () => {
  test('with default in view, and the details when asked for', async () => {
    const { items } = await at(`${JOB}  ‸\n`);
    const field = items.find(({ label }) => label === 'backoffLimit')!;
    assert.match(field.detail!, /^integer, default 6/);
    const resolved = await editor.request<CompletionItem>('completionItem/resolve', field);
    assert.ok(JSON.stringify(resolved.documentation).length > JSON.stringify(field.documentation).length);
    const mode = await editor.request<CompletionItem>(
      'completionItem/resolve',
      items.find(({ label }) => label === 'completionMode')!,
    );
    assert.match(JSON.stringify(mode.documentation), /Indexed/);
  });

  test('a field that is not ours is explained in the API’s words, which are no markup', async () => {
    const { items } = await at(`${POD}      containers:\n        - ‸\n`);
    const tty = items.find(({ label }) => label === 'tty')!;
    assert.equal(tty.documentation, undefined);
    const resolved = await editor.request<CompletionItem>('completionItem/resolve', tty);
    assert.match(JSON.stringify(resolved.documentation), /Whether &lt;b\\+>|Whether &lt;b/);
    assert.doesNotMatch(JSON.stringify(resolved.documentation), /[^\\]\[x\]/);
    assert.deepEqual(await editor.request('completionItem/resolve', { label: 'x' }), { label: 'x' });
  });

  test('only those that the chosen version knows', async () => {
    const old = await startEditor({ initializationOptions: { settings: { kubernetesVersion: '1.29' } } });
    try {
      const { labels } = await at(`${JOB}  ‸\n`, old);
      assert.ok(labels.includes('podReplacementPolicy') && !labels.includes('managedBy'));
      assert.ok((await at(`${JOB}  ‸\n`)).labels.includes('managedBy'));
    } finally {
      await old.close();
    }
  });

  test('tabs, CRLF, no last line end, and a dash at the parent’s column', async () => {
    const crlf = `${JOB}  suspend: true\n  ‸\n`.replaceAll('\n', '\r\n');
    assert.ok((await at(crlf)).labels.includes('parallelism'));
    assert.match((await at(crlf)).taken('parallelism'), /\r\n {2}parallelism: \r\n$/);
    assert.ok((await at(`${JOB}  par‸`)).labels.includes('parallelism'));
    assert.ok((await at(`${POD}      containers:\n      - na‸\n`)).labels.includes('name'));
    assert.ok((await at(`${POD}      containers:\n      - name: a\n        ‸\n`)).labels.includes('image'));
    assert.ok((await at(`${JOB}  completionMode:\t‸\n`)).labels.includes('Indexed'), 'a tab before a value');
    assert.deepEqual((await at(`${JOB}\t‸\n`)).labels, [], 'a tab cannot indent');
    assert.ok((await at(`${JOB.replaceAll('  ', '      ')}      ‸\n`)).labels.includes('parallelism'));
  });

  test('in broken text around', async () => {
    assert.ok((await at(`${JOB}  foo bar\n  par‸\n`)).labels.includes('parallelism'));
    assert.ok(
      (await at(`${JOB}  podFailurePolicy:\n    rules:\n      - act‸\n      - action: Fa\n`)).labels.includes('action'),
    );
    assert.ok((await at(`kind: Job\napiVersion: batch/v1\nspec:\n  par‸\n  : :\n`)).labels.includes('parallelism'));
  });

  test('a client without snippets gets plain text', async () => {
    const plain = await startEditor();
    try {
      const fields = await at(`${JOB}  ‸\n`, plain);
      assert.match(fields.taken('suspend'), / {2}suspend: \n$/);
      assert.doesNotMatch(fields.taken('successPolicy …'), /\$/);
    } finally {
      await plain.close();
    }
  });
});

describe('completion of blocks', () => {
  test('indents for its place', async () => {
    assert.match(
      (await at(`${JOB}  ‸\n`)).taken('podFailurePolicy …'),
      /spec:\n {2}podFailurePolicy:\n {4}rules:\n {6}- action: Ignore\n {8}onPodConditions:/,
    );
    const rules = `${JOB}  podFailurePolicy:\n    rules:\n`;
    assert.match(
      (await at(`${rules}      - ‸\n`)).taken('rule: fail the Job on an exit code'),
      / {6}- action: FailJob\n {8}onExitCodes:\n {10}operator: In\n {10}values: \[\$\{1:42\}\]\n/,
    );
    assert.match(
      (await at(`${rules}      ‸\n`)).taken('rule: ignore disruptions'),
      / {6}- action: Ignore\n {8}onPodConditions:\n {10}- type: DisruptionTarget\n/,
    );
    assert.match(
      (await at(`${rules}    - ‸\n`)).taken('rule: ignore disruptions'),
      /\n {4}- action: Ignore\n {6}onPodConditions:\n/,
    );
  });

  test('a native sidecar among the init containers only; volumes and variables by kind; probes', async () => {
    assert.ok((await at(`${POD}      initContainers:\n        - ‸\n`)).labels.includes('sidecar (native)'));
    assert.ok(!(await at(`${POD}      containers:\n        - ‸\n`)).labels.includes('sidecar (native)'));
    assert.match(
      (await at(`${POD}      volumes:\n        - ‸\n`)).taken('volume: persistentVolumeClaim'),
      /- name: \$\{1:data\}\n {10}persistentVolumeClaim:\n {12}claimName: \$\{2:claim\}\n/,
    );
    const container = `${POD}      containers:\n        - name: a\n`;
    assert.match(
      (await at(`${container}          env:\n            - ‸\n`)).taken('variable: index of the pod'),
      /- name: \$\{1:TASK_INDEX\}\n {14}valueFrom:\n {16}fieldRef:\n {18}fieldPath: metadata\.annotations/,
    );
    assert.match(
      (await at(`${container}          ‸\n`)).taken('startupProbe: httpGet …'),
      /\n {10}startupProbe:\n {12}httpGet:/,
    );
  });

  test('not beside a field that it would write again, not in flow style', async () => {
    assert.ok(!(await at(`${JOB}  podFailurePolicy: {}\n  ‸\n`)).labels.includes('podFailurePolicy …'));
    assert.ok(!(await at('apiVersion: batch/v1\nkind: Job\nspec: { ‸ }\n')).labels.includes('podFailurePolicy …'));
  });

  test('an empty document may become a Job or a CronJob', async () => {
    assert.deepEqual((await at('‸')).labels, ['CronJob', 'Job']);
    assert.match(
      (await at('# a job\nJo‸\n')).taken('Job'),
      /^# a job\napiVersion: batch\/v1\nkind: Job\nmetadata:\n {2}name: /,
    );
    assert.match((await at(`${JOB}---\n‸`)).taken('CronJob'), /---\napiVersion: batch\/v1\nkind: CronJob\n/);
    assert.deepEqual((await at('a: 1\n‸')).labels, []);
  });

  test('every block is something that the server can read, where it is offered', async () => {
    const hosts: Readonly<Record<string, string>> = {
      JobSpec: `${JOB}  ‸\n`,
      PodFailurePolicyRule: `${JOB}  podFailurePolicy:\n    rules:\n      - ‸\n`,
      SuccessPolicyRule: `${JOB}  successPolicy:\n    rules:\n      ‸\n`,
      Container: `${POD}      initContainers:\n        - ‸\n`,
      EnvVar: `${POD}      containers:\n        - env:\n          - ‸\n`,
      Volume: `${POD}      volumes:\n        ‸\n`,
      VolumeMount: `${POD}      containers:\n        - volumeMounts:\n            - ‸\n`,
      Toleration: `${POD}      tolerations:\n        - ‸\n`,
      TopologySpreadConstraint: `${POD}      topologySpreadConstraints:\n        - ‸\n`,
    };
    for (const { of, label } of BLOCKS) {
      const text = (await at(hosts[of]!)).taken(label).replace(/\$\{\d+:([^}]*)\}/g, '$1');
      const open = await editor.open(text);
      const unreadable = (await open.diagnostics()).filter(({ message }) =>
        /unknown field|cannot unmarshal|duplicate|did not find|could not find/.test(JSON.stringify(message)),
      );
      assert.deepEqual(unreadable, [], `${label} in\n${text}`);
      await open.shut();
    }
  });

  test('what an empty document becomes is accepted', async () => {
    for (const label of ['Job', 'CronJob']) {
      const text = (await at('‸')).taken(label).replace(/\$\{\d+:([^}]*)\}/g, '$1');
      const open = await editor.open(`${text}\n`);
      assert.deepEqual(
        (await open.diagnostics()).filter(({ severity }) => severity === 1),
        [],
        label,
      );
      await open.shut();
    }
  });
});

describe('hover', () => {
  const hover = async (source: string): Promise<string> => {
    const { text, cursor } = fixture(source);
    const open = await editor.open(text);
    const found = await open.hover(cursor);
    await open.shut();
    return JSON.stringify(found?.contents ?? null);
  };

  test('the other fields in the API’s words, which are no markup', async () => {
    const said = await hover(`${POD}      containers:\n        - t‸ty: true\n`);
    assert.match(said, /Whether &lt;b/);
    assert.match(said, /Kubernetes 1\.36 API/);
    assert.doesNotMatch(said, /<b>|[^\\]\[x/);
  });

  test('well-known values and keys', async () => {
    assert.match(
      await hover(`${POD}      topologySpreadConstraints:\n        - topologyKey: topology.kub‸ernetes.io/zone\n`),
      /each zone/,
    );
    assert.match(await hover(`${POD}      nodeSelector:\n        kubernetes‸.io/arch: arm64\n`), /processor/);
  });

  test('without a build the rest of the hover is there', async () => {
    const bare = await startEditor();
    try {
      const open = await bare.open(`${JOB}  completions: 3\n`);
      assert.ok((await open.hover(JOB.length + 4)) !== null);
    } finally {
      await bare.close();
    }
  });
});
