import type { PlanId, PlanRecord, Principal, Quorum, Vote } from '@jamie/core';
import { type BreakGlassRule, decideBreakGlass, decideEdit, decideVote } from '@jamie/policy';
import { aPlan, aPlanRecord, aPrincipal, FakeSigner } from '@jamie/testing';
import { applyPlanEvent, type PlanEvent } from '../plan-event.ts';
import { signApproval } from './sign-approval.ts';
import { voteEvent } from './vote-event.ts';

const ALLOWED = { allowed: true, reason: '' };
const RULE: BreakGlassRule = { teams: ['on-call'], owners: [], expiresAfterMs: 900_000, reviewWithinMs: 1 };
export const SIGNER = new FakeSigner();

const person = (name: string, over: Partial<Principal> = {}): Principal =>
  aPrincipal({ id: name, displayName: name, kubernetes: { user: name, groups: [] }, ...over });

/** Ada asks; Healer is the product itself; Dora may break the glass; Eve stands in for Cleo; Bob has a terminal too. */
const PEOPLE = {
  ada: person('ada'),
  bob: person('bob'),
  cleo: person('cleo'),
  dora: person('dora', { teams: ['on-call'] }),
  eve: person('eve'),
  healer: person('healer', { source: 'automation' }),
  local: person('local', { kubernetes: { user: 'bob', groups: [] }, source: 'local' }),
} as const;

/** What somebody sets out to do, once. It is read and decided first, and committed later, or never. */
export const ACTIONS = [
  'ada approves',
  'ada denies',
  'bob approves',
  'bob denies',
  'local approves',
  'cleo approves',
  'eve approves for cleo',
  'healer approves',
  'dora breaks the glass',
  'bob edits',
  'the plan expires',
  'time runs out',
] as const;
export type Action = (typeof ACTIONS)[number];

/** Everything that is stored, and what is under way. */
export interface World {
  readonly record: PlanRecord;
  readonly votes: readonly Vote[];
  readonly isLate: boolean;
  /** How often a job that executes was asked for. */
  readonly starts: number;
  readonly waiting: readonly Action[];
  /** Decided on a version, and not committed yet. */
  readonly decided: readonly { readonly action: Action; readonly version: number }[];
}

export function begin(actions: readonly Action[], quorum: Quorum): World {
  const plan = aPlan();
  const requester = PEOPLE.ada;
  const record = aPlanRecord({ plan: aPlan({ requester, risk: { ...plan.risk, quorum } }) });
  return { record, votes: [], isLate: false, starts: 0, waiting: actions, decided: [] };
}

/** Every world that may follow: somebody decides, somebody's commit goes through or is lost, or a process dies. */
export function next(world: World): readonly World[] {
  return [
    ...world.waiting.map((action) => decide(world, action)),
    ...world.decided.flatMap((_, index) => [commit(world, index), crash(world, index)]),
  ];
}

function decide(world: World, action: Action): World {
  const waiting = world.waiting.filter((other) => other !== action);
  if (action === 'time runs out') return { ...world, waiting, isLate: true };
  return { ...world, waiting, decided: [...world.decided, { action, version: world.record.version }] };
}

function crash(world: World, index: number): World {
  return { ...world, decided: world.decided.filter((_, other) => other !== index) };
}

/** What was decided on an older version is decided again on the present one, as the code does after a lost race. */
function commit(world: World, index: number): World {
  const { action, version } = world.decided[index] ?? { action: ACTIONS[0], version: 0 };
  const rest = crash(world, index);
  if (version !== world.record.version) return { ...rest, waiting: [...rest.waiting, action] };
  const move = moveOf(world, action);
  if (move === undefined) return rest;
  const moved = applyPlanEvent(world.record, move.event, nowOf(world));
  if (moved.kind === 'impossible') return rest;
  return {
    ...rest,
    record: moved.record,
    votes: move.vote === undefined ? world.votes : [...world.votes, move.vote],
    starts: world.starts + (move.event.kind === 'approved' ? 1 : 0),
  };
}

function nowOf({ record, isLate }: World): number {
  return isLate ? record.plan.expiresAt : record.plan.createdAt + 1;
}

interface Move {
  readonly event: PlanEvent;
  readonly vote?: Vote;
}

function moveOf(world: World, action: Action): Move | undefined {
  switch (action) {
    case 'dora breaks the glass':
      return breakGlass(world);
    case 'bob edits':
      return edit(world);
    case 'the plan expires':
      return world.isLate && world.record.status === 'awaiting_approval'
        ? { event: { kind: 'expired', reason: 'nobody decided' } }
        : undefined;
    default:
      return vote(world, action);
  }
}

function vote(world: World, action: Action): Move | undefined {
  const { record, votes } = world;
  const [name = 'ada', verb] = action.split(' ');
  const principal = PEOPLE[name as keyof typeof PEOPLE];
  const decision = verb === 'denies' ? 'deny' : 'approve';
  const isStandIn = action === 'eve approves for cleo';
  const judged = decideVote(record, votes, {
    principal,
    planHash: record.plan.hash,
    decision,
    now: nowOf(world),
    access: { allowed: !isStandIn, reason: '' },
    standsInFor: isStandIn ? [{ principal: PEOPLE.cleo, access: ALLOWED }] : [],
  });
  if (judged.kind === 'refuse' || judged.kind === 'repeat') return undefined;
  const cast: Vote = {
    planId: record.plan.id,
    planHash: record.plan.hash,
    principal,
    decision,
    at: nowOf(world),
    ...('onBehalfOf' in judged && { onBehalfOf: judged.onBehalfOf }),
  };
  const event = voteEvent(record, votes, cast, judged, SIGNER);
  const hasVoted = votes.some((other) => other.principal.id === principal.id);
  return hasVoted ? { event } : { event, vote: cast };
}

function breakGlass(world: World): Move | undefined {
  const { record, votes } = world;
  const at = nowOf(world);
  const by = PEOPLE.dora;
  const reason = 'everything is down';
  const judged = decideBreakGlass(record, RULE, {
    principal: by,
    reason,
    now: at,
    access: ALLOWED,
    unreviewed: [],
  });
  if (judged.kind === 'refuse') return undefined;
  const { plan } = record;
  const cast: Vote = { planId: plan.id, planHash: plan.hash, principal: by, decision: 'approve', at };
  const approval = signApproval(
    plan,
    { basis: 'break_glass', votes: [...votes, cast], decidedAt: at },
    SIGNER,
  );
  const emergency = { by, reason, at, reviewDueAt: judged.reviewDueAt };
  return { event: { kind: 'approved', by, reason, approval, breakGlass: emergency }, vote: cast };
}

function edit(world: World): Move | undefined {
  const judged = decideEdit(world.record, { principal: PEOPLE.bob, now: nowOf(world), access: ALLOWED });
  if (judged.kind === 'refuse') return undefined;
  const replacedBy = 'p-00000002' as PlanId;
  return { event: { kind: 'replaced', by: PEOPLE.bob, reason: 'edited', replacedBy } };
}
