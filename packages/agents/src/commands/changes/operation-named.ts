import { assertNever, type DirectOperation, type ObjectRef, operationRequestSchema } from '@jamie/core';
import type { OperandIntent } from './operand-kinds.ts';

/** Changes whose operation follows from the words and the object alone. */
export type PlainIntent = Exclude<OperandIntent, { readonly kind: 'scale' }>;

export type NamedOperation =
  | { readonly kind: 'operation'; readonly operation: DirectOperation }
  | { readonly kind: 'refused'; readonly message: string };

/** The operation that an intent asks for on the object that was found. Pure. */
export function operationNamed(intent: PlainIntent, ref: ObjectRef): NamedOperation {
  const checked = operationRequestSchema.safeParse(describeOperation(intent, ref));
  if (checked.success && checked.data.kind !== 'undo' && checked.data.kind !== 'several')
    return { kind: 'operation', operation: checked.data };
  const why = checked.error?.issues[0]?.message ?? 'must be an operation';
  return { kind: 'refused', message: `I cannot do that with ${ref.kind} ${ref.name}: it ${why}.` };
}

function describeOperation(intent: PlainIntent, target: ObjectRef): object {
  switch (intent.kind) {
    case 'restart':
    case 'pause':
    case 'suspend':
    case 'cordon':
    case 'uncordon':
    case 'drain':
      return { kind: intent.kind, target };
    case 'rollback':
      return { kind: 'rollback', target, ...pick(intent, 'toRevision') };
    case 'image':
      return { kind: 'set_image', target, image: intent.image, ...pick(intent, 'container') };
    case 'resize':
      return { kind: 'resize', target, ...pick(intent, 'container', 'requests', 'limits') };
    case 'resume':
      return { kind: target.kind === 'CronJob' ? 'unsuspend' : 'resume', target };
    case 'run':
      return { kind: 'run_cron_job', target };
    case 'rerun':
      return { kind: 'rerun_job', target };
    case 'delete':
      return { kind: target.kind === 'Pod' ? 'delete_pod' : 'delete', target };
    case 'autoscale':
      return { kind: 'autoscale', target, ...pick(intent, 'minReplicas', 'maxReplicas') };
    case 'label':
      return { kind: 'label', target, labels: intent.labels };
    case 'annotate':
      return { kind: 'annotate', target, annotations: intent.annotations };
    default:
      return assertNever(intent);
  }
}

function pick<Values extends object, Key extends keyof Values>(
  values: Values,
  ...keys: readonly Key[]
): object {
  return Object.fromEntries(keys.filter((key) => values[key] !== undefined).map((key) => [key, values[key]]));
}
