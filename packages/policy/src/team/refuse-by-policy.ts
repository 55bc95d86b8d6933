import type { OperationFacts } from '../operation-facts.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { type ConditionValues, namespacesOf } from './conditions.ts';
import { isFromRegistry } from './image-registry.ts';
import { isOpen } from './windows.ts';

/** A rule that refuses a change, and what people are told. */
export interface Refusal {
  readonly rule: string;
  readonly message: string;
}

/** Everything that refuses a change whatever its risk, in the order in which it is looked at. Pure. */
export function refusalsOf(
  policy: CompiledPolicy,
  facts: OperationFacts,
  values: ConditionValues,
): readonly Refusal[] {
  return [
    ...byNamespace(policy, facts),
    ...byOperation(policy, facts),
    ...byFreeze(policy, facts, values),
    ...byWindow(policy, facts, values),
    ...byImage(policy, facts),
    ...byReplicas(policy, facts),
    ...byRule(policy, values),
  ];
}

function byNamespace({ document }: CompiledPolicy, facts: OperationFacts): readonly Refusal[] {
  return namespacesOf(facts)
    .filter((namespace) => document.protectedNamespaces.includes(namespace))
    .map((namespace) => ({
      rule: 'protected-namespaces',
      message: `The team's policy protects ${namespace}: nothing is changed there. Ask whoever keeps the policy.`,
    }));
}

function byOperation({ document }: CompiledPolicy, { effects }: OperationFacts): readonly Refusal[] {
  const allowed = document.allowedOperations;
  if (allowed === undefined) return [];
  return effects
    .filter(({ operation }) => !allowed.includes(operation))
    .map(({ operation }) => ({
      rule: 'allowed-operations',
      message: `The team's policy does not allow ${operation.replaceAll('_', ' ')}. Ask whoever keeps the policy.`,
    }));
}

function byFreeze(
  { freezes }: CompiledPolicy,
  { now, isWayBack }: OperationFacts,
  values: ConditionValues,
): readonly Refusal[] {
  if (isWayBack) return [];
  return freezes
    .filter(({ freeze }) => now >= Date.parse(freeze.from) && now < Date.parse(freeze.until))
    .filter(({ condition }) => condition?.holds(values) ?? true)
    .map(({ freeze }) => ({
      rule: freeze.name,
      message: `Changes are frozen by ${freeze.name} until ${freeze.until}. Ask again after that.`,
    }));
}

function byWindow(
  { windows }: CompiledPolicy,
  { now, isWayBack }: OperationFacts,
  values: ConditionValues,
): readonly Refusal[] {
  if (isWayBack) return [];
  const meant = windows.filter(({ condition }) => condition.holds(values));
  if (meant.length === 0 || meant.some(({ window }) => isOpen(window, now))) return [];
  const when = meant.map(
    ({ window }) => `${window.from} to ${window.until} ${window.timeZone} (${window.days.join(', ')})`,
  );
  return [
    {
      rule: meant[0]?.window.name ?? 'maintenance-windows',
      message: `This may only be changed in a maintenance window: ${when.join('; ')}.`,
    },
  ];
}

function byImage({ document }: CompiledPolicy, { effects }: OperationFacts): readonly Refusal[] {
  const registries = document.imageRegistries;
  if (registries === undefined) return [];
  return effects
    .flatMap(({ images }) => images)
    .filter((image) => !registries.some((registry) => isFromRegistry(image, registry)))
    .map((image) => ({
      rule: 'image-registries',
      message: `The team's policy takes images from ${registries.join(', ')} only, not ${image}.`,
    }));
}

function byReplicas({ document }: CompiledPolicy, { effects }: OperationFacts): readonly Refusal[] {
  return effects.flatMap(({ target, currentReplicas, wantedReplicas, reach }) => {
    const own = target.namespace === undefined ? undefined : document.replicaCeilings[target.namespace];
    const ceiling = own ?? document.replicaCeiling ?? Infinity;
    return [{ before: currentReplicas, after: wantedReplicas }, ...(reach === undefined ? [] : [reach])]
      .filter(({ before, after }) => after > ceiling && after > before)
      .map(({ after }) => ({
        rule: 'replica-ceiling',
        message: `The team's policy allows at most ${ceiling} replicas; this asks for ${after}.`,
      }))
      .slice(0, 1);
  });
}

function byRule({ rules }: CompiledPolicy, values: ConditionValues): readonly Refusal[] {
  return rules.flatMap(({ rule, condition }) =>
    rule.deny !== undefined && condition.holds(values) ? [{ rule: rule.name, message: rule.deny }] : [],
  );
}
