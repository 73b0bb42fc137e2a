/** A realistic Job of 65 lines, as text; `number` makes its name differ. */
export function jobOf65Lines(number = 0): string {
  const env = Array.from(
    { length: 8 },
    (_, at) => `            - name: SETTING_${at}\n              value: "value ${at}"`,
  );
  const lines = `apiVersion: batch/v1
kind: Job
metadata:
  name: nightly-index-${number}
  labels:
    app.kubernetes.io/name: nightly-index
    team: search
spec:
  completions: 12
  parallelism: 4
  completionMode: Indexed
  backoffLimitPerIndex: 2
  maxFailedIndexes: 3
  activeDeadlineSeconds: 7200
  ttlSecondsAfterFinished: 86400
  podFailurePolicy:
    rules:
      - action: FailIndex
        onExitCodes:
          operator: In
          values: [3, 4]
      - action: Ignore
        onPodConditions:
          - type: DisruptionTarget
  template:
    metadata:
      labels:
        app.kubernetes.io/name: nightly-index
    spec:
      restartPolicy: Never
      containers:
        - name: indexer
          image: registry.example.com/search/indexer:3.2
          args: ["--shard=$(JOB_COMPLETION_INDEX)", "--of=12"]
          env:
${env.join('\n')}
          resources:
            requests:
              cpu: 500m
              memory: 1Gi
            limits:
              memory: 2Gi
          volumeMounts:
            - name: scratch
              mountPath: /scratch
      volumes:
        - name: scratch
          emptyDir:
            sizeLimit: 2Gi`.split('\n');
  while (lines.length < 65) lines.splice(1, 0, '# what this Job is for stands here');
  return `${lines.join('\n')}\n`;
}

/** A stream of such Jobs. */
export function streamOfJobs(count: number): string {
  return Array.from({ length: count }, (_, at) => `---\n${jobOf65Lines(at)}`).join('');
}
