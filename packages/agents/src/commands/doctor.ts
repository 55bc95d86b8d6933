import { countOf } from '@jamie/analysis';
import type { Check, CheckResult } from '@jamie/core';
import { toOpsError } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { CommandRequest } from './command-request.ts';
import { inStep } from './in-step.ts';
import { answer, type Outcome } from './outcome.ts';

/** Worst first; what is off is off on purpose. */
const ORDER: readonly CheckResult['status'][] = ['failed', 'warning', 'ok', 'off'];

/** Every check, worst first, each with the step that mends it. */
export async function doctor(context: AgentsContext, asked: CommandRequest): Promise<Outcome> {
  const results = await runChecks(context.checks, asked);
  const sorted = results.toSorted((one, other) => ORDER.indexOf(one.status) - ORDER.indexOf(other.status));
  return answer(headlineOf(sorted), [
    {
      kind: 'table',
      columns: ['What', 'State', 'Detail', 'Next step'],
      rows: sorted.map(({ name, status, detail, mend }) => [name, status, detail, mend]),
    },
  ]);
}

/** The result of each check, in their order. A check that fails itself is a failed one. */
export function runChecks(checks: readonly Check[], asked: CommandRequest): Promise<readonly CheckResult[]> {
  return inStep(asked, 'Asking everything that is configured', () => runAll(checks), describeChecks);
}

function describeChecks(results: readonly CheckResult[]): string {
  const failed = results.filter(({ status }) => status === 'failed').length;
  return `${countOf(results.length, 'check')}, ${failed} failed`;
}

function runAll(checks: readonly Check[]): Promise<readonly CheckResult[]> {
  return Promise.all(
    checks.map(async (check, index) => {
      try {
        return await check();
      } catch (error) {
        const failure = toOpsError(error);
        return {
          name: `Check ${index + 1}`,
          status: 'failed' as const,
          detail: failure.userMessage ?? failure.message,
          mend: 'Look into the log; its entry has the code internal.',
        };
      }
    }),
  );
}

function headlineOf(sorted: readonly CheckResult[]): string {
  const failed = sorted.filter(({ status }) => status === 'failed');
  const warned = sorted.filter(({ status }) => status === 'warning');
  const [worst] = [...failed, ...warned];
  if (worst === undefined) return 'All is well: everything that is configured answers.';
  const others = failed.length + warned.length - 1;
  const more = others === 0 ? '' : ` ${others} more ${others === 1 ? 'check needs' : 'checks need'} a look.`;
  return `${worst.name}: ${worst.detail}.${more}`;
}
