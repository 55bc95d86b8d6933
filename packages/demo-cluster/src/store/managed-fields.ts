import type { ManagedFields, StoredObject } from '../objects.ts';

/** Who writes: the field manager's name, and the subresource it writes through. */
export interface Writer {
  readonly manager: string;
  readonly subresource?: string;
  readonly time: string;
}

/**
 * Records that a manager wrote the object: one entry per manager and subresource, without the field sets (they
 * stay empty). Enough to tell who owns an object; ownership of single fields is not kept.
 */
export function recordManager(object: StoredObject, writer: Writer): readonly ManagedFields[] {
  const kept = (object.metadata.managedFields ?? []).filter(
    (entry) => entry.manager !== writer.manager || entry.subresource !== writer.subresource,
  );
  return [
    ...kept,
    {
      manager: writer.manager,
      operation: 'Update',
      apiVersion: object.apiVersion,
      time: writer.time,
      fieldsType: 'FieldsV1',
      fieldsV1: {},
      ...(writer.subresource === undefined ? {} : { subresource: writer.subresource }),
    },
  ];
}
