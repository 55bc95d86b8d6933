import type { Intent } from '@jamie/agents/grammar';
import { readTarget } from './read-target.ts';

/** The object, namespace and cluster that an intent names; not "it". */
export function namesIn(intent: Intent): readonly string[] {
  const { words, place = {} }: WhereTo = intent;
  const target = words === undefined ? undefined : readTarget(words);
  const object = target?.name === 'it' ? undefined : target?.name;
  return [object, target?.namespace, place.namespace, place.cluster].filter((name) => name !== undefined);
}

interface WhereTo {
  readonly kind: Intent['kind'];
  readonly words?: readonly string[];
  readonly place?: { readonly namespace?: string; readonly cluster?: string };
}
