import type { CheckResult } from '@jamie/core';
import type { Command } from 'commander';
import type { CommandContext, OutputOptions } from '../command-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { renderTable } from '../render/render-table.ts';

/** Adds `doctor`: checks every connection and says how to mend each. Ends with an error when a check has failed. */
export function addDoctorCommand(program: Command, context: CommandContext): void {
  program
    .command('doctor')
    .summary('check every connection and say how to mend it')
    .option('--json', 'print JSON for scripts')
    .action(async (options: OutputOptions) => {
      const checks = await (await context.connect()).listChecks();
      context.print(checks, (clean) => renderChecks(clean, context.paper.columns), options);
      const hasFailed = checks.some((check) => check.status === 'failed');
      context.end(hasFailed ? EXIT_CODES.error : EXIT_CODES.ok);
    });
}

function renderChecks(checks: readonly CheckResult[], columns: number): string {
  const rows = checks.map(({ name, status, detail, mend }) => [name, status, detail, mend]);
  return renderTable(['Check', 'Status', 'Detail', 'To mend it'], rows, columns);
}
