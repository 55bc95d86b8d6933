import type { LabelSelectorView } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { formatLabels } from '../../wording.ts';

/** A selector as kubectl writes it: `app=web,tier in (a, b)`; `everything` where it asks for nothing. */
export function formatSelector({ matchLabels, matchExpressions }: LabelSelectorView): string {
  const parts = [
    formatLabels(matchLabels),
    ...matchExpressions.map(({ key, operator, values }) =>
      values.length === 0 ? `${key} ${operator}` : `${key} ${operator} (${values.join(', ')})`,
    ),
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'everything' : toSingleLine(parts.join(','), 200);
}
