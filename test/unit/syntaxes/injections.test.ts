import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenize } from './tokenize.ts';

const number = 'constant.numeric.cron';
const every = 'constant.language.every.cron';
const operator = 'keyword.operator.cron';

test('a quoted cron schedule is coloured by its parts', async () => {
  assert.deepEqual(await tokenize("  schedule: '*/5 0-6 1,15 JAN ?' # night"), [
    ['*', every],
    ['/', operator],
    ['5', number],
    ['0', number],
    ['-', operator],
    ['6', number],
    ['1', number],
    [',', operator],
    ['15', number],
    ['JAN', 'constant.language.name.cron'],
    ['?', every],
  ]);
});

test('a plain cron schedule is coloured too', async () => {
  assert.deepEqual(await tokenize('schedule: 30 3 * * 1-5'), [
    ['30', number],
    ['3', number],
    ['*', every],
    ['*', every],
    ['1', number],
    ['-', operator],
    ['5', number],
  ]);
});

test('macros, @every and zones inside a schedule', async () => {
  assert.deepEqual(await tokenize('schedule: "@hourly"'), [['@hourly', 'keyword.other.macro.cron']]);
  assert.deepEqual(await tokenize('schedule: "@every 1h30m"'), [
    ['@every', 'keyword.other.macro.cron'],
    ['1h30m', 'constant.numeric.duration'],
  ]);
  assert.deepEqual((await tokenize("schedule: 'TZ=UTC 0 3 * * *'"))[0], ['TZ=UTC', 'invalid.illegal.time-zone.cron']);
});

test('quantities show number and unit', async () => {
  const quantity = 'constant.numeric.quantity';
  const unit = 'keyword.other.unit.quantity';
  assert.deepEqual(await tokenize('  cpu: 500m\n  memory: "1.5Gi"\n  storage: 2e3\n  nvidia.com/gpu: 1'), [
    ['500', quantity],
    ['m', unit],
    ['1.5', quantity],
    ['Gi', unit],
    ['2', quantity],
    ['e3', unit],
    ['1', quantity],
  ]);
  assert.deepEqual(await tokenize('resources: { requests: { cpu: 1, memory: 64Mi } }'), [
    ['1', quantity],
    ['64', quantity],
    ['Mi', unit],
  ]);
  assert.deepEqual(await tokenize('  memory: 12GB'), [], 'no such unit');
});

test('index lists show ranges, and what does not belong there', async () => {
  const index = 'constant.numeric.index';
  assert.deepEqual(await tokenize('- succeededIndexes: 0,2-4'), [
    ['0', index],
    [',', 'punctuation.separator.index'],
    ['2', index],
    ['-', 'keyword.operator.range'],
    ['4', index],
  ]);
  assert.deepEqual((await tokenize('succeededIndexes: "1-"')).at(-1), ['-', 'invalid.illegal.index']);
});

test('durations of a scenario', async () => {
  assert.deepEqual(await tokenize('default: { run: 1m30s }'), [
    ['1', 'constant.numeric.duration'],
    ['m', 'keyword.other.unit.duration'],
    ['30', 'constant.numeric.duration'],
    ['s', 'keyword.other.unit.duration'],
  ]);
});

test('comments, block scalars and other fields are left alone', async () => {
  assert.deepEqual(await tokenize('# schedule: 0 3 * * *'), []);
  assert.deepEqual(await tokenize('script: |\n  cpu: 500m\n  schedule: 0 3 * * *\n'), []);
  assert.deepEqual(await tokenize('reschedule: 0 3 * * *\nmycpu: 500m\nname: 12m'), []);
});

test('references to variables are coloured in values and in quotes, escaped ones as such', async () => {
  assert.deepEqual(await tokenize('  value: $(POD_NAME)-x\n  args: ["--index=$(JOB_COMPLETION_INDEX)"] # $(A)'), [
    ['$(', 'punctuation.definition.variable.begin'],
    ['POD_NAME', 'variable.other.environment'],
    [')', 'punctuation.definition.variable.end'],
    ['$(', 'punctuation.definition.variable.begin'],
    ['JOB_COMPLETION_INDEX', 'variable.other.environment'],
    [')', 'punctuation.definition.variable.end'],
  ]);
  assert.deepEqual(await tokenize('  value: $$(POD_NAME)'), [['$$', 'constant.character.escape.variable']]);
  assert.deepEqual(await tokenize('  value: $(date +%s) $HOME'), []);
});

test('scripts of several lines in a list are coloured as shell or Python, to their end', async () => {
  const script = (lines: string): string => `command:\n- -c\n- |\n${lines}- next\nimage: a`;
  assert.deepEqual(await tokenize(script('  echo $(date)\n\n    done\n')), [
    ['|', 'keyword.control.flow.block-scalar'],
    ['echo', 'word.shell'],
    ['$(date)', 'word.shell'],
    ['done', 'word.shell'],
  ]);
  assert.deepEqual(await tokenize(script('  import os\n  print(1)\n')), [
    ['|', 'keyword.control.flow.block-scalar'],
    ['import', 'word.python'],
    ['os', 'word.python'],
    ['print(1)', 'word.python'],
  ]);
  assert.deepEqual(await tokenize('  args:\n    - >-\n      work --all\n    - --next\n'), [
    ['>-', 'keyword.control.flow.block-scalar'],
    ['work', 'word.shell'],
    ['--all', 'word.shell'],
  ]);
  assert.deepEqual(await tokenize('data: |\n  - |\n    echo\n'), [], 'text inside of other text is left alone');
});
