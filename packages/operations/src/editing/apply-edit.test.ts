import { type OperationRequest, operationRequestSchema } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyEdit } from './apply-edit.ts';

const target = { kind: 'Deployment', namespace: 'shop', name: 'checkout' } as const;
const scale: OperationRequest = { kind: 'scale', target, replicas: 3 };
const rollback: OperationRequest = { kind: 'rollback', target };

describe('applyEdit', () => {
  it('changes the number and nothing else', () => {
    expect(applyEdit(scale, { replicas: '5' })).toEqual({
      kind: 'applied',
      operation: { ...scale, replicas: 5 },
    });
    expect(applyEdit(rollback, { revision: '2' })).toEqual({
      kind: 'applied',
      operation: { ...rollback, toRevision: 2 },
    });
    expect(applyEdit({ ...rollback, toRevision: 2 }, { revision: '1' })).toMatchObject({
      operation: { toRevision: 1 },
    });
  });

  it.each([
    ['the same number', scale, { replicas: '3' }, 'no_change'],
    ['no number at all', scale, {}, 'no_change'],
    ['more than is accepted', scale, { replicas: '10001' }, 'bad_value'],
    ['a difference', scale, { replicas: '+1' }, 'bad_value'],
    ['a revision before the first', rollback, { revision: '0' }, 'bad_value'],
    ['a field that the plan has not', scale, { revision: '2' }, 'unknown_field'],
    ['a field that is a part of the target', scale, { namespace: '5' }, 'unknown_field'],
    ['a restart', { kind: 'restart', target } as const, { replicas: '5' }, 'nothing_to_edit'],
  ] as const)('refuses %s', (_what, operation, values, reason) => {
    expect(applyEdit(operation, values)).toMatchObject({ kind: 'refused', reason });
  });

  it('never lets through what the schema of operations does not, whatever is typed', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('0', '1', '9', ' ', 'e', '-', '.') }),
    );
    const values = fc.dictionary(fc.oneof(fc.constant('replicas'), fc.string()), text);
    fc.assert(
      fc.property(values, (given) => {
        const edited = applyEdit(scale, given);
        if (edited.kind !== 'applied') return;
        expect(operationRequestSchema.parse(edited.operation)).toEqual(edited.operation);
        expect(edited.operation).toEqual({ ...scale, replicas: Number(given['replicas']) });
        expect(given['replicas']).toMatch(/^\d{1,9}$/);
      }),
    );
  });
});
