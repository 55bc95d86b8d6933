import type { OperationOf } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';
import { updatedReplicasOf, wantedReplicasOf } from '../planning/replica-counts.ts';
import { refuseCompile } from '../planning/step-draft.ts';
import { NOTHING_TO_EDIT, type OperationDefinition } from './operation-definition.ts';
import { switchFields } from './switch-fields.ts';

/** Holds the rollout of a Deployment: changes of its template wait until it is resumed. */
export const pause: OperationDefinition<OperationOf<'pause'>> = {
  ...NOTHING_TO_EDIT,
  async compile({ target }, { get, timing }) {
    const live = await get(target);
    if (readJsonPointer(live, '/spec/paused') === true)
      return refuseCompile('no_change', `Deployment ${target.name} is paused already. Nothing to change.`);
    const title = `Pause the rollout of Deployment ${target.name}`;
    const [updated, wanted] = [updatedReplicasOf(live), wantedReplicasOf(live)];
    const warnings =
      updated < wanted
        ? [
            `A rollout is on its way: ${updated} of ${wanted} pods are new, and it stops there until it is resumed.`,
          ]
        : [];
    const values = { '/spec/paused': true };
    return switchFields({ operation: 'pause', target, live, title, values, warnings }, timing);
  },
};
