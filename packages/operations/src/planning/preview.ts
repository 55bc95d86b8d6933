import type { FieldChange, FieldValues, KubeObject, Preview } from '@jamie/core';
import { canonicalJson, readJsonPointer } from '@jamie/core';
import { unifiedDiff } from '../display/unified-diff.ts';
import { forDisplay } from './display-manifest.ts';

/** What the dry run says would change: field by field, and as a unified diff of YAML. Pure. */
export function previewOf(
  live: KubeObject,
  after: KubeObject,
  written: FieldValues,
  warnings: readonly string[],
): Preview {
  const changes: FieldChange[] = Object.keys(written)
    .map((pointer) => ({
      pointer,
      before: readJsonPointer(forDisplay(live), pointer) ?? null,
      after: readJsonPointer(forDisplay(after), pointer) ?? null,
    }))
    .filter((change) => canonicalJson(change.before) !== canonicalJson(change.after));
  const name = `${live.kind}/${live.metadata.name}`;
  const diff = unifiedDiff(forDisplay(live), forDisplay(after), { name, before: 'now', after: 'after' });
  return { changes, diff, warnings };
}
