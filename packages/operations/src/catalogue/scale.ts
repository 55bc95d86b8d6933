import type { OperationOf } from '@jamie/core';
import { readyReplicasOf, wantedReplicasOf } from '../planning/replica-counts.ts';
import { compiledStep, draftOfWrite, refuseCompile } from '../planning/step-draft.ts';
import type { OperationDefinition } from './operation-definition.ts';
import { podLabelsOf, rolloutConditions } from './workload-facts.ts';

/** As operationRequestSchema has it. */
const MAX_REPLICAS = 10_000;

/** Gives a workload a replica count: one write to its scale subresource. */
export const scale: OperationDefinition<OperationOf<'scale'>> = {
  async compile({ target, replicas }, { get, timing }) {
    const live = await get(target);
    if (target.kind === 'DaemonSet') {
      const message = `DaemonSet ${target.name} runs one pod per node; it has no replica count.`;
      return refuseCompile('not_applicable', message);
    }
    const current = wantedReplicasOf(live);
    if (current === replicas) {
      const message = `${target.kind} ${target.name} already asks for ${replicas}. Nothing to change.`;
      return refuseCompile('no_change', message);
    }
    const title = `Scale ${target.kind} ${target.name} ${current} → ${replicas}`;
    const effect = {
      operation: 'scale' as const,
      target,
      currentReplicas: current,
      wantedReplicas: replicas,
      readyReplicas: readyReplicasOf(live),
      images: [],
    };
    const step = draftOfWrite(
      live,
      {
        target,
        subresource: 'scale',
        summary: title,
        values: { '/spec/replicas': replicas },
        alsoPinned: [],
      },
      { effect, podsAffected: Math.max(0, current - replicas), podLabels: podLabelsOf(live) },
      rolloutConditions(target, replicas, timing),
    );
    return compiledStep(title, step);
  },

  fields: ({ replicas }) => [
    {
      name: 'replicas',
      label: 'Replicas',
      kind: 'whole_number',
      value: String(replicas),
      minimum: 0,
      maximum: MAX_REPLICAS,
      hint: 'A whole number from 0 to 10,000.',
    },
  ],

  edit: (operation, { replicas }) => ({
    ...operation,
    ...(replicas !== undefined && { replicas: Number(replicas) }),
  }),
};
