import type { EditableField, EditedValues, OperationRequest } from '@jamie/core';
import { operationRequestSchema } from '@jamie/core';
import { definitionOf } from '../catalogue/catalogue.ts';
import { fieldsOf } from './fields-of.ts';

export type AppliedEdit =
  | { readonly kind: 'applied'; readonly operation: OperationRequest }
  | {
      readonly kind: 'refused';
      readonly reason: 'nothing_to_edit' | 'unknown_field' | 'bad_value' | 'no_change';
      readonly message: string;
    };

const DIGITS = /^\d{1,9}$/;

/**
 * The operation with other values. Pure. A value is within the bounds of its field, and what comes of them passes
 * operationRequestSchema: nothing that somebody typed reaches an operation unread.
 */
export function applyEdit(operation: OperationRequest, values: EditedValues): AppliedEdit {
  const fields = fieldsOf(operation);
  if (operation.kind === 'undo' || operation.kind === 'several' || fields.length === 0)
    return refuse('nothing_to_edit', nothingToEdit(operation));
  for (const [name, text] of Object.entries(values)) {
    const field = fields.find((each) => each.name === name);
    if (field === undefined) return refuse('unknown_field', unknownField(fields));
    if (!isWithin(field, text)) return refuse('bad_value', `${field.label}: ${field.hint}`);
  }
  const edited = operationRequestSchema.safeParse(definitionOf(operation).edit(operation, values));
  if (!edited.success) return refuse('bad_value', fields.map(({ hint }) => hint).join(' '));
  if (fields.every((field) => isAsBefore(field, values[field.name])))
    return refuse('no_change', 'That is what the plan says already. Approve it, or type something else.');
  return { kind: 'applied', operation: edited.data };
}

function isWithin(field: EditableField, text: string): boolean {
  if (field.kind === 'text') return text.length <= field.maximumLength;
  return DIGITS.test(text) && Number(text) >= field.minimum && Number(text) <= field.maximum;
}

function isAsBefore({ kind, value }: EditableField, text: string | undefined): boolean {
  if (text === undefined) return true;
  return kind === 'text' ? text === value : Number(value || Number.NaN) === Number(text);
}

function nothingToEdit(operation: OperationRequest): string {
  switch (operation.kind) {
    case 'restart':
      return 'A restart has nothing to edit. Approve it or deny it.';
    case 'undo':
      return 'An undo has nothing to edit. Approve it or deny it.';
    default:
      return 'That plan has nothing to edit. Approve it or deny it.';
  }
}

function unknownField(fields: readonly EditableField[]): string {
  return `That plan has only ${fields.map(({ name }) => name).join(' and ')} to edit.`;
}

function refuse(reason: Extract<AppliedEdit, { kind: 'refused' }>['reason'], message: string): AppliedEdit {
  return { kind: 'refused', reason, message };
}
