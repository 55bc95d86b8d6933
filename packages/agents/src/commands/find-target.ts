import { findWorkloads, toSingleLine } from '@jamie/analysis';
import type { ClusterConnection, ClusterSnapshot, ObjectRef, Principal, WorkloadRef } from '@jamie/core';
import { formatObjectRef } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { findCommand } from '../grammar/command-list.ts';
import { askWhich } from './ask-which.ts';
import type { CommandRequest } from './command-request.ts';
import { inStep } from './in-step.ts';
import type { NamingIntent } from './naming-intent.ts';
import { asking, type Outcome, refusal } from './outcome.ts';
import { mayRead } from './read-rights.ts';
import { describeNamespace, type WhereToLook, whereToLook } from './where-to-look.ts';

export interface FoundTarget {
  readonly kind: 'found';
  readonly connection: ClusterConnection;
  readonly snapshot: ClusterSnapshot;
  readonly ref: ObjectRef;
  /** `prefix`: the words are only the beginning of its name. Good enough to read, never to change. */
  readonly fit: 'exact' | 'prefix';
}

export interface FoundWorkload extends FoundTarget {
  readonly ref: WorkloadRef;
}

export interface NoTarget {
  readonly kind: 'not_found';
  readonly outcome: Outcome;
}

/** What of a name that nothing has is said back. */
const QUOTED_CHARACTERS = 120;
/** Words that mean what was last spoken of. */
const PRONOUNS: ReadonlySet<string> = new Set(['it', 'this', 'that', 'them', 'these', 'those', 'one']);

/** Whether a word means what was last spoken of, and names nothing itself. */
export function isPronoun(word: string): boolean {
  return PRONOUNS.has(word.toLowerCase());
}

/** The object that an intent names. Several or none: an answer that asks, never a guess. */
export async function findTarget(
  context: AgentsContext,
  asked: CommandRequest,
  intent: NamingIntent,
): Promise<FoundTarget | NoTarget> {
  const { words, place } = intent;
  const where = await whereToLook(context, asked, place);
  const { connection } = where;
  const title = `Reading what runs${where.namespace === undefined ? '' : ` in ${where.namespace}`} on ${connection.info.name}`;
  const snapshot = await inStep(asked, title, () => connection.snapshots.snapshot());
  if (words.every(isPronoun)) return lastSpokenOf(asked, intent, { connection, snapshot });
  const found = findWorkloads(snapshot, words, where.namespace);
  const person = asked.request.principal;
  switch (found.kind) {
    case 'one': {
      const { ref, reason } = found;
      if (await mayLearnOf(where, person, words, ref))
        return { kind: 'found', connection, snapshot, ref, fit: reason };
      return { kind: 'not_found', outcome: await nothingNamed(where, asked, intent, []) };
    }
    case 'several': {
      const question = 'Which one? Several fit.';
      const refs = fitting(intent, found.refs);
      const outcome = await askWhich({ connection, person, intent, refs, question });
      return { kind: 'not_found', outcome };
    }
    case 'none':
      return { kind: 'not_found', outcome: await nothingNamed(where, asked, intent, found.suggestions) };
  }
}

/** The objects that a command can be about: what changes something is about workloads. */
function fitting({ kind }: NamingIntent, refs: readonly ObjectRef[]): readonly ObjectRef[] {
  return findCommand(kind)?.tier === 'change' ? refs.filter(isWorkloadRef) : refs;
}

/**
 * Whether a person may be told where an object is. A namespace that they named themselves is no news to them; otherwise
 * even a refusal would tell that there is such an object, and where.
 */
async function mayLearnOf(
  { connection, namespace }: WhereToLook,
  person: Principal,
  words: readonly string[],
  ref: ObjectRef,
): Promise<boolean> {
  if (ref.namespace === undefined || namespace !== undefined) return true;
  if (
    words.some((word) =>
      word
        .split('/')
        .slice(0, -1)
        .includes(ref.namespace ?? ''),
    )
  )
    return true;
  return mayRead(connection, person, ref.namespace);
}

/** Like findTarget, for operations: only workloads that can be changed, named in full. */
export async function findWorkload(
  context: AgentsContext,
  asked: CommandRequest,
  intent: NamingIntent,
): Promise<FoundWorkload | NoTarget> {
  const target = await findTarget(context, asked, intent);
  if (target.kind === 'not_found') return target;
  const { ref } = target;
  if (target.fit === 'prefix') {
    const where = await whereToLook(context, asked, intent.place);
    return { kind: 'not_found', outcome: await nothingNamed(where, asked, intent, [ref]) };
  }
  if (!isWorkloadRef(ref)) {
    const outcome = refusal(
      `${formatObjectRef(ref)} is a ${ref.kind}. I change Deployments, StatefulSets and DaemonSets; name one of those.`,
    );
    return { kind: 'not_found', outcome };
  }
  return { ...target, ref };
}

function isWorkloadRef(ref: ObjectRef): ref is WorkloadRef {
  return ['Deployment', 'StatefulSet', 'DaemonSet'].includes(ref.kind) && ref.namespace !== undefined;
}

/** "It": what this conversation is about, on the cluster where it was found, and nowhere else. */
export function lastSpokenOf(
  { conversation }: CommandRequest,
  { words, place }: NamingIntent,
  where: { readonly connection: ClusterConnection; readonly snapshot: ClusterSnapshot },
): FoundTarget | NoTarget {
  const { focus } = conversation;
  if (focus === undefined) {
    const what =
      words.length === 0 ? 'Which one? Name it.' : `I don't know what "${words.join(' ')}" is here. Name it.`;
    return { kind: 'not_found', outcome: refusal(`${what} For example: deploy/checkout -n payments.`) };
  }
  const isElsewhere =
    (place.cluster !== undefined && place.cluster !== conversation.cluster) ||
    (place.namespace !== undefined && place.namespace !== focus.namespace);
  if (isElsewhere) {
    const command = `why ${focus.name}`;
    return {
      kind: 'not_found',
      outcome: asking(
        `We spoke of ${formatObjectRef(focus)}, which is elsewhere. Name what you mean there.`,
        '',
        [{ label: command, command }],
      ),
    };
  }
  return { kind: 'found', ...where, ref: focus, fit: 'exact' };
}

function nothingNamed(
  where: WhereToLook,
  { request }: CommandRequest,
  intent: NamingIntent,
  suggestions: readonly ObjectRef[],
): Promise<Outcome> {
  const named = toSingleLine(intent.words.join(' '), QUOTED_CHARACTERS);
  const headline = `I found nothing called ${named}${describeNamespace(where)}.`;
  return askWhich({
    connection: where.connection,
    person: request.principal,
    intent,
    refs: fitting(intent, suggestions),
    question: `${headline} Did you mean one of these?`,
    otherwise: `${headline} Type health for what there is.`,
  });
}
