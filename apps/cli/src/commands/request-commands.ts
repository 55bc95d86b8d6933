import { COMMANDS } from '@jamie/agents/grammar';
import { type PlanCard, type PlanId, parsePlanId, type Reply } from '@jamie/core';
import { type Command, InvalidArgumentError } from 'commander';
import { isNotRunning } from '../api-client.ts';
import { type Answer, askAndWait, followPlan } from '../ask-and-wait.ts';
import { cleanDeep, cleanText } from '../clean-text.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodeOfPlan, exitCodeOfReply } from '../exit-codes.ts';
import { newLines } from '../render/new-lines.ts';
import { renderCard } from '../render/render-card.ts';
import { renderReply } from '../render/render-reply.ts';
import { saveFiles } from '../save-files.ts';
import { addManifestFile } from './apply-command.ts';
import { addAuditCommands } from './audit-commands.ts';

/** Commands that the program answers in a way of its own, and a word that nobody types in a terminal. */
const NOT_PASSED_ON: ReadonlySet<string> = new Set(['ask', 'help', 'doctor', 'thanks']);

const ANSWER_TIMEOUT_S = 60;
const PLAN_TIMEOUT_S = 3_600;

interface RequestOptions {
  readonly json?: boolean;
  readonly wait?: boolean;
  readonly timeout?: number;
  readonly conversation?: string;
  readonly output?: string;
}

/** Adds `ask` and every command that Jamie answers. */
export function addRequestCommands(program: Command, context: CommandContext): void {
  withOptions(program.command('ask <words...>'))
    .summary('ask in your own words, for example: jamie ask "why is checkout crashing?"')
    .action((words: string[], options: RequestOptions) =>
      runRequest(context, { form: 'sentence', text: words.join(' '), options }),
    );
  for (const { name, usage, summary } of COMMANDS) {
    if (NOT_PASSED_ON.has(name)) continue;
    const command = withOptions(program.command(`${name} [words...]`))
      .summary(summary)
      .usage(`${usage} [options]`.trim())
      // Options of the command itself, such as -n, are Jamie's to read.
      .allowUnknownOption()
      .action((words: string[], options: RequestOptions) =>
        runRequest(context, { form: 'command', text: joinWords([name, ...words]), options }),
      );
    if (name === 'apply')
      addManifestFile<RequestOptions>(command, (words, manifest, options) =>
        runRequest(context, {
          form: 'command',
          text: joinWords([name, ...words]),
          ...(manifest !== undefined && { manifest }),
          options,
        }),
      );
    if (name === 'audit')
      addAuditCommands(command, context, (text, options) =>
        runRequest(context, { form: 'command', text, options }),
      );
  }
}

/** The shell has taken the quotes away; a word with a space in it gets them back. */
function joinWords(words: readonly string[]): string {
  return words.map((word) => (/\s/.test(word) ? quote(word) : word)).join(' ');
}

function quote(word: string): string {
  return word.includes('"') ? `'${word}'` : `"${word}"`;
}

function withOptions(command: Command): Command {
  return command
    .option('--json', 'print JSON for scripts')
    .option('--wait', 'follow the plan to its end')
    .option(
      '--timeout <seconds>',
      `how long to wait; default ${ANSWER_TIMEOUT_S}, with --wait ${PLAN_TIMEOUT_S}`,
      parseSeconds,
    )
    .option('--output <directory>', 'save what is too long to print, for example a whole log')
    .option('--conversation <key>', 'the conversation to speak in; default: one per day');
}

interface RequestRun {
  readonly form: 'command' | 'sentence';
  readonly text: string;
  readonly manifest?: string;
  readonly options: RequestOptions;
}

