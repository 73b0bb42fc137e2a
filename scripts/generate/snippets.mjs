// The pages about snippets, from the files that VS Code reads and the table of what each is for.
import { readFileSync } from 'node:fs';

/** Snippets in the order of their files: the plain ones first. */
const FILES = ['jobs', 'cronjobs', 'patterns'];

/** When to take which, by name: each snippet has an entry, and each entry a snippet. */
const WHEN = {
  Job: 'One task that runs to its end, once.',
  'Job: fixed completion count': 'So many successes are wanted, and it does not matter which pod does which part.',
  'Job: Indexed': 'The work falls into numbered parts, and each pod finds its part by the number.',
  'Job: parallel with limits': 'Much runs at once, and it has to stop by itself when it fails or takes too long.',
  'Job: pod failure policy': 'Some exit codes say that no retry will help, and evictions should cost none.',
  CronJob: 'The same work at fixed times, and a run must not meet the one before.',
  'CronJob: backup': 'A backup, or anything else that is better skipped than run late.',
  'Job: queue worker': 'The parts wait in a queue such as Redis or RabbitMQ, and nobody knows their number.',
  'Job: sharded, with indexes': 'The program can be told its shard and the number of shards.',
  'Job: leader with success policy': 'Index 0 leads the others, and when it is done they have nothing left to do.',
  'Job: retries per index': 'One bad part must not stop the others, and a few may be lost.',
  'Job: on spot machines': 'The nodes are cheap and may be taken away at any time.',
  'Job: with a native sidecar': 'A proxy or a log shipper has to run beside the work, and not longer.',
  'Job: GPU training': 'One long run on expensive machines that continues from its last checkpoint.',
  'Job: database migration hook': 'A release of Helm must not go on before the schema is migrated.',
  'Job: fan-out with cleaning up': 'Many short parts, and nobody wants to find thousands of finished pods.',
};

/** Every snippet in order: its name, the words that bring it, what it is, when to take it, its lines. */
export function readSnippets() {
  const snippets = FILES.flatMap((file) => {
    const text = readFileSync(new URL(`../../snippets/${file}.json`, import.meta.url), 'utf8');
    return Object.entries(JSON.parse(text)).map(([name, { prefix, description, body }]) => {
      if (WHEN[name] === undefined) throw new Error(`scripts/generate/snippets.mjs does not say when to take ${name}`);
      return { name, words: [prefix].flat(), description, when: WHEN[name], body };
    });
  });
  const gone = Object.keys(WHEN).filter((name) => !snippets.some((snippet) => snippet.name === name));
  if (gone.length > 0)
    throw new Error(`scripts/generate/snippets.mjs names snippets that are gone: ${gone.join(', ')}`);
  return snippets;
}

/** docs/snippets.md: each with its text. */
export function snippetsPage(generated) {
  const lines = [
    generated,
    '',
    '# Snippets',
    '',
    'Type the word in a YAML file and choose the snippet; `Tab` goes from place to place. Or choose from the list of *Jobwright: Insert a Snippet*. Each is accepted by the API server with its defaults, and needs no advice. How the patterns work: [guide](guide.md).',
    '',
  ];
  for (const { name, words, description, when, body } of readSnippets()) {
    const typed = words.map((word) => `\`${word}\``).join(' or ');
    lines.push(`## ${name}`, '', `${when} ${description}. Type ${typed}.`, '');
    lines.push('```yaml', ...body.slice(0, -1).map(withDefaults), '```', '');
  }
  return lines.join('\n');
}

/** The page beside the walkthrough's step: each in two lines, with a link that inserts it. */
export function snippetsWalkthrough(generated) {
  const lines = [generated, '', '# Snippets', ''];
  for (const { name, words, description, when } of readSnippets()) {
    const command = `command:jobwright.insertSnippet?${encodeURIComponent(JSON.stringify([name]))}`;
    lines.push(`### ${name}`, '', `${when} ${description}.`, '', `\`${words[0]}\` · [Insert](${command})`, '');
  }
  return lines.join('\n');
}

/** A snippet's line as it stands when every default is taken. */
function withDefaults(line) {
  return line
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\\([$}\\])/g, '$1');
}
