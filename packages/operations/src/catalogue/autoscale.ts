import type { EditableField, KubeObject, OperationOf } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';
import { refuseCompile } from '../planning/step-draft.ts';
import type { OperationDefinition } from './operation-definition.ts';
import { switchFields } from './switch-fields.ts';

const MIN = '/spec/minReplicas';
const MAX = '/spec/maxReplicas';
/** As operationRequestSchema has it. */
const MAX_REPLICAS = 10_000;

/** Changes the bounds within which a HorizontalPodAutoscaler sets the replicas of its target. */
export const autoscale: OperationDefinition<OperationOf<'autoscale'>> = {
  async compile({ target, minReplicas, maxReplicas }, { get, timing }) {
    const live = await get(target);
    const named = `HorizontalPodAutoscaler ${target.name}`;
    if (minReplicas === undefined && maxReplicas === undefined)
      return refuseCompile('not_applicable', 'Say the new bounds: --min, --max or both.');
    const before = { min: numberAt(live, MIN, 1), max: numberAt(live, MAX, 1) };
    const after = { min: minReplicas ?? before.min, max: maxReplicas ?? before.max };
    if (after.min > after.max) {
      const message = `The bounds would be ${after.min} to ${after.max}, the least more than the most. They are ${before.min} to ${before.max} now: change both.`;
      return refuseCompile('not_applicable', message);
    }
    if (after.min === before.min && after.max === before.max)
      return refuseCompile('no_change', `${named} has the bounds ${before.min} to ${before.max} already.`);
    const title = `Set the bounds of ${named} from ${before.min}–${before.max} to ${after.min}–${after.max}`;
    const current = numberAt(live, '/status/currentReplicas', 0);
    const wanted = current === 0 ? 0 : Math.min(Math.max(current, after.min), after.max);
    return switchFields(
      {
        operation: 'autoscale',
        target,
        live,
        title,
        values: {
          ...(minReplicas !== undefined && minReplicas !== before.min && { [MIN]: minReplicas }),
          ...(maxReplicas !== undefined && maxReplicas !== before.max && { [MAX]: maxReplicas }),
        },
        alsoPinned: [MIN, MAX, '/spec/scaleTargetRef'],
        facts: {
          effect: {
            operation: 'autoscale',
            target,
            currentReplicas: current,
            wantedReplicas: wanted,
            readyReplicas: current,
            images: [],
            reach: { before: before.max, after: after.max },
          },
          podsAffected: Math.max(0, current - wanted),
          podLabels: {},
        },
        warnings:
          wanted === current
            ? []
            : [`It runs ${current} now, outside the new bounds, and goes to ${wanted}.`],
      },
      timing,
    );
  },

  fields: ({ minReplicas, maxReplicas }) => [
    ...boundField('min', 'Least replicas', minReplicas),
    ...boundField('max', 'Most replicas', maxReplicas),
  ],

  edit: (operation, { min, max }) => ({
    ...operation,
    ...(min !== undefined && { minReplicas: Number(min) }),
    ...(max !== undefined && { maxReplicas: Number(max) }),
  }),
};

/** The bound that was asked for; nothing where it stays as it is. */
function boundField(name: string, label: string, value: number | undefined): readonly EditableField[] {
  if (value === undefined) return [];
  const hint = 'A whole number from 1 to 10,000.';
  return [
    { name, label, kind: 'whole_number', value: String(value), minimum: 1, maximum: MAX_REPLICAS, hint },
  ];
}

function numberAt(object: KubeObject, pointer: string, fallback: number): number {
  const value = readJsonPointer(object, pointer);
  return typeof value === 'number' ? value : fallback;
}
