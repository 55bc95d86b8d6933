import type { FieldChange, KubeObject, Preview, Step } from '@jamie/core';
import { canonicalJson, formatObjectRef, readJsonPointer } from '@jamie/core';
import { unifiedDiff } from '../display/unified-diff.ts';
import { forDisplay } from './display-manifest.ts';

/** One step as the dry run showed it. */
export interface PreviewedStep {
  readonly step: Pick<Step, 'target' | 'expected' | 'request'>;
  readonly before: KubeObject | undefined;
  readonly after: KubeObject | undefined;
}

/** What the dry runs say would change: field by field, and as unified diffs of YAML, one object after the other. Pure. */
export function previewOf(steps: readonly PreviewedStep[], warnings: readonly string[]): Preview {
  return {
    changes: steps.flatMap(changesOf),
    diff: steps
      .map(diffOf)
      .filter((diff) => diff !== '')
      .join('\n'),
    warnings,
  };
}

function changesOf({ step, before, after }: PreviewedStep): readonly FieldChange[] {
  const fields = Object.keys(step.expected).map((pointer) => ({
    pointer,
    before: shownAt(before, pointer),
    after: shownAt(after, pointer),
  }));
  return fields.filter((change) => canonicalJson(change.before) !== canonicalJson(change.after));
}

function shownAt(object: KubeObject | undefined, pointer: string): FieldChange['before'] {
  return object === undefined ? null : (readJsonPointer(forDisplay(object), pointer) ?? null);
}

function diffOf({ step, before, after }: PreviewedStep): string {
  const { ref } = step.target;
  // A pod that moves is made anew from its template: its manifest would say nothing about the change.
  if (step.request.verb === 'evict' || (ref.kind === 'Pod' && after === undefined))
    return `- ${formatObjectRef(ref)}`;
  const shown = before ?? after;
  if (shown === undefined) return '';
  const name = `${shown.kind}/${shown.metadata.name}`;
  return unifiedDiff(before && forDisplay(before), after && forDisplay(after), {
    name,
    before: 'now',
    after: 'after',
  });
}
