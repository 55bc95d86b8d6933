import { COMMANDS, findUsage } from '../grammar/command-list.ts';
import { answer, type Outcome } from './outcome.ts';

/** What we can do; with a topic, how that one command is typed. */
export function help(topic: string | undefined): Outcome {
  const command = COMMANDS.find((candidate) => candidate.name === topic?.toLowerCase());
  if (command !== undefined) return answer(`${command.summary}. ${findUsage(command.name)}`);
  const rows = COMMANDS.map((each) => [each.usage, each.summary]);
  return answer(
    'Jamie answers questions about Kubernetes with evidence. Scarlet changes things, once you approve.',
    [
      { kind: 'table', columns: ['Type', 'What it does'], rows },
      { kind: 'text', lines: ['Or just ask: why is checkout crashing?'] },
    ],
  );
}
