import type { DirectOperation, EditableField } from '@jamie/core';
import type { CompileResult } from '../planning/step-draft.ts';
import type { Surroundings } from '../planning/surroundings.ts';

/** One operation of the catalogue: how it becomes requests, and what of it a person may edit. One file each. */
export interface OperationDefinition<O extends DirectOperation> {
  /**
   * Reads what it needs as the requester and compiles. Throws not_found and forbidden; everything else that stands
   * against it is a refusal with what, why and what to do.
   */
  compile(operation: O, surroundings: Surroundings): Promise<CompileResult>;
  /** The parameters that a person may change before approval; none where there are none but the target. */
  fields(operation: O): readonly EditableField[];
  /** The operation with other values of those fields. The schema judges what comes of it. */
  edit(operation: O, values: Readonly<Record<string, string>>): unknown;
}

/** What an operation without parameters has to edit. */
export const NOTHING_TO_EDIT = {
  fields: () => [],
  edit: (operation: DirectOperation): unknown => operation,
} as const;
