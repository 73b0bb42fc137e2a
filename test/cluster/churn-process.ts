/** The process that `churn.ts` starts: makes the pods of a Job, and changes them so many times a second. */
import { connect, resourcePath, type Access, type Api } from './api.ts';
import type { ChurnOrder, ChurnReport } from './churn.ts';

const AT_ONCE = 48;

let api: Api;
let order: ChurnOrder;
let random: (below: number) => number;
let serial = 0;
const names: string[] = [];
let timer: NodeJS.Timeout | null = null;
const underWay = new Set<Promise<unknown>>();
let changes = 0;

function tell(report: ChurnReport): void {
  process.send?.(report);
}

function makePod(): Promise<void> {
  const name = `${order.job.name}-${serial++}`;
  const { uid } = order.job;
  const body = {
    metadata: {
      name,
      labels: { 'batch.kubernetes.io/controller-uid': uid, 'batch.kubernetes.io/job-name': order.job.name },
      annotations: { 'batch.kubernetes.io/job-completion-index': String(serial % order.pods) },
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: order.job.name, uid, controller: true }],
    },
    spec: { restartPolicy: 'Never', containers: [{ name: 'worker', image: 'batch-worker:1.0' }] },
  };
  return api.send('POST', resourcePath('pods', order.namespace), { body }).then(({ status }) => {
    if (status === 201) names.push(name);
  });
}

async function change(): Promise<void> {
  const place = random(names.length);
  const name = names[place];
  if (name === undefined) return;
  if (random(10) === 0) {
    names.splice(place, 1);
    await api.send('DELETE', resourcePath('pods', order.namespace, name), { body: { gracePeriodSeconds: 0 } });
    await makePod();
    changes += 2;
    return;
  }
  const phase = ['Pending', 'Running', 'Succeeded', 'Failed'][random(4)];
  const at = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const body = { status: { phase, startTime: at, message: `change ${changes}` } };
  await api.patch(resourcePath('pods', order.namespace, name, 'status'), body, 'merge').catch(() => undefined);
  changes++;
}

function begin(): void {
  const each = 20;
  let owed = 0;
  timer = setInterval(() => {
    owed += (order.rate * each) / 1000;
    while (owed >= 1 && underWay.size < AT_ONCE) {
      owed--;
      const done: Promise<unknown> = change()
        .catch(() => undefined)
        .finally(() => underWay.delete(done));
      underWay.add(done);
    }
    owed = Math.min(owed, order.rate);
  }, each);
}

async function rest(): Promise<void> {
  if (timer !== null) clearInterval(timer);
  timer = null;
  while (underWay.size > 0) await Promise.all(underWay);
}

async function start(given: ChurnOrder, access: Access): Promise<void> {
  order = given;
  api = connect(access);
  let seed = given.seed;
  random = (below) => (seed = (seed * 48271) % 2147483647) % Math.max(1, below);
  const maker = async (): Promise<void> => {
    while (serial < order.pods) await makePod();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, maker));
  tell({ what: 'made', changes: names.length });
}

process.on(
  'message',
  (message: {
    readonly what: string;
    readonly order?: ChurnOrder;
    readonly server?: string;
    readonly access?: Access;
  }) => {
    if (message.what === 'start' && message.order !== undefined && message.access !== undefined)
      void start(message.order, { ...message.access, server: new URL(message.server ?? '') });
    else if (message.what === 'go') begin();
    else if (message.what === 'rest') void rest().then(() => tell({ what: 'resting', changes }));
  },
);
// Whoever started us is gone.
process.on('disconnect', () => process.exit(0));
