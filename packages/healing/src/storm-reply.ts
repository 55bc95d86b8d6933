import { capitalise } from '@jamie/analysis';
import { formatObjectRef, type HealingCase, type Reply } from '@jamie/core';
import { whyCommand } from './dossier.ts';
import type { Storm } from './rules/storm.ts';

/** Cases named in one message; the rest are counted. */
const NAMED_CASES = 15;

/** Tells once that too much fails at once for healing to make sense, and what it holds up. Pure. */
export function stormReply({ place, reason }: Storm, held: readonly HealingCase[]): Reply {
  const [first] = held;
  const namespace = first?.subject.namespace;
  const where =
    place === 'cluster' || namespace === undefined
      ? (first?.cluster ?? 'the cluster')
      : `Namespace ${namespace}`;
  const named = held.slice(0, NAMED_CASES);
  const more = held.length - named.length;
  return {
    tone: 'answer',
    headline: `Too much fails at once in ${where}: nothing is healed by itself for now.`,
    sections: [
      {
        kind: 'text',
        lines: [
          `${capitalise(reason)}. That has one cause which none of the remedies is about, so people have to look.`,
          'It is tried again once it has been calm for 15 min.',
        ],
      },
      {
        kind: 'list',
        title: more > 0 ? `Held up (${more} more not shown)` : 'Held up',
        items: named.map(({ id, subject, summary }) => `${id}, ${formatObjectRef(subject)}: ${summary}`),
      },
    ],
    proposals: [],
    followUps: [
      { label: 'List the cases', command: 'healing' },
      ...(first === undefined ? [] : [{ label: 'Look at the first', command: whyCommand(first.subject) }]),
    ],
  };
}
