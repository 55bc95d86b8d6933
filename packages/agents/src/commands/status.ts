import { isTerminal, PLAN_STATUSES } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { answer, type Outcome } from './outcome.ts';

const OPEN = PLAN_STATUSES.filter((status) => !isTerminal(status));
const SHOWN_PLANS = 20;

/** What we are connected to, whether changes are frozen, and the plans under way. */
export async function status(context: AgentsContext): Promise<Outcome> {
  const results = await Promise.all(context.checks.map((check) => check()));
  const plans = await context.store.listPlans({ statuses: OPEN, limit: SHOWN_PLANS });
  const freeze = await context.store.readFreeze();
  const failed = results.filter((result) => result.status === 'failed');
  const headline = [
    failed.length === 0
      ? 'Everything that is configured answers.'
      : `Not answering: ${failed.map((result) => result.name).join(', ')}.`,
    freeze.frozen ? `All changes are frozen: ${freeze.reason}.` : '',
    plans.length === 0 ? 'No plan is open.' : `Open plans: ${plans.length}.`,
  ];
  return answer(headline.filter((part) => part !== '').join(' '), [
    {
      kind: 'table',
      title: 'Connections',
      columns: ['What', 'State', 'Detail', 'Next step'],
      rows: results.map((result) => [result.name, result.status, result.detail, result.mend]),
    },
    ...(plans.length === 0
      ? []
      : [
          {
            kind: 'table' as const,
            title: 'Open plans',
            columns: ['Plan', 'What', 'State'],
            rows: plans.map((record) => [record.plan.id, record.plan.headline, record.reason]),
          },
        ]),
  ]);
}
