import { listOf, toSingleLine } from '@jamie/analysis';
import type { FieldChange, PlanId, PlanRecord, ReplyOption } from '@jamie/core';
import { assertNever, isTerminal } from '@jamie/core';
import { comparePlan, type StepComparison } from '@jamie/operations';
import type { AgentsContext } from '../../agents-context.ts';
import type { CommandRequest } from '../command-request.ts';
import { type Outcome, refusal } from '../outcome.ts';
import { readablePlans } from '../plan-rights.ts';
import { diffText, markNotes } from './diff-text.ts';

/** What a plan would change, as it was previewed, and whether the live object still is what was previewed. */
export async function diffPlan(
  context: AgentsContext,
  asked: CommandRequest,
  planId: PlanId,
): Promise<Outcome> {
  const record = await context.store.findPlan(planId);
  if (record === undefined)
    return refusal(
      `I know no plan ${planId}. Check the id on its card, or type plan for those that are open.`,
    );
  const person = asked.request.principal;
  const [readable] = await readablePlans(context, person, [record]);
  if (readable === undefined) {
    return refusal(
      `${planId} is about a namespace that Kubernetes does not let you read, or that I cannot ask about now.`,
    );
  }
  const { plan } = record;
  const { reader } = context.clusters.connect(plan.cluster);
  const compared = await comparePlan(reader, plan, person.kubernetes, context.digest);
  const focus = plan.steps[0]?.target.ref;
  return {
    ...planDiffOutcome(record, compared),
    cluster: plan.cluster,
    ...(focus !== undefined && { focus }),
  };
}

function planDiffOutcome(record: PlanRecord, compared: readonly StepComparison[]): Outcome {
  const { plan } = record;
  const text = diffText(plan.preview.diff, plan.id);
  const lines = [
    record.reason,
    ...compared.flatMap(detailsOf),
    ...plan.preview.warnings,
    ...markNotes(plan.preview.diff),
  ];
  const card: ReplyOption = { label: 'The card', command: `plan ${plan.id}` };
  return {
    reply: {
      tone: 'answer',
      headline: `${plan.id}, ${plan.headline}: ${stateOf(record, compared)}.`,
      sections: [...text.sections, { kind: 'text', lines }],
      proposals: [],
      followUps: [card],
      ...(text.files.length > 0 && { files: text.files }),
    },
  };
}

/** How the live objects stand to the preview; the worst of several. */
function stateOf(record: PlanRecord, compared: readonly StepComparison[]): string {
  const kinds = new Set(compared.map(({ live }) => live.kind));
  const has = (kind: StepComparison['live']['kind']) => kinds.has(kind);
  const advice = isTerminal(record.status) ? '' : '; ask for it again';
  if (has('gone')) return `the object is gone${advice}`;
  if (has('replaced')) return `the object was deleted and made anew since${advice}`;
  if (has('moved')) return `the live object has changed since the preview${advice}`;
  if (has('unreadable')) return 'I cannot tell whether the live object still is what was previewed';
  if (has('in_effect')) return 'this is in effect already';
  return 'the live object still is what was previewed';
}

function detailsOf({ live }: StepComparison): readonly string[] {
  switch (live.kind) {
    case 'moved':
      return [`Changed since: ${listOf(live.changes.map(describeChange))}.`];
    case 'unreadable':
      return [toSingleLine(live.reason)];
    case 'as_previewed':
    case 'in_effect':
    case 'replaced':
    case 'gone':
      return [];
    default:
      return assertNever(live);
  }
}

/** Numbers and switches with their values; anything else, which may hold a secret, by its field alone. */
function describeChange({ pointer, before, after }: FieldChange): string {
  const isPlain = [before, after].every((value) => typeof value === 'number' || typeof value === 'boolean');
  return isPlain ? `${pointer} (${String(before)} then, ${String(after)} now)` : pointer;
}
