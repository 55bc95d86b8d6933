import { type AgentsContext, createHealingReports, type HealingRules } from '@jamie/agents';
import type { Directory } from '@jamie/core';
import { createHealer, type Healer } from '@jamie/healing';
import type { PolicySource } from '@jamie/policy';

export interface HealingParts {
  readonly context: AgentsContext;
  readonly policy: PolicySource;
  readonly directory: Pick<Directory, 'automation'>;
}

/** What heals faults by itself, as far as the policy in force lets it. While that lets nothing, it reads nothing. */
export function openHealing({ context, policy, directory }: HealingParts): Healer {
  const { store, clusters, operations, clock, ids, digest } = context;
  const automation = () => directory.automation;
  return createHealer({
    store,
    clusters,
    clock,
    ids,
    digest,
    policy,
    automation,
    foreignChanges: operations,
    logger: context.logger.child({ component: 'healing' }),
    jitter: Math.random,
    ...createHealingReports({ store, operations, digest, clock, policy }, automation),
  });
}

/** What people are told of the policy in force. */
export function healingRulesOf(policy: PolicySource): HealingRules {
  return {
    isOn() {
      const { autonomousNamespaces, autonomyOf } = policy.current();
      return autonomousNamespaces.length > 0 || autonomyOf(undefined).level !== 'off';
    },
    attemptsIn(namespace) {
      const { level, attempts } = policy.current().autonomyOf(namespace);
      return level === 'off' ? 0 : attempts;
    },
  };
}
