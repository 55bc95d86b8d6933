import type { OperationOf } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';
import { UNSCHEDULABLE } from '../planning/nodes-going.ts';
import { refuseCompile } from '../planning/step-draft.ts';
import { NOTHING_TO_EDIT, type OperationDefinition } from './operation-definition.ts';
import { switchFields } from './switch-fields.ts';

/** Lets new pods start on a node again. */
export const uncordon: OperationDefinition<OperationOf<'uncordon'>> = {
  ...NOTHING_TO_EDIT,
  async compile({ target }, { get, timing }) {
    const live = await get(target);
    if (readJsonPointer(live, UNSCHEDULABLE) !== true)
      return refuseCompile('no_change', `Node ${target.name} is not cordoned. Nothing to change.`);
    const title = `Uncordon Node ${target.name}`;
    // The API server leaves the field out when it is false.
    const values = { [UNSCHEDULABLE]: null };
    return switchFields({ operation: 'uncordon', target, live, title, values }, timing);
  },
};
