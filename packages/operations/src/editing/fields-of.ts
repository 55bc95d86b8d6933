import type { EditableField, OperationRequest } from '@jamie/core';

/** As operationRequestSchema has it. */
const MAX_REPLICAS = 10_000;
/** Beyond what a Deployment ever reaches, and within what nine digits can say. */
const MAX_REVISION = 999_999_999;

/** What a person may change of an operation; nothing where it has no parameters but its target. Pure. */
export function fieldsOf(operation: OperationRequest): readonly EditableField[] {
  switch (operation.kind) {
    case 'scale':
      return [
        {
          name: 'replicas',
          label: 'Replicas',
          kind: 'whole_number',
          value: String(operation.replicas),
          minimum: 0,
          maximum: MAX_REPLICAS,
          hint: 'A whole number from 0 to 10,000.',
        },
      ];
    case 'rollback':
      return [
        {
          name: 'revision',
          label: 'Revision',
          kind: 'whole_number',
          value: operation.toRevision === undefined ? '' : String(operation.toRevision),
          minimum: 1,
          maximum: MAX_REVISION,
          hint: 'The number of an earlier revision that is still kept.',
        },
      ];
    default:
      return [];
  }
}
