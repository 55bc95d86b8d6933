import type {
  HealingAttempt,
  HealingCase,
  PlanRecord,
  Principal,
  Reply,
  ReplyOption,
  ReplySection,
} from '@jamie/core';
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
  if (caseId === undefined) return listCases(context, asked.request.principal, NARROW);
  const found = await context.store.findHealingCase(caseId);
  const person = asked.request.principal;
  const [readable] = found === undefined ? [] : await readableCases(context, person, [found]);
  return readable === undefined ? refusal(unknownCase(caseId)) : showCase(context, readable);
}

/** The same list for a place that is wide enough for the fault and the last plan of each. Fails like the store. */
export async function readHealing(context: AgentsContext, person: Principal): Promise<Reply> {
  return (await listCases(context, person, WIDE)).reply;
}

/** The cases that a person may be told of and that are not long over, those that need people first. */
export async function readCases(
  context: AgentsContext,
  person: Principal,
): Promise<{ readonly shown: readonly HealingCase[]; readonly hidden: number }> {
  const since = context.clock.now() - LISTED_FOR_MS;
  const all = await context.store.listHealingCases({ limit: READ_CASES });
  const recent = all.filter(({ status, lastSeenAt }) => status !== 'resolved' || lastSeenAt >= since);
  const shown = await readableCases(context, person, recent);
  return { shown: shown.toSorted(byUrgency), hidden: recent.length - shown.length };
}

const URGENCY = { escalated: 0, acting: 1, waiting: 2, resolved: 3 } as const;

function byUrgency(left: HealingCase, right: HealingCase): number {
  return URGENCY[left.status] - URGENCY[right.status];
}

/** How a list is laid out: what its columns say of a case, and what is offered for each. */
interface Layout {
  readonly columns: readonly Column[];
  next(healingCase: HealingCase): readonly ReplyOption[];
}
type Column = readonly [name: string, cell: (healingCase: HealingCase, context: AgentsContext) => string];

const CASE: readonly Column[] = [
  ['Case', ({ id }) => id],
  ['What', (each) => describeRemedy(each)],
];
const PROGRESS: readonly Column[] = [
  ['State', ({ status }) => STATUS_WORDS[status]],
  ['Attempts', (each, context) => attemptsOf(context, each)],
  ['Next try (UTC)', (each, context) => nextTry(context, each)],
];
const WHY: Column = ['Why', ({ reason }) => reason];

/** As much as Slack can show. */
const NARROW: Layout = { columns: [...CASE, ...PROGRESS, WHY], next: (each) => [showOption(each)] };
const WIDE: Layout = {
  columns: [
    ...CASE,
    ['Fault', ({ summary }) => summary],
    ...PROGRESS,
    ['Last plan', ({ attempts }) => attempts.at(-1)?.planId ?? 'none'],
    WHY,
  ],
  next: (each) => [showOption(each), ...lastPlanOption(each)],
};

function showOption({ id }: HealingCase): ReplyOption {
  return { label: `Show ${id}`, command: `healing ${id}` };
}

function lastPlanOption({ attempts }: HealingCase): readonly ReplyOption[] {
  const last = attempts.at(-1);
  return last === undefined ? [] : [{ label: `Show ${last.planId}`, command: `plan ${last.planId}` }];
}

async function listCases(context: AgentsContext, person: Principal, layout: Layout): Promise<Outcome> {
  const { shown, hidden } = await readCases(context, person);
  const listed = shown.slice(0, LISTED_CASES);
  const lines = [
    ...(shown.length > listed.length ? [`${shown.length - listed.length} more are not listed.`] : []),
    ...describeHidden(hidden),
    ...(isOff(context, shown) ? [HOW_TO_BEGIN] : []),
  ];
  const outcome = answer(headlineOf(shown), [
    ...tableOf(context, listed, layout),
    ...(lines.length === 0 ? [] : [{ kind: 'text' as const, lines }]),
  ]);
  const followUps = listed.flatMap((each) => layout.next(each)).slice(0, MAX_FOLLOW_UPS);
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

function tableOf(
  context: AgentsContext,
  cases: readonly HealingCase[],
  { columns }: Layout,
): readonly ReplySection[] {
  if (cases.length === 0) return [];
  const rows = cases.map((each) => columns.map(([, cell]) => cell(each, context)));
  return [{ kind: 'table', columns: columns.map(([name]) => name), rows }];
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

function followUpsOf(shown: HealingCase): readonly ReplyOption[] {
  const canClose = shown.status === 'waiting' || shown.status === 'escalated';
  return [
    ...lastPlanOption(shown),
    ...(canClose ? [{ label: 'Close the case', command: `close ${shown.id}` }] : []),
  ];
}
