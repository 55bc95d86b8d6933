import type { EditableField, EditedValues, OperationRequest } from '@jamie/core';
import { operationRequestSchema } from '@jamie/core';
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
 * The operation with other values. Pure. Values are digits within the bounds of their field, and what comes of them
 * passes operationRequestSchema: no text that somebody typed reaches an operation.
 */
export function applyEdit(operation: OperationRequest, values: EditedValues): AppliedEdit {
  const fields = fieldsOf(operation);
  if (fields.length === 0) return refuse('nothing_to_edit', nothingToEdit(operation));
  const numbers: Record<string, number> = {};
  for (const [name, text] of Object.entries(values)) {
    const field = fields.find((each) => each.name === name);
    if (field === undefined) return refuse('unknown_field', unknownField(fields));
    if (!isWithin(field, text)) return refuse('bad_value', `${field.label}: ${field.hint}`);
    numbers[name] = Number(text);
  }
  const edited = operationRequestSchema.safeParse(withNumbers(operation, numbers));
  if (!edited.success) return refuse('bad_value', fields.map(({ hint }) => hint).join(' '));
  if (fields.every(({ name, value }) => values[name] === undefined || Number(value || NaN) === numbers[name]))
    return refuse('no_change', 'That is what the plan says already. Approve it, or type another number.');
  return { kind: 'applied', operation: edited.data };
}

function isWithin({ minimum, maximum }: EditableField, text: string): boolean {
  return DIGITS.test(text) && Number(text) >= minimum && Number(text) <= maximum;
}

function withNumbers(operation: OperationRequest, numbers: Readonly<Record<string, number>>): unknown {
  const { replicas, revision } = numbers;
  if (operation.kind === 'scale') return { ...operation, replicas: replicas ?? operation.replicas };
  return revision === undefined ? operation : { ...operation, toRevision: revision };
}

function nothingToEdit(operation: OperationRequest): string {
  const what = operation.kind === 'restart' ? 'A restart' : 'An undo';
  return `${what} has nothing to edit. Approve it or deny it.`;
}

function unknownField(fields: readonly EditableField[]): string {
  return `That plan has only ${fields.map(({ name }) => name).join(' and ')} to edit.`;
}

function refuse(reason: Extract<AppliedEdit, { kind: 'refused' }>['reason'], message: string): AppliedEdit {
  return { kind: 'refused', reason, message };
}
