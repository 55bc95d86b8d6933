import type { OperationOf } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';
import { readyReplicasOf, updatedReplicasOf, wantedReplicasOf } from '../planning/replica-counts.ts';
import { refuseCompile } from '../planning/step-draft.ts';
import { NOTHING_TO_EDIT, type OperationDefinition } from './operation-definition.ts';
import { switchFields } from './switch-fields.ts';
import { podLabelsOf, rolloutConditions } from './workload-facts.ts';

/** Lets the rollout of a paused Deployment go on. */
export const resume: OperationDefinition<OperationOf<'resume'>> = {
  ...NOTHING_TO_EDIT,
  async compile({ target }, { get, timing }) {
    const live = await get(target);
    if (readJsonPointer(live, '/spec/paused') !== true)
      return refuseCompile('no_change', `Deployment ${target.name} is not paused. Nothing to change.`);
    const title = `Resume the rollout of Deployment ${target.name}`;
    const [updated, wanted] = [updatedReplicasOf(live), wantedReplicasOf(live)];
    const behind = Math.max(0, wanted - updated);
    const effect = {
      operation: 'resume' as const,
      target,
      currentReplicas: wanted,
      wantedReplicas: wanted,
      readyReplicas: readyReplicasOf(live),
      images: [],
    };
    return switchFields(
      {
        operation: 'resume',
        target,
        live,
        title,
        // The API server leaves the field out when it is false.
        values: { '/spec/paused': null },
        alsoPinned: ['/spec/template'],
        facts: { effect, podsAffected: behind, podLabels: podLabelsOf(live) },
        conditions: rolloutConditions(target, wanted, timing),
        warnings:
          behind === 0 ? [] : [`${behind} of ${wanted} pods are of an older template and are replaced.`],
      },
      timing,
    );
  },
};
