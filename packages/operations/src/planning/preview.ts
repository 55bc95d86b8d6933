import type { FieldChange, FieldValues, KubeObject, Preview } from '@jamie/core';
import { canonicalJson, readJsonPointer } from '@jamie/core';
import { createTwoFilesPatch } from 'diff';
import { stringify } from 'yaml';
import { forDisplay } from './display-manifest.ts';

/** Lines of unchanged text around each change of a diff. */
const CONTEXT_LINES = 3;

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
  return { changes, diff: unifiedDiff(live, after), warnings };
}

function unifiedDiff(before: KubeObject, after: KubeObject): string {
  const name = `${before.kind}/${before.metadata.name}`;
  const patch = createTwoFilesPatch(name, name, toYaml(before), toYaml(after), 'now', 'after', {
    context: CONTEXT_LINES,
  });
  return patch.slice(patch.indexOf('--- ')).trimEnd();
}

function toYaml(object: KubeObject): string {
  return stringify(forDisplay(object), { lineWidth: 0 });
}
