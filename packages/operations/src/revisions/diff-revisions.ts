import type { JsonObject } from '@jamie/core';
import { canonicalJson } from '@jamie/core';
import { redactManifest } from '../display/redact-manifest.ts';
import { unifiedDiff } from '../display/unified-diff.ts';
import type { Revision } from './revision-history.ts';
import { configurationOf } from './template-configuration.ts';
import { imagesOf } from './template-images.ts';

/** What differs between the pod templates of two revisions. */
export interface RevisionDiff {
  /** `restart`: but for the time of a restart they are equal. */
  readonly kind: 'same' | 'restart' | 'changed';
  /** Unified diff of the templates as YAML, without values that may be secret. */
  readonly diff: string;
  readonly images: readonly {
    readonly container: string;
    readonly before?: string;
    readonly after?: string;
  }[];
  /** ConfigMaps and Secrets, `Secret db-credentials`, that only one of both reads. */
  readonly configuration: { readonly added: readonly string[]; readonly removed: readonly string[] };
}

const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

/** Compares two revisions of a Deployment. Pure. */
export function diffRevisions(name: string, from: Revision, to: Revision): RevisionDiff {
  const [before, after] = [from.template, to.template];
  return {
    kind: kindOf(before, after),
    diff: unifiedDiff(redactManifest(before), redactManifest(after), {
      name,
      before: `revision ${from.number}`,
      after: `revision ${to.number}`,
    }),
    images: changedImages(before, after),
    configuration: {
      added: missingFrom(configurationOf(before), configurationOf(after)),
      removed: missingFrom(configurationOf(after), configurationOf(before)),
    },
  };
}

function kindOf(before: JsonObject, after: JsonObject): RevisionDiff['kind'] {
  if (canonicalJson(before) === canonicalJson(after)) return 'same';
  const isRestart = canonicalJson(withoutRestart(before)) === canonicalJson(withoutRestart(after));
  return isRestart ? 'restart' : 'changed';
}

function withoutRestart(template: JsonObject): JsonObject {
  const metadata = (template['metadata'] ?? {}) as JsonObject;
  const { [RESTARTED_AT]: _at, ...annotations } = (metadata['annotations'] ?? {}) as JsonObject;
  return { ...template, metadata: { ...metadata, annotations } };
}

function changedImages(before: JsonObject, after: JsonObject): RevisionDiff['images'] {
  const [old, now] = [imagesOf(before), imagesOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((container) => {
    const [was, is] = [old.get(container), now.get(container)];
    if (was === is) return [];
    return [{ container, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }];
  });
}

function missingFrom(known: ReadonlySet<string>, names: ReadonlySet<string>): readonly string[] {
  return [...names].filter((name) => !known.has(name)).sort();
}
