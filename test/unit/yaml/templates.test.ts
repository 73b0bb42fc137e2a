import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isTemplate } from '../../../server/src/yaml/templates.ts';

describe('isTemplate', () => {
  const templates = [
    '{{- if .Values.job }}\nkind: Job\n{{- end }}\n',
    'name: {{ .Release.Name }}\n',
    'name: {{ include "x.name" . }}-job\n',
    'image: "{{ .Values.image }}:{{ .Values.tag }}"\n',
    'labels:\n  {{- include "x.labels" . | nindent 4 }}\n',
    'args:\n- --name={{ .Values.name }}\n- {{ $x }}\n',
    '{% if x %}\nkind: Job\n{% endif %}\n',
    'name: {{ name }}\n',
    'script: |\n  echo {{ .Values.x }}\n',
    '<% if x %>\nkind: Job\n<% end %>\n',
  ];
  const manifests = [
    'kind: Job\n',
    'args: ["{a: {b: c}}", "${{ x }}"]\n',
    "message: '{{ value }}'\n",
    '# name: {{ .Release.Name }}\nname: x\n',
    'spec: {template: {spec: {}}}\n',
    'command: ["kubectl", "get", "-o", "go-template={{range .items}}"]\n',
    'args:\n- |\n  docker inspect -f {{.State}} x\n  {{range}}\n- b\n',
    "args:\n- kubectl get x --template '{{.status.phase}}'\n",
  ];
  for (const text of templates) it(`${JSON.stringify(text)} is one`, () => assert.equal(isTemplate(text), true));
  for (const text of manifests) it(`${JSON.stringify(text)} is none`, () => assert.equal(isTemplate(text), false));
});
