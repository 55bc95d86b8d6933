import type { EditableField, OperationRequest } from '@jamie/core';
import { definitionOf } from '../catalogue/catalogue.ts';

/** What a person may change of an operation; nothing where it has no parameters but its target. Pure. */
export function fieldsOf(operation: OperationRequest): readonly EditableField[] {
  if (operation.kind === 'undo' || operation.kind === 'several') return [];
  return definitionOf(operation).fields(operation);
}
