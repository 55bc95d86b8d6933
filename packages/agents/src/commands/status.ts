import type { CheckResult, ReplySection } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { CommandRequest } from './command-request.ts';
import { runChecks } from './doctor.ts';
import { headlineOf, readCases } from './healing.ts';
import { answer, type Outcome } from './outcome.ts';
import { describeHidden, readOpenPlans } from './plan.ts';

/** The name of the check that says whether a model words the answers. */
const MODEL_CHECK = 'Model';
const SHOWN_PLANS = 20;

/** What we are connected to, whether changes are frozen, whether a model is on, and the plans under way. */
export async function status(context: AgentsContext, asked: CommandRequest): Promise<Outcome> {
  const [results, freeze, { shown, hidden }, healing] = await Promise.all([
    runChecks(context.checks, asked),
    context.operations.readFreeze(),
    readOpenPlans(context, asked),
    describeHealing(context, asked),
  ]);
  const failed = results.filter((result) => result.status === 'failed').map(({ name }) => name);
  const headline = [
    failed.length === 0 ? 'Everything that is configured answers.' : `Not answering: ${failed.join(', ')}.`,
    freeze.state.frozen ? `All changes are frozen: ${freeze.state.reason}. ${freeze.whoMayThaw}` : '',
    shown.length === 0 ? 'No plan is open.' : `Open plans: ${shown.length}.`,
  ];
  const outcome = answer(headline.filter((part) => part !== '').join(' '), [
    {
      kind: 'table',
      title: 'Connections',
      columns: ['What', 'State', 'Detail'],
      rows: results.map(({ name, status: state, detail }) => [name, state, detail]),
    },
    { kind: 'text', lines: [describeModel(results), ...healing, ...describeHidden(hidden)] },
    ...plansSection(shown),
  ]);
  const isWell = results.every(({ status: state }) => state === 'ok' || state === 'off');
  const followUps = [{ label: 'How to mend it', command: 'doctor' }];
  return isWell ? outcome : { ...outcome, reply: { ...outcome.reply, followUps } };
}

/** One line while anything may heal itself, or a case is open. */
async function describeHealing(context: AgentsContext, asked: CommandRequest): Promise<readonly string[]> {
  const { shown } = await readCases(context, asked.request.principal);
  return shown.length > 0 || context.autonomy?.isOn() === true ? [headlineOf(shown)] : [];
}

function describeModel(results: readonly CheckResult[]): string {
  const model = results.find(({ name }) => name === MODEL_CHECK);
  return model?.status === 'ok'
    ? 'The model is on: it words answers, and code decides.'
    : 'The model is off: every answer comes from code alone.';
}

function plansSection(shown: Awaited<ReturnType<typeof readOpenPlans>>['shown']): readonly ReplySection[] {
  if (shown.length === 0) return [];
  const rows = shown
    .slice(0, SHOWN_PLANS)
    .map((record) => [record.plan.id, record.plan.headline, record.reason]);
  return [{ kind: 'table', title: 'Open plans', columns: ['Plan', 'What', 'State'], rows }];
}
