import {
  DELETABLE_KINDS,
  type DirectOperation,
  formatCommand,
  KINDS,
  type Kind,
  MARKABLE_KINDS,
  type ObjectRef,
  type OperationRequest,
  operationRequestSchema,
  parsePlanId,
} from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Intent } from '../../grammar/command-list.ts';
import { formatIntent } from '../../grammar/format-intent.ts';
import { readNamed } from '../../grammar/kind-names.ts';
import { parseCommand } from '../../grammar/parse-command.ts';
import { isJoinable } from '../../grammar/parse-together.ts';
import { operationNamed } from './operation-named.ts';

const name = fc.stringMatching(/^[a-z0-9]([-a-z0-9.]{0,20}[a-z0-9])?$/);
const container = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,20}[a-z0-9])?$/);
const quantity = fc.stringMatching(/^[1-9]\d{0,3}(\.[1-9])?(m|k|M|G|Ki|Mi|Gi)?$/);
const image = fc.stringMatching(
  /^[a-z0-9]+(\/[a-z0-9]+){0,2}(:[A-Za-z0-9_][A-Za-z0-9._-]{0,9})?(@sha256:[a-f0-9]{64})?$/,
);
const key = fc.stringMatching(
  /^([a-z0-9]([-a-z0-9.]{0,9}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,9}[A-Za-z0-9])?$/,
);
const labelValue = fc.stringMatching(/^([A-Za-z0-9]([-A-Za-z0-9_.]{0,9}[A-Za-z0-9])?)?$/);
const count = fc.integer({ min: 1, max: 10_000 });

function target(...kinds: readonly Kind[]) {
  return fc
    .record({ kind: fc.constantFrom(...kinds), namespace: name, name })
    .map(({ kind, namespace, ...rest }) => ({ kind, ...(KINDS[kind].namespaced && { namespace }), ...rest }));
}

/** Some of the members, at least one. */
function some(members: Readonly<Record<string, fc.Arbitrary<unknown>>>) {
  return fc.record(members, { requiredKeys: [] }).filter((record) => Object.keys(record).length > 0);
}

function operation(
  kind: DirectOperation['kind'],
  rest: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  optional: Readonly<Record<string, fc.Arbitrary<unknown>>> = {},
) {
  return fc.record(
    { kind: fc.constant(kind), ...rest, ...optional },
    { requiredKeys: ['kind', ...Object.keys(rest)] as never[] },
  );
}

const workload = target('Deployment', 'StatefulSet', 'DaemonSet');
const marks = (value: fc.Arbitrary<string>) =>
  fc.dictionary(key, fc.option(value), { minKeys: 1, maxKeys: 4, noNullPrototype: true });
const direct: fc.Arbitrary<DirectOperation> = fc
  .oneof(
    operation('scale', { target: workload, replicas: fc.integer({ min: 0, max: 10_000 }) }),
    operation('restart', { target: workload }),
    operation('rollback', { target: workload }, { toRevision: count }),
    operation('pause', { target: target('Deployment') }),
    operation('resume', { target: target('Deployment') }),
    operation('set_image', { target: workload, image }, { container }),
    operation(
      'resize',
      {
        target: target('Deployment', 'StatefulSet', 'DaemonSet', 'Pod'),
        requests: some({ cpu: quantity, memory: quantity }),
      },
      { container, limits: some({ cpu: quantity, memory: quantity }) },
    ),
    operation('resize', { target: target('Pod'), limits: some({ cpu: quantity, memory: quantity }) }),
    operation('cordon', { target: target('Node') }),
    operation('uncordon', { target: target('Node') }),
    operation('drain', { target: target('Node') }),
    operation('delete_pod', { target: target('Pod') }),
    operation('delete', { target: target(...DELETABLE_KINDS) }),
    operation('suspend', { target: target('CronJob') }),
    operation('unsuspend', { target: target('CronJob') }),
    operation('run_cron_job', { target: target('CronJob') }),
    operation('rerun_job', { target: target('Job') }),
    operation(
      'autoscale',
      { target: target('HorizontalPodAutoscaler'), maxReplicas: count },
      { minReplicas: fc.constant(1) },
    ),
    operation('autoscale', { target: target('HorizontalPodAutoscaler'), minReplicas: count }),
    operation('label', { target: target(...MARKABLE_KINDS), labels: marks(labelValue) }),
    operation('annotate', {
      target: target(...MARKABLE_KINDS),
      annotations: marks(fc.string({ unit: 'binary', maxLength: 40 })),
    }),
  )
  .map((drawn) => operationRequestSchema.parse(drawn) as DirectOperation);

const planId = fc
  .stringMatching(/^p-[0-9a-hjkmnp-tv-z]{8}$/)
  .map((text) => parsePlanId(text))
  .filter((id) => id !== undefined);
const request: fc.Arbitrary<OperationRequest> = fc.oneof(
  { weight: 20, arbitrary: direct },
  { weight: 1, arbitrary: planId.map((id) => ({ kind: 'undo' as const, planId: id })) },
  {
    weight: 8,
    arbitrary: fc
      .array(direct, { minLength: 2, maxLength: 5 })
      .map((operations) => ({ kind: 'several' as const, operations })),
  },
);

function readBack(command: string): OperationRequest | string {
  const parsed = parseCommand(command);
  return parsed.kind === 'intent' ? operationOf(parsed.intent) : JSON.stringify(parsed);
}

/** The operation of an intent whose words name its object in full, as formatCommand's do. */
function operationOf(intent: Intent): OperationRequest | string {
  if (intent.kind === 'undo' && intent.planId !== undefined) return { kind: 'undo', planId: intent.planId };
  if (intent.kind === 'several')
    return {
      kind: 'several',
      operations: intent.commands.map((command) => readBack(command) as DirectOperation),
    };
  if (!isJoinable(intent)) return `${intent.kind} is no change`;
  const { kind = 'Pod', name: named } = readNamed(intent.words);
  const { namespace } = intent.place;
  const ref: ObjectRef = { kind, ...(namespace !== undefined && { namespace }), name: named };
  if (intent.kind === 'scale')
    return intent.amount.kind === 'to'
      ? operationRequestSchema.parse({ kind: 'scale', target: ref, replicas: intent.amount.replicas })
      : 'no absolute number';
  const made = operationNamed(intent, ref);
  return made.kind === 'operation' ? made.operation : made.message;
}

describe('the command of an operation', () => {
  it('is read back as the very same operation', () => {
    fc.assert(
      fc.property(request, (wanted) => {
        expect(readBack(formatCommand(wanted))).toEqual(wanted);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is what its intent is typed as', () => {
    fc.assert(
      fc.property(request, (wanted) => {
        const parsed = parseCommand(formatCommand(wanted));
        if (parsed.kind !== 'intent') throw new Error(JSON.stringify(parsed));
        expect(readBack(formatIntent(parsed.intent))).toEqual(wanted);
      }),
      { numRuns: 500 },
    );
  });

  it('of manifests asks for them, as they cannot be typed', () => {
    const manifests = [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }];
    expect(parseCommand(formatCommand({ kind: 'apply', manifests }))).toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('takes a manifest'),
    });
  });
});
