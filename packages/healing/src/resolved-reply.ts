import { formatObjectRef, type HealingCase, type Reply } from '@jamie/core';

/** Tells that a fault which was tried, or of which people were told, has gone. Pure. */
export function resolvedReply({ id, subject, cluster, summary, reason, attempts }: HealingCase): Reply {
  const last = attempts.at(-1);
  return {
    tone: 'answer',
    headline: `${formatObjectRef(subject)} is well again.`,
    sections: [
      {
        kind: 'text',
        lines: [
          `On ${cluster}: ${summary}. ${reason}`,
          ...(last === undefined ? [] : [`Tried last: ${last.planId}`]),
        ],
      },
    ],
    proposals: [],
    ...(last !== undefined && { about: last.planId }),
    followUps: [{ label: 'Show the case', command: `healing ${id}` }],
  };
}
