import type { LabelSelectorView, PodView } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { formatLabels, someOf } from '../../wording.ts';

const WORDS = { together: 'it must run beside pods', apart: 'it must not run beside pods' } as const;

/** A clause that names the rules of one sort, with the field that nodes are told apart by; empty where the pod has none. */
export function nameRules(pod: PodView, kind: keyof typeof WORDS): string {
  const rules = pod.spec.affinity
    .filter((rule) => rule.kind === kind)
    .map((rule) => `${formatSelector(rule.selector)} on the same ${rule.topologyKey}`);
  return rules.length === 0 ? '' : toSingleLine(`; ${WORDS[kind]} ${someOf(rules)}`, 240);
}

/** A clause that names the spreads that keep a pod waiting; empty where the pod has none. */
export function nameSpreads(pod: PodView): string {
  const spreads = pod.spec.spread.map(
    ({ selector, topologyKey, maxSkew }) =>
      `pods ${formatSelector(selector)} may differ by ${maxSkew} between any two ${topologyKey}`,
  );
  return spreads.length === 0 ? '' : toSingleLine(`; ${someOf(spreads)}`, 240);
}

/** `app=checkout`, `tier in (web, api)`. */
function formatSelector({ matchLabels, matchExpressions }: LabelSelectorView): string {
  const expressions = matchExpressions.map(({ key, operator, values }) =>
    values.length === 0 ? `${key} ${operator}` : `${key} ${operator} (${values.join(', ')})`,
  );
  return (
    [formatLabels(matchLabels), ...expressions].filter((part) => part !== '').join(',') || 'of any label'
  );
}
