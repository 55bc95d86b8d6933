import type { OperationOf } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';
import { UNSCHEDULABLE } from '../planning/nodes-going.ts';
import { refuseCompile } from '../planning/step-draft.ts';
import { schedulableNodesLeft } from './node-facts.ts';
import { NOTHING_TO_EDIT, type OperationDefinition } from './operation-definition.ts';
import { switchFields } from './switch-fields.ts';

/** Keeps new pods off a node. Those that run there stay. */
export const cordon: OperationDefinition<OperationOf<'cordon'>> = {
  ...NOTHING_TO_EDIT,
  async compile({ target }, surroundings) {
    const { get, timing } = surroundings;
    const live = await get(target);
    if (readJsonPointer(live, UNSCHEDULABLE) === true)
      return refuseCompile('no_change', `Node ${target.name} is cordoned already. Nothing to change.`);
    const left = await schedulableNodesLeft(surroundings, target.name);
    if (left.kind === 'refused') return left;
    const title = `Cordon Node ${target.name}`;
    const values = { [UNSCHEDULABLE]: true };
    return switchFields(
      { operation: 'cordon', target, live, title, values, warnings: left.warnings },
      timing,
    );
  },
};
