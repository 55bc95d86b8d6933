import type { JsonObject, KubeObject, ObjectRef, OpsError } from '@jamie/core';
import { formatObjectRef, isOpsError } from '@jamie/core';
import { redactManifest } from '../display/redact-manifest.ts';
import { forDisplay } from '../planning/display-manifest.ts';
import { parseFieldPath, readFieldPath } from '../planning/field-path.ts';

/** Conflicts that are shown one by one. */
const SHOWN = 8;
const MAX_VALUE_LENGTH = 80;

interface Conflict {
  readonly field: string;
  readonly manager: string;
}

/** Which fields of a manifest belong to whom, with what they have and what the manifest says; never forced. */
export function describeConflict(
  error: OpsError,
  ref: ObjectRef,
  manifest: JsonObject,
  live: KubeObject | undefined,
): string | undefined {
  if (!isOpsError(error, 'conflict')) return undefined;
  const conflicts = (error.details['conflicts'] ?? []) as readonly Conflict[];
  if (conflicts.length === 0) return undefined;
  const lines = conflicts.slice(0, SHOWN).map(({ field, manager }) => {
    const steps = parseFieldPath(field);
    if (steps === undefined) return `${field} belongs to ${manager}.`;
    const now = shown(live === undefined ? undefined : readFieldPath(forDisplay(live), steps));
    const wanted = shown(readFieldPath(redactManifest(manifest), steps));
    return `${field} belongs to ${manager}: it is ${now}, the manifest says ${wanted}.`;
  });
  const more = conflicts.length > SHOWN ? ` And ${conflicts.length - SHOWN} more.` : '';
  return `I don't take fields from others, so I don't apply ${formatObjectRef(ref)}. ${lines.join(' ')}${more} Leave these fields out, or change them through their manager.`;
}

function shown(value: unknown): string {
  if (value === undefined) return 'not set';
  const text = JSON.stringify(value);
  return text.length <= MAX_VALUE_LENGTH ? text : `${text.slice(0, MAX_VALUE_LENGTH - 1)}…`;
}
