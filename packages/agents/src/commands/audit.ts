import type {
  AuditEntry,
  AuditQuery,
  AuditRecord,
  HealingCaseId,
  PlanRecord,
  Principal,
  ReplyOption,
} from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import { formatIntent } from '../grammar/format-intent.ts';
import { readableCases } from '../healing/case-rights.ts';
import type { CommandRequest } from './command-request.ts';
import { AUDITED_KINDS, type AuditNames, describeAudit } from './describe-audit.ts';
import { answer, type Outcome, refusal } from './outcome.ts';
import { readablePlans } from './plan-rights.ts';
import { refusePlan } from './refuse-plan.ts';
import { verifyAudit } from './verify-audit.ts';

type Audit = IntentOf<'audit'>;

const PAGE_ROWS = 20;
/** How far back a person may page; each page reads all those before it. */
const MAX_PAGES = 100;

/** Who asked for, decided and changed what, newest first; the life of one plan; or whether the record itself holds. */
export async function audit(context: AgentsContext, asked: CommandRequest, intent: Audit): Promise<Outcome> {
  if (intent.verify) return verifyAudit(context);
  if (intent.page > MAX_PAGES)
    return refusal(`I page back ${MAX_PAGES} pages at most. Narrow it with --since 1d, or name a plan.`);
  if (intent.planId !== undefined) {
    const refused = await refusePlan(context, asked, intent.planId);
    if (refused !== undefined) return refused;
  }
  return listRecords(context, asked, intent);
}

async function listRecords(context: AgentsContext, asked: CommandRequest, intent: Audit): Promise<Outcome> {
  const end = intent.page * PAGE_ROWS;
  const matching = await context.store.listRecentAudit(queryOf(context, intent, end + 1));
  const page = matching.slice(end - PAGE_ROWS, end);
  if (page.length === 0) return answer(nothingFound(intent));
  const { shown, hidden, names } = await splitByRights(context, asked, page);
  const { planId } = intent;
  const subject = planId && names.plans.get(planId);
  const rows = shown.map((record) => describeAudit(record, { ...names, ...(planId && { subject: planId }) }));
  const outcome = answer(headlineOf(intent, shown.length), [
    ...(subject ? [{ kind: 'text' as const, lines: [subject.plan.headline] }] : []),
    ...(rows.length === 0
      ? []
      : [{ kind: 'table' as const, columns: ['When (UTC)', 'Who', 'What', 'Result'], rows }]),
    ...(hidden === 0 ? [] : [{ kind: 'text' as const, lines: [describeHiddenRecords(hidden)] }]),
  ]);
  const followUps = followUpsOf(intent, matching.length > end);
  return followUps.length === 0 ? outcome : { ...outcome, reply: { ...outcome.reply, followUps } };
}

function queryOf(context: AgentsContext, { planId, sinceSeconds }: Audit, limit: number): AuditQuery {
  return {
    kindPrefixes: AUDITED_KINDS,
    limit,
    ...(planId !== undefined && { planId }),
    ...(sinceSeconds !== undefined && { since: context.clock.now() - sinceSeconds * 1_000 }),
  };
}

interface SplitRecords {
  readonly shown: readonly AuditRecord[];
  readonly hidden: number;
  readonly names: AuditNames;
}

/** Records about a plan whose namespace the person may not read are counted and not shown. */
async function splitByRights(
  context: AgentsContext,
  { request }: CommandRequest,
  page: readonly AuditRecord[],
): Promise<SplitRecords> {
  const ids = [...new Set(page.flatMap(({ entry }) => (entry.planId === undefined ? [] : [entry.planId])))];
  const [found, freeze] = await Promise.all([
    Promise.all(ids.map((id) => context.store.findPlan(id))),
    context.store.readFreeze(),
  ]);
  const known = found.filter((record): record is PlanRecord => record !== undefined);
  const readable = await readablePlans(context, request.principal, known);
  const votes = await Promise.all(readable.map(({ plan }) => context.store.listVotes(plan.id)));
  const plans = new Map(readable.map((record) => [record.plan.id as string, record]));
  const cases = await readableCaseIds(context, request.principal, page);
  const shown = page
    .filter(({ entry }) => entry.planId === undefined || plans.has(entry.planId))
    .filter(({ entry }) => caseIdOf(entry) === undefined || cases.has(caseIdOf(entry)));
  const voters = votes.flat().map(({ principal }) => principal);
  const people = [request.principal, ...voters, ...(freeze.by === undefined ? [] : [freeze.by])];
  return { shown, hidden: page.length - shown.length, names: { plans, people } };
}

/** The case that a record without a plan speaks of. */
function caseIdOf({ planId, details }: AuditEntry): HealingCaseId | undefined {
  const { caseId } = details;
  return planId === undefined && typeof caseId === 'string' ? (caseId as HealingCaseId) : undefined;
}

/** The cases of a page that the person may be told of. */
async function readableCaseIds(
  context: AgentsContext,
  person: Principal,
  page: readonly AuditRecord[],
): Promise<ReadonlySet<HealingCaseId | undefined>> {
  const named = new Set(page.flatMap(({ entry }) => caseIdOf(entry) ?? []));
  const found = await Promise.all([...named].map((id) => context.store.findHealingCase(id)));
  const known = found.filter((each) => each !== undefined);
  return new Set((await readableCases(context, person, known)).map(({ id }) => id));
}

function headlineOf({ planId, page }: Audit, shown: number): string {
  if (shown === 0) return 'Nothing on this page of the audit is yours to see.';
  const what =
    planId === undefined ? 'What was asked for, decided and changed' : `What happened to ${planId}`;
  return page === 1 ? `${what}, newest first.` : `${what}, newest first: page ${page}.`;
}

function nothingFound({ page, sinceSeconds }: Audit): string {
  if (page > 1) return 'There is nothing more in the audit.';
  return sinceSeconds === undefined
    ? 'Nothing was asked for or changed yet.'
    : 'Nothing was asked for or changed in that time.';
}

function describeHiddenRecords(hidden: number): string {
  const are = hidden === 1 ? 'One record is' : `${hidden} records are`;
  return `${are} about namespaces that Kubernetes does not let you read, or that I cannot ask about now.`;
}

function followUpsOf(intent: Audit, hasMore: boolean): readonly ReplyOption[] {
  const next = { ...intent, page: intent.page + 1 };
  return [
    ...(hasMore && next.page <= MAX_PAGES ? [{ label: 'Next page', command: formatIntent(next) }] : []),
    ...(intent.planId === undefined
      ? []
      : [{ label: `Show ${intent.planId}`, command: `plan ${intent.planId}` }]),
  ];
}
