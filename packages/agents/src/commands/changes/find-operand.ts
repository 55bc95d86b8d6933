import { editDistance, toSingleLine } from '@jamie/analysis';
import {
  type ClusterConnection,
  formatObjectRef,
  type Kind,
  type ObjectRef,
  type Principal,
} from '@jamie/core';
import type { AgentsContext } from '../../agents-context.ts';
import { findKindOutOfReach, type NamedObject, readNamed } from '../../grammar/kind-names.ts';
import { askWhich } from '../ask-which.ts';
import type { CommandRequest } from '../command-request.ts';
import { isPronoun, lastSpokenOf, type NoTarget } from '../find-target.ts';
import { inStep } from '../in-step.ts';
import { type Outcome, refusal } from '../outcome.ts';
import { mayLearnOf } from '../read-rights.ts';
import { describeNamespace, type WhereToLook, whereToLook } from '../where-to-look.ts';
import { listOperands, type OperandSearch } from './list-operands.ts';
import { OPERAND_KINDS, type OperandIntent, type OperandKinds, takesKind } from './operand-kinds.ts';

export interface FoundOperand {
  readonly kind: 'found';
  readonly connection: ClusterConnection;
  readonly ref: ObjectRef;
}

const MAX_SUGGESTIONS = 5;
/** What of a name that nothing has is said back. */
const QUOTED_CHARACTERS = 120;

interface Hunt {
  readonly asked: CommandRequest;
  readonly intent: OperandIntent;
  readonly where: WhereToLook;
  readonly named: NamedObject;
  readonly kinds: OperandKinds;
  readonly search: OperandSearch;
}

/**
 * The one object that a change names in full. Namesakes, near misses and none: an answer that asks, never a guess.
 * Names of what the person may not read are never told.
 */
export async function findOperand(
  context: AgentsContext,
  asked: CommandRequest,
  intent: OperandIntent,
): Promise<FoundOperand | NoTarget> {
  const hunt = await begin(context, asked, intent);
  const { connection, snapshot } = hunt.search;
  if (intent.words.every(isPronoun)) {
    const spoken = lastSpokenOf(asked, intent, { connection, snapshot });
    if (spoken.kind === 'not_found') return spoken;
    return takesKind(hunt.kinds, spoken.ref.kind) ? spoken : wrongKind(hunt, spoken.ref.kind);
  }
  const { kind } = hunt.named;
  if (kind !== undefined && !takesKind(hunt.kinds, kind)) return wrongKind(hunt, kind);
  const groups = kind === undefined ? hunt.kinds.groups : [[kind]];
  return choose(hunt, groups);
}

async function begin(context: AgentsContext, asked: CommandRequest, intent: OperandIntent): Promise<Hunt> {
  const where = await whereToLook(context, asked, intent.place);
  const { connection } = where;
  const named = readNamed(intent.words);
  const namespace = named.namespace ?? where.namespace;
  const title = `Looking for ${toSingleLine(named.name, QUOTED_CHARACTERS)} on ${connection.info.name}`;
  const snapshot = await inStep(asked, title, () => connection.snapshots.snapshot());
  const search = {
    connection,
    snapshot,
    person: asked.request.principal,
    ...(namespace !== undefined && { namespace }),
  };
  return { asked, intent, where, named, kinds: OPERAND_KINDS[intent.kind], search };
}

async function choose(hunt: Hunt, groups: readonly (readonly Kind[])[]): Promise<FoundOperand | NoTarget> {
  const seen: ObjectRef[] = [];
  let unseen = false;
  for (const group of groups) {
    const lists = await Promise.all(group.map((kind) => listOperands(hunt.search, kind)));
    const refs = lists.flatMap((list) => list.refs);
    unseen ||= lists.some((list) => list.unseen);
    const exact = await learnable(
      hunt,
      refs.filter(({ name }) => name === hunt.named.name),
    );
    const [only, ...others] = exact;
    if (only !== undefined && others.length === 0)
      return { kind: 'found', connection: hunt.search.connection, ref: only };
    if (only !== undefined) return ask(hunt, exact, 'Which one? Several fit.');
    seen.push(...refs);
  }
  return nothingNamed(hunt, closest(seen, hunt.named.name), unseen);
}

/** A namespace that the person named themselves is no news to them. */
async function learnable(
  { intent, named, search }: Hunt,
  refs: readonly ObjectRef[],
): Promise<readonly ObjectRef[]> {
  const said = named.namespace ?? intent.place.namespace;
  const { connection, person } = search;
  const rights = await Promise.all(
    refs.map(
      (ref) => (ref.namespace !== undefined && ref.namespace === said) || mayLearnOf(connection, person, ref),
    ),
  );
  return refs.filter((_, index) => rights[index] === true);
}

async function ask(
  { asked, intent, search }: Hunt,
  refs: readonly ObjectRef[],
  question: string,
): Promise<NoTarget> {
  const { connection } = search;
  const person: Principal = asked.request.principal;
  return { kind: 'not_found', outcome: await askWhich({ connection, person, intent, refs, question }) };
}

async function nothingNamed(
  hunt: Hunt,
  suggestions: readonly ObjectRef[],
  unseen: boolean,
): Promise<NoTarget> {
  const { asked, intent, where, search } = hunt;
  const named = toSingleLine(intent.words.join(' '), QUOTED_CHARACTERS);
  const outOfReach = findKindOutOfReach(intent.words);
  const headline =
    outOfReach === undefined
      ? `I found nothing called ${named}${describeNamespace(where)}.`
      : `${named} would be a ${outOfReach}, and I never change those.`;
  const blind = ` ${asked.request.principal.kubernetes.user} may not list everything there: name the namespace with -n.`;
  const outcome: Outcome = await askWhich({
    connection: search.connection,
    person: asked.request.principal,
    intent,
    refs: suggestions,
    question: `${headline} Did you mean one of these?`,
    otherwise: unseen ? `${headline}${blind}` : `${headline} ${hunt.kinds.said}.`,
  });
  return { kind: 'not_found', outcome };
}

function wrongKind({ kinds, intent }: Hunt, kind: Kind): NoTarget {
  const named = toSingleLine(intent.words.join(' '), QUOTED_CHARACTERS);
  return { kind: 'not_found', outcome: refusal(`${named} is a ${kind}. ${kinds.said}.`) };
}

/** A third of the letters may be wrong; of short names, one. */
function closest(refs: readonly ObjectRef[], name: string): readonly ObjectRef[] {
  const atMost = Math.max(1, Math.floor(name.length / 3));
  return refs
    .map((ref) => ({ ref, distance: ref.name.includes(name) ? 0 : editDistance(ref.name, name, atMost) }))
    .filter(({ distance }) => distance <= atMost)
    .toSorted(
      (left, right) =>
        left.distance - right.distance ||
        formatObjectRef(left.ref).localeCompare(formatObjectRef(right.ref), 'en'),
    )
    .slice(0, MAX_SUGGESTIONS)
    .map(({ ref }) => ref);
}