/** Asks, prints the answer and, if wanted, follows its plan. */
async function runRequest(
  context: CommandContext,
  { form, text, manifest, options }: RequestRun,
): Promise<void> {
  const { clock, ids } = context.terminal;
  const client = await context.connect();
  const answer = await askAndWait(client, clock, {
    text,
    form,
    ...(manifest !== undefined && { manifest }),
    conversationKey: options.conversation ?? `cli-${new Date(clock.now()).toISOString().slice(0, 10)}`,
    idempotencyKey: ids.next('cli'),
    timeoutMs: (options.timeout ?? ANSWER_TIMEOUT_S) * 1_000,
    onGrown: options.json === true ? () => undefined : growthPrinter(context),
  });
  const planId = options.wait === true ? planOf(answer, text) : undefined;
  if (planId === undefined || answer.reply.tone !== 'answer') {
    context.print(answer, (clean) => renderAnswer(clean, context), options);
    if (options.output !== undefined) await keepFiles(context, answer.reply, options.output);
    context.end(exitCodeOfReply(answer.reply));
    return;
  }
  if (options.json !== true) context.print(answer, (clean) => renderAnswer(clean, context), options);
  const card = await followPlan(client, clock, planId, {
    timeoutMs: (options.timeout ?? PLAN_TIMEOUT_S) * 1_000,
    onChange: (changed) => {
      if (options.json !== true) context.print(changed, renderProgress, options);
    },
  });
  const outcome: Answer = { reply: answer.reply, card };
  context.print(outcome, () => renderCard(card, context.paper), options);
  context.end(exitCodeOfPlan(card.status));
}

/** Prints an answer that grows: first as it stands, then what is new in it. */
function growthPrinter(context: CommandContext): (answer: Answer) => void {
  let before: Reply | undefined;
  return ({ reply }) => {
    const clean = cleanDeep(reply);
    if (before === undefined) context.print(reply, (whole) => renderReply(whole, context.paper), {});
    else for (const line of newLines(before, clean)) context.terminal.writeOut(`    ${line}\n`);
    before = clean;
  };
}

/** Where the files went is said on standard error: standard output is the answer's own. */
async function keepFiles({ terminal }: CommandContext, reply: Reply, directory: string): Promise<void> {
  const paths = await saveFiles(directory, cleanDeep(reply.files ?? []));
  const said = paths.length === 0 ? ['This answer has no files.'] : paths.map((path) => `Saved ${path}`);
  terminal.writeError(`${said.map(cleanText).join('\n')}\n`);
}

/** The plan that an answer is about: its own card, the one that the command named, or the one that was decided. */
function planOf({ card, reply }: Answer, text: string): PlanId | undefined {
  const decided = /^(p-\w{8}): /.exec(reply.headline)?.[1];
  return (
    card?.planId ?? reply.planId ?? parsePlanId(text.split(/\s+/)[1] ?? '') ?? parsePlanId(decided ?? '')
  );
}

function renderAnswer({ reply, card }: { reply: Reply; card?: PlanCard }, { paper }: CommandContext): string {
  return card === undefined ? renderReply(reply, paper) : renderCard(card, paper);
}

function renderProgress(card: PlanCard): string {
  return `${card.status}: ${card.statusLine}`;
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (Number.isFinite(seconds) && seconds > 0 && seconds <= 86_400) return seconds;
  throw new InvalidArgumentError('It must be a number of seconds from 1 to 86400.');
}

/** Adds `help`: what this program knows and, where Jamie runs, what Jamie can do. */
export function addHelpCommand(program: Command, context: CommandContext): void {
  program.helpCommand(false);
  withOptions(program.command('help [topic]'))
    .summary('what Jamie can do')
    .action(async (topic: string | undefined, options: RequestOptions) => {
      if (options.json !== true) context.terminal.writeOut(`${program.helpInformation()}\n`);
      const text = topic === undefined ? 'help' : `help ${topic}`;
      try {
        await runRequest(context, { form: 'command', text, options });
      } catch (error) {
        // The program's own help has been given; that nobody runs is no failure of asking for help.
        if (options.json === true || !isNotRunning(error)) throw error;
      }
    });
}
