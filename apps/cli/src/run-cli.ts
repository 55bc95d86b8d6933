import { toOpsError } from '@jamie/core';
import { Command, CommanderError } from 'commander';
import { isNotRunning } from './api-client.ts';
import { cleanText, toSafeJson } from './clean-text.ts';
import { type CommandContext, createCommandContext } from './command-context.ts';
import { addClusterCommands } from './commands/cluster-commands.ts';
import { addDoctorCommand } from './commands/doctor-command.ts';
import { addPolicyCommands } from './commands/policy-commands.ts';
import { addRbacCommand } from './commands/rbac-command.ts';
import { addHelpCommand, addRequestCommands } from './commands/request-commands.ts';
import { addStartCommand } from './commands/start-command.ts';
import { EXIT_CODES, type ExitCode, exitCodeOfError } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** Runs one command line (without node and script) and returns its exit code. Never throws: it says what went wrong. */
export async function runCli(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let ending: ExitCode = EXIT_CODES.ok;
  try {
    const context = createCommandContext(terminal, (code) => {
      ending = code;
    });
    await createProgram(context).parseAsync([...words], { from: 'user' });
    return ending;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage;
    return reportError(error, terminal, words.includes('--json'));
  }
}

function createProgram(context: CommandContext): Command {
  const { terminal } = context;
  const program = new Command('jamie')
    .description(
      'Ask about your clusters and change them safely. Most commands need a running Jamie: jamie start',
    )
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => terminal.writeOut(text),
      writeErr: (text) => terminal.writeError(cleanText(text)),
      getOutHelpWidth: () => terminal.columns,
      getErrHelpWidth: () => terminal.columns,
    });
  addStartCommand(program);
  addRequestCommands(program, context);
  addDoctorCommand(program, context);
  addClusterCommands(program, context);
  addRbacCommand(program, context);
  addPolicyCommands(program, context);
  addHelpCommand(program, context);
  return program;
}

function reportError(thrown: unknown, terminal: Terminal, isJson: boolean): ExitCode {
  const error = toOpsError(thrown);
  const message = error.userMessage ?? error.message;
  const { referenceId } = error.details;
  if (isJson) {
    terminal.writeError(`${toSafeJson({ error: { code: error.code, message, referenceId } })}\n`);
  } else {
    const reference = typeof referenceId === 'string' ? ` (${referenceId})` : '';
    terminal.writeError(`${cleanText(`${message}${reference}`)}\n`);
  }
  if (isNotRunning(error)) return EXIT_CODES.notRunning;
  return exitCodeOfError(error.code);
}
