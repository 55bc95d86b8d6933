import { FIELD_MANAGER } from './format-write.ts';

/** Whether the query of a PATCH or of a POST to a collection says what ours says: never `force`, never `dryRun=None`. */
export function isWriteQuery(query: Readonly<Record<string, string>>): boolean {
  return Object.entries(query).every(([key, value]) => {
    if (key === 'dryRun') return value === 'All';
    if (key === 'fieldManager') return value === FIELD_MANAGER;
    return key === 'fieldValidation' && value === 'Strict';
  });
}
