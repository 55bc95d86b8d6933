import { canonicalJson, isTerminal, type Quorum } from '@jamie/core';
import { countApprovals } from '@jamie/policy';
import { describe, expect, it } from '@jest/globals';
import { checkApproval } from './check-approval.ts';
import { ACTIONS, type Action, begin, next, SIGNER, type World } from './explore-approvals.fixture.ts';

const MOST_AT_ONCE = 3;

/** Every choice of up to so many actions. */
function choicesOf(actions: readonly Action[], most: number): readonly (readonly Action[])[] {
  if (most === 0 || actions.length === 0) return [[]];
  const [first, ...rest] = actions;
  const without = choicesOf(rest, most);
  const including = choicesOf(rest, most - 1).map((choice) =>
    first === undefined ? choice : [first, ...choice],
  );
  return [...without, ...including];
}

/** Visits every world that can be reached, each once, and gives back how many there were. */
function explore(start: World, visit: (before: World | undefined, after: World) => void): number {
  const seen = new Set<string>([keyOf(start)]);
  const open: World[] = [start];
  visit(undefined, start);
  for (let world = open.pop(); world !== undefined; world = open.pop()) {
    for (const following of next(world)) {
      visit(world, following);
      const key = keyOf(following);
      if (seen.has(key)) continue;
      seen.add(key);
      open.push(following);
    }
  }
  return seen.size;
}

function keyOf({ record, votes, isLate, starts, waiting, decided }: World): string {
  const { status, version, breakGlass } = record;
  const cast = votes.map((vote) => [vote.principal.id, vote.decision, vote.onBehalfOf?.id ?? '']);
  const under = decided.map(({ action, version: on }) => `${action}@${on}`).sort();
  return canonicalJson([
    status,
    version,
    breakGlass !== undefined,
    cast,
    isLate,
    starts,
    [...waiting].sort(),
    under,
  ]);
}

function judge(before: World | undefined, after: World): string | undefined {
  const { record, votes, starts } = after;
  if (starts > 1) return 'two jobs would execute';
  if (new Set(votes.map((vote) => vote.principal.id)).size !== votes.length) return 'somebody voted twice';
  if (votes.some((vote) => vote.principal.source === 'automation')) return 'automation voted';
  if (before !== undefined && before.record.version > record.version) return 'the record went back';
  if (before !== undefined && isDecided(before) && before.record.status !== record.status) {
    return `${before.record.status} became ${record.status}`;
  }
  if (record.status === 'approved') return judgeApproved(after);
  return starts > 0 ? 'a job without an approval' : undefined;
}

const isDecided = ({ record }: World) => record.status === 'approved' || isTerminal(record.status);

function judgeApproved({ record, votes }: World): string | undefined {
  const fault = checkApproval(record, votes, SIGNER);
  if (fault !== undefined) return fault;
  const { plan, breakGlass, decidedAt = Infinity } = record;
  if (decidedAt >= plan.expiresAt) return 'approved after it expired';
  if (breakGlass !== undefined) return undefined;
  const { approvals, requesterCounts } = plan.risk.quorum;
  if (countApprovals(votes, plan) < approvals) return 'too few approvals';
  const users = votes.map(({ principal, onBehalfOf }) => (onBehalfOf ?? principal).kubernetes.user);
  if (new Set(users).size < approvals) return 'one Kubernetes user made up a quorum';
  const byRequester = votes.some(({ principal, onBehalfOf }) => (onBehalfOf ?? principal).id === 'ada');
  return byRequester && !requesterCounts ? 'the requester counted' : undefined;
}

describe('approvals in every order', () => {
  it.each<[string, Quorum]>([
    ['one approval, the requester counts', { approvals: 1, requesterCounts: true }],
    ['one approval of somebody else', { approvals: 1, requesterCounts: false }],
    ['two approvals of others', { approvals: 2, requesterCounts: false }],
  ])('never start a plan that should not start, nor twice: %s', (_name, quorum) => {
    let worlds = 0;
    const reached = new Set<string>();
    for (const actions of choicesOf(ACTIONS, MOST_AT_ONCE)) {
      worlds += explore(begin(actions, quorum), (before, after) => {
        reached.add(after.record.status);
        const fault = judge(before, after);
        if (fault !== undefined) throw new Error(`${fault}: ${actions.join(', ')} ${keyOf(after)}`);
      });
    }
    expect([...reached].sort()).toEqual(['approved', 'awaiting_approval', 'cancelled', 'denied', 'expired']);
    expect(worlds).toBeGreaterThan(1_000);
  });
});
