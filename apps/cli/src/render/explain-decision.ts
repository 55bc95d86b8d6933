import type { PolicyDecision } from '@jamie/policy';
import type { ExplainedDecision } from '@jamie/policy/team';

/** How a change would be decided, by which rules, and what each of them asks for. Plain text. */
export function explainDecision(version: string, explained: ExplainedDecision): string {
  return [`Policy ${version}`, ...decisionLines(explained.decision), ...reasonLines(explained), ''].join(
    '\n',
  );
}

function decisionLines(decision: PolicyDecision): readonly string[] {
  if (decision.kind === 'deny') return [`Refused by ${decision.rule}: ${decision.message}`];
  const { tier, quorum, reasons, expiresAfterMs, watchMs } = decision.risk;
  const { approvals, requesterCounts, fromTeams } = quorum;
  const who = fromTeams === undefined ? 'of anybody with rights' : `of people in ${fromTeams.join(' or ')}`;
  return [
    `Allowed, risk ${tier}: ${reasons.join('; ')}`,
    `Approvals: ${approvals} ${who}; the requester ${requesterCounts ? 'counts' : 'does not count'}`,
    `Expires after ${expiresAfterMs / 60_000} min, watched for ${watchMs / 60_000} min`,
  ];
}

function reasonLines({ refusals, demands, decision }: ExplainedDecision): readonly string[] {
  const further = refusals
    .slice(1)
    .map(({ rule, message }) => `Would also be refused by ${rule}: ${message}`);
  if (decision.kind === 'deny') return further;
  if (demands.length === 0) return ['No rule of the team applies; the built-in risk stands.'];
  return demands.map(({ rule, because, ...asked }) => {
    const words = Object.entries(asked)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => `${key} ${Array.isArray(value) ? value.join(' or ') : String(value)}`);
    return `Rule ${rule}: ${words.join(', ')}${because === undefined ? '' : ` (${because})`}`;
  });
}
