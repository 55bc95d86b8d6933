import type { HealingAttempt, HealingCase, PlanRecord, ReplyOption, ReplySection } from '@jamie/core';
import { MAX_FOLLOW_UPS } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import { readableCases } from '../healing/case-rights.ts';
import { describeOutcome, describeRemedy, describeSubject, STATUS_WORDS } from '../healing/describe-case.ts';
import { unknownCase } from './close-case.ts';
import type { CommandRequest } from './command-request.ts';
import { formatInstant } from './describe-audit.ts';
import { answer, type Outcome, refusal } from './outcome.ts';
import { describeHidden } from './plan.ts';

/** Most cases that are read, and that are listed. */
const READ_CASES = 200;
const LISTED_CASES = 20;
/** How long a case that has ended is still listed. */
const LISTED_FOR_MS = 24 * 60 * 60 * 1_000;

/** The cases of self-healing, those that need people first; or one of them with everything that was tried. */
export async function healing(
  context: AgentsContext,
  asked: CommandRequest,
  { caseId }: IntentOf<'healing'>,
): Promise<Outcome> {
  if (caseId === undefined) return listCases(context, asked);
  const found = await context.store.findHealingCase(caseId);
  const person = asked.request.principal;
  const [readable] = found === undefined ? [] : await readableCases(context, person, [found]);
  return readable === undefined ? refusal(unknownCase(caseId)) : showCase(context, readable);
}

/** The cases that a person may be told of and that are not long over, those that need people first. */
export async function readCases(
  context: AgentsContext,
  { request }: CommandRequest,
): Promise<{ readonly shown: readonly HealingCase[]; readonly hidden: number }> {
  const since = context.clock.now() - LISTED_FOR_MS;
  const all = await context.store.listHealingCases({ limit: READ_CASES });
  const recent = all.filter(({ status, lastSeenAt }) => status !== 'resolved' || lastSeenAt >= since);
  const shown = await readableCases(context, request.principal, recent);
  return { shown: shown.toSorted(byUrgency), hidden: recent.length - shown.length };
}

const URGENCY = { escalated: 0, acting: 1, waiting: 2, resolved: 3 } as const;

function byUrgency(left: HealingCase, right: HealingCase): number {
  return URGENCY[left.status] - URGENCY[right.status];
}

async function listCases(context: AgentsContext, asked: CommandRequest): Promise<Outcome> {
  const { shown, hidden } = await readCases(context, asked);
  const listed = shown.slice(0, LISTED_CASES);
  const lines = [
    ...(shown.length > listed.length ? [`${shown.length - listed.length} more are not listed.`] : []),
    ...describeHidden(hidden),
    ...(isOff(context, shown) ? [HOW_TO_BEGIN] : []),
  ];
  const outcome = answer(headlineOf(shown), [
    ...tableOf(context, listed),
    ...(lines.length === 0 ? [] : [{ kind: 'text' as const, lines }]),
  ]);
  const followUps = listed.slice(0, MAX_FOLLOW_UPS).map(({ id }) => ({
    label: `Show ${id}`,
    command: `healing ${id}`,
  }));
  return followUps.length === 0 ? outcome : { ...outcome, reply: { ...outcome.reply, followUps } };
}

const HOW_TO_BEGIN =
  'Nothing happens by itself until the policy of the team names a namespace under autonomy (docs/self-healing.md).';

function isOff({ autonomy }: AgentsContext, shown: readonly HealingCase[]): boolean {
  return shown.length === 0 && autonomy?.isOn() !== true;
}

/** How many cases are open and how many need people, in one sentence. */
export function headlineOf(cases: readonly HealingCase[]): string {
  const open = cases.filter(({ status }) => status !== 'resolved');
  const escalated = open.filter(({ status }) => status === 'escalated').length;
  const gone = cases.length - open.length;
  if (cases.length === 0) return 'No case of self-healing is open that you may see.';
  const are = open.length === 1 ? 'One case of self-healing is' : `${open.length} cases of self-healing are`;
  const need = escalated === 0 ? '' : escalated === 1 ? ', and one needs you' : `, and ${escalated} need you`;
  const ended = gone === 0 ? '' : ` Gone within a day: ${gone}.`;
  return open.length === 0 ? `No case of self-healing is open.${ended}` : `${are} open${need}.${ended}`;
}

function tableOf(context: AgentsContext, cases: readonly HealingCase[]): readonly ReplySection[] {
  if (cases.length === 0) return [];
  const rows = cases.map((each) => [
    each.id,
    describeRemedy(each),
    STATUS_WORDS[each.status],
    attemptsOf(context, each),
    nextTry(context, each),
    each.reason,
  ]);
  return [{ kind: 'table', columns: ['Case', 'What', 'State', 'Attempts', 'Next try (UTC)', 'Why'], rows }];
}

function attemptsOf({ autonomy }: AgentsContext, { attempts, subject }: HealingCase): string {
  const allowed = autonomy?.attemptsIn(subject.namespace) ?? 0;
  return allowed === 0 ? `${attempts.length} (none allowed now)` : `${attempts.length} of ${allowed}`;
}

function nextTry({ clock }: AgentsContext, { status, notBefore }: HealingCase): string {
  if (status !== 'waiting') return 'none';
  return notBefore > clock.now() ? formatInstant(notBefore) : 'as soon as it may';
}

async function showCase(context: AgentsContext, shown: HealingCase): Promise<Outcome> {
  const plans = await Promise.all(shown.attempts.map(({ planId }) => context.store.findPlan(planId)));
  const lines = [
    `${describeSubject(shown)}: ${shown.summary}`,
    shown.reason,
    `First seen ${formatInstant(shown.firstSeenAt)}, last seen ${formatInstant(shown.lastSeenAt)} (UTC).`,
    `Attempts: ${attemptsOf(context, shown)}. Next try: ${nextTry(context, shown)}.`,
    ...countLine('Came back after it had gone', shown.relapses.length),
    ...countLine('Changed back by somebody else', shown.reverts.length),
  ];
  const rows = shown.attempts.map((attempt, index) => attemptRow(attempt, plans[index]));
  const outcome = answer(`${shown.id}: ${describeRemedy(shown)}, ${STATUS_WORDS[shown.status]}.`, [
    { kind: 'text', lines },
    ...(rows.length === 0
      ? []
      : [{ kind: 'table' as const, title: 'Attempts', columns: ATTEMPT_COLUMNS, rows }]),
  ]);
  return { ...outcome, reply: { ...outcome.reply, followUps: followUpsOf(shown) }, focus: shown.subject };
}

const ATTEMPT_COLUMNS = ['Plan', 'When (UTC)', 'How', 'Outcome', 'The plan says'];

function attemptRow(attempt: HealingAttempt, record: PlanRecord | undefined): readonly string[] {
  const { planId, startedAt, level } = attempt;
  const how = level === 'act' ? 'by itself' : 'suggested';
  return [planId, formatInstant(startedAt), how, describeOutcome(attempt), record?.reason ?? ''];
}

function countLine(what: string, count: number): readonly string[] {
  return count === 0 ? [] : [`${what}: ${count === 1 ? 'once' : `${count} times`}.`];
}

function followUpsOf({ id, status, attempts }: HealingCase): readonly ReplyOption[] {
  const last = attempts.at(-1);
  const canClose = status === 'waiting' || status === 'escalated';
  return [
    ...(last === undefined ? [] : [{ label: `Show ${last.planId}`, command: `plan ${last.planId}` }]),
    ...(canClose ? [{ label: 'Close the case', command: `close ${id}` }] : []),
  ];
}
