import { closestWord } from '../grammar/closest-word.ts';
import { COMMANDS, type CommandName, findCommand } from '../grammar/command-list.ts';
import type { CommandSpec, CommandTier } from '../grammar/command-spec.ts';
import { describeOption } from '../grammar/options.ts';
import { answer, asking, type Outcome } from './outcome.ts';

/** Not worth a line of help. */
const UNLISTED: ReadonlySet<CommandName> = new Set(['thanks']);

const GROUPS: readonly { readonly title: string; readonly tiers: readonly CommandTier[] }[] = [
  { title: 'Look', tiers: ['read'] },
  {
    title: 'Change (a plan first; nothing changes until it is approved)',
    tiers: ['change', 'decide', 'switch'],
  },
  { title: 'For you', tiers: ['settings'] },
];

/** What we can do; with a topic, how that one command is typed. */
export function help(topic: string | undefined): Outcome {
  if (topic === undefined) return overview();
  const command = findCommand(topic);
  return command === undefined ? unknownTopic(topic) : explain(command);
}

function overview(): Outcome {
  return answer(
    'Jamie answers questions about Kubernetes with evidence. Scarlet changes things, once you approve.',
    [
      ...GROUPS.map(({ title, tiers }) => ({
        kind: 'table' as const,
        title,
        columns: ['Type', 'What it does'],
        rows: COMMANDS.filter(({ name, tier }) => tiers.includes(tier) && !UNLISTED.has(name)).map(
          ({ name, usage, summary }) => [`${name} ${usage}`.trim(), summary],
        ),
      })),
      {
        kind: 'text',
        lines: [
          'Everywhere: -n NAMESPACE and --cluster NAME. TARGET is checkout, deploy/checkout, or it.',
          'Or ask in your own words: why is checkout crashing? help COMMAND says more about one.',
        ],
      },
    ],
  );
}

function explain({ name, aliases, usage, summary, examples, options }: CommandSpec<CommandName>): Outcome {
  const lines = [
    `Type: ${name} ${usage}`.trim(),
    ...(options.length === 0 ? [] : [`Options: ${options.map(describeOption).join(', ')}`]),
    ...(aliases.length === 0 ? [] : [`Also: ${aliases.join(', ')}`]),
  ];
  return answer(`${name}: ${summary}.`, [
    { kind: 'text', lines },
    { kind: 'list', title: 'For example', items: examples },
  ]);
}

function unknownTopic(topic: string): Outcome {
  const close = closestWord(
    topic,
    COMMANDS.map(({ name }) => name),
  );
  const options = close === undefined ? [] : [{ label: `help ${close}`, command: `help ${close}` }];
  return asking(
    `There is no command "${topic.slice(0, 40)}". Type help for all of them.`,
    'Did you mean this?',
    options,
  );
}
