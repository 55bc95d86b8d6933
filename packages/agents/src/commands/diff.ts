import { countOf, findOwner } from '@jamie/analysis';
import type { ObjectRef, OpsError, Principal, WorkloadKind, WorkloadRef } from '@jamie/core';
import { formatObjectRef, isOpsError, typedName } from '@jamie/core';
import { type RevisionHistory, readRevisions } from '@jamie/operations';
import type { AgentsContext } from '../agents-context.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import { formatIntent } from '../grammar/format-intent.ts';
import type { CommandRequest } from './command-request.ts';
import { type FoundTarget, findTarget } from './find-target.ts';
import { inStep } from './in-step.ts';
import { asking, type Outcome, refusal } from './outcome.ts';
import { mayRead } from './read-rights.ts';
import { chooseRevisions, type RevisionChoice } from './revisions/choose-revisions.ts';
import { diffPlan } from './revisions/diff-plan.ts';
import { revisionsReply } from './revisions/revisions-reply.ts';

type DiffIntent = IntentOf<'diff'>;

/** What changed between two revisions of a workload, read live as the person; or what a plan would change. */
export async function diff(
  context: AgentsContext,
  asked: CommandRequest,
  intent: DiffIntent,
): Promise<Outcome> {
  if (intent.planId !== undefined) return diffPlan(context, asked, intent.planId);
  const found = await findTarget(context, asked, intent);
  if (found.kind === 'not_found') return found.outcome;
  const { connection, snapshot, ref } = found;
  const person = asked.request.principal;
  if (!(await mayRead(connection, person, ref.namespace))) return mayNot(person, found);
  const owner = findOwner(snapshot, ref);
  if (owner === undefined || !KEEPING.has(owner.kind)) return noRevisions(owner ?? ref, intent);
  const history = await inStep(
    asked,
    `Reading the revisions of ${formatObjectRef(owner)}`,
    () => read(found, owner, person),
    (read) => ('revisions' in read ? countOf(read.revisions.length, 'revision') : undefined),
  );
  const seen = { cluster: connection.info.name, focus: owner };
  return 'reply' in history ? history : { ...compare(context, intent, owner, history), ...seen };
}

/** The workloads of which the cluster keeps revisions. */
const KEEPING: ReadonlySet<string> = new Set<WorkloadKind>(['Deployment', 'StatefulSet', 'DaemonSet']);

/** The cache may know what the person may not read, or what is gone by now: the live answer counts. */
async function read(
  found: FoundTarget,
  target: WorkloadRef,
  person: Principal,
): Promise<RevisionHistory | Outcome> {
  try {
    return await readRevisions(found.connection.reader, target, person.kubernetes);
  } catch (error) {
    if (isOpsError(error, 'not_found')) return refusal(`${formatObjectRef(target)} is not there any more.`);
    if (isOpsError(error, 'forbidden')) return mayNot(person, found, error);
    throw error;
  }
}

function compare(
  context: AgentsContext,
  intent: DiffIntent,
  target: WorkloadRef,
  history: RevisionHistory,
): Outcome {
  const choice = chooseRevisions(history, intent.fromRevision, intent.toRevision);
  if (choice.kind !== 'chosen') return refusal(explainChoice(choice, target, history));
  const { from, to } = choice;
  return { reply: revisionsReply({ intent, target, history, from, to, now: context.clock.now() }) };
}

function explainChoice(
  choice: Exclude<RevisionChoice, { kind: 'chosen' }>,
  target: ObjectRef,
  { revisions }: RevisionHistory,
): string {
  const subject = formatObjectRef(target);
  const kept = `Revisions kept: ${revisions.map(({ number }) => number).join(', ') || 'none'}.`;
  switch (choice.kind) {
    case 'unknown':
      return `${subject} has no revision ${choice.wanted}. ${kept}`;
    case 'equal':
      return `Revision ${choice.number} of ${subject} is the same as itself; name two. ${kept}`;
    case 'first':
      return `${subject} keeps nothing from before revision ${choice.number}, so there is nothing to compare. ${kept}`;
  }
}

/** A pod or a Job on its own has only the one that it is. */
function noRevisions(ref: ObjectRef, intent: DiffIntent): Outcome {
  const words = [typedName(ref)];
  const place = { ...intent.place, ...(ref.namespace !== undefined && { namespace: ref.namespace }) };
  const options = [
    formatIntent({ kind: 'why', words, place }),
    formatIntent({ kind: 'events', words, place, warnings: false, page: 1 }),
    formatIntent({ kind: 'pods', words, place, unhealthy: false, page: 1 }),
  ].map((command) => ({ label: command, command }));
  return asking(
    `I compare revisions of Deployments, StatefulSets and DaemonSets, and ${formatObjectRef(ref)} has none. What I can show is why it is as it is, its events and its pods.`,
    'What I can show instead',
    options,
  );
}

function mayNot(person: Principal, { connection, ref }: FoundTarget, error?: OpsError): Outcome {
  const where = `${ref.namespace ?? 'the whole cluster'} on ${connection.info.name}`;
  const said = error?.userMessage === undefined ? '' : ` (${error.userMessage})`;
  return refusal(
    `Kubernetes does not let ${person.kubernetes.user} read revisions in ${where}${said}. Ask somebody with rights there.`,
  );
}
