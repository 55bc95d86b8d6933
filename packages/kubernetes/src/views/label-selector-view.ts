import type { LabelSelectorView, SelectorRequirement } from '@jamie/core';
import { listOf, objectOf, textOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

const OPERATORS: ReadonlySet<unknown> = new Set(['In', 'NotIn', 'Exists', 'DoesNotExist']);

/** Projects a label selector. A requirement with an operator that nobody knows is left out. */
export function toLabelSelectorView(value: unknown, sharing: Sharing): LabelSelectorView {
  const { matchLabels, matchExpressions } = objectOf(value);
  return {
    matchLabels: sharing.texts(matchLabels),
    matchExpressions: listOf(matchExpressions).flatMap((item) => toRequirement(item, sharing)),
  };
}

function toRequirement(value: unknown, sharing: Sharing): readonly SelectorRequirement[] {
  const { key, operator, values } = objectOf(value);
  if (!OPERATORS.has(operator)) return [];
  return [
    {
      key: sharing.text(key),
      operator: textOf(operator) as SelectorRequirement['operator'],
      values: listOf(values).map((each) => sharing.text(each)),
    },
  ];
}
