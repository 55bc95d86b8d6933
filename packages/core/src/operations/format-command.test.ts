import { describe, expect, it } from '@jest/globals';
import { parsePlanId } from '../ids.ts';
import { formatCommand } from './format-command.ts';
import { type OperationRequest, operationRequestSchema } from './operation-request.ts';

const checkout = { kind: 'Deployment', namespace: 'shop', name: 'checkout' } as const;

describe('formatCommand', () => {
  it.each<[OperationRequest, string]>([
    [{ kind: 'scale', target: checkout, replicas: 0 }, 'scale deploy/checkout 0 -n shop'],
    [{ kind: 'restart', target: { ...checkout, kind: 'StatefulSet' } }, 'restart sts/checkout -n shop'],
    [{ kind: 'restart', target: { ...checkout, kind: 'DaemonSet' } }, 'restart ds/checkout -n shop'],
    [{ kind: 'rollback', target: checkout, toRevision: 3 }, 'rollback deploy/checkout --to 3 -n shop'],
    [{ kind: 'rollback', target: checkout }, 'rollback deploy/checkout -n shop'],
  ])('writes %j as a person would type it', (operation, command) => {
    expect(operationRequestSchema.safeParse(operation).success).toBe(true);
    expect(formatCommand(operation)).toBe(command);
  });

  it('names the plan that is to be undone', () => {
    const planId = parsePlanId('p-4k7d2m9q');
    if (planId === undefined) throw new Error('not a plan id');
    expect(formatCommand({ kind: 'undo', planId })).toBe('undo p-4k7d2m9q');
  });
});
