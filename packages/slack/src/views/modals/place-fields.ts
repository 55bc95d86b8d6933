import { createHash } from 'node:crypto';
import type { KnownBlock } from '@slack/types';
import { SLACK_LIMITS } from '../../limits.ts';
import { type ModalField, type ModalOption, searchField, selectField } from './modal-blocks.ts';
import { toOptionValue } from './option-value.ts';

/** A field for the cluster: a select, or one with search where there are many. With one cluster there is nothing to choose. */
export function clusterField(
  field: ModalField,
  clusters: readonly string[],
  chosen: string | undefined,
): readonly KnownBlock[] {
  if (clusters.length < 2) return [];
  const initial = chosen === undefined || !clusters.includes(chosen) ? undefined : namedOption(chosen);
  return clusters.length <= SLACK_LIMITS.selectOptions
    ? [selectField(field, clusters.map(namedOption), initial?.value)]
    : [searchField(field, initial)];
}

/** The option of something that is chosen by its name. */
export function namedOption(name: string): ModalOption {
  return { label: name, value: toOptionValue(name) };
}

/** Changes with the place that a field depends on. */
export function placeMark(...names: readonly (string | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(names)).digest('hex').slice(0, 8);
}
