import { COMMANDS, type CommandSpec, describeOption } from '@jamie/agents/grammar';

const TIERS: Readonly<Record<CommandSpec['tier'], string>> = {
  read: 'reads',
  change: 'makes a plan',
  decide: 'decides a plan',
  switch: 'stops or starts all changes',
  settings: 'touches only what is yours',
};

/** docs/commands.md, made of the registry: what is said there cannot differ from what is read. */
export function renderCommandDocs(): string {
  const commands = COMMANDS.filter(({ name }) => name !== 'thanks');
  return [
    '# Commands',
    '',
    'The same after `/jamie` in Slack, in a mention, on the page, through `POST /v1/requests`, and after `jamie` in a',
    'terminal. Made of the registry in `packages/agents/src/grammar/command-list.ts` by `npm run docs`.',
    '',
    'TARGET is checkout, deploy/checkout, payments/checkout, or it for what was last spoken of. `-n` and `--cluster` say',
    'where; without them `jamie use` does, and then the first cluster.',
    '',
    '| Command | What it does | It |',
    '| --- | --- | --- |',
    ...commands.map(({ name, summary, tier }) => `| [${name}](#${name}) | ${summary} | ${TIERS[tier]} |`),
    ...commands.flatMap(renderCommand),
    '',
  ].join('\n');
}

function renderCommand({ name, usage, aliases, options, examples, summary }: CommandSpec): readonly string[] {
  return [
    '',
    `## ${name}`,
    '',
    `${summary}.`,
    '',
    '```',
    `jamie ${name} ${usage}`.trim(),
    '```',
    '',
    ...(options.length === 0
      ? []
      : [`Options: ${options.map((option) => `\`${describeOption(option)}\``).join(', ')}.`, '']),
    ...(aliases.length === 0 ? [] : [`Also: ${aliases.map((alias) => `\`${alias}\``).join(', ')}.`, '']),
    `For example: ${examples.map((example) => `\`jamie ${example}\``).join(', ')}.`,
  ];
}
