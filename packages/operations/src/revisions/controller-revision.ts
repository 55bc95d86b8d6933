import type { JsonObject, KubeObject } from '@jamie/core';
import { canonicalJson, readJsonPointer } from '@jamie/core';
import { isOwnedBy } from './replica-set.ts';
import { changeCauseOf, type RevisionHistory } from './revision-history.ts';

/**
 * The revisions of a StatefulSet or DaemonSet from its ControllerRevisions: `data` is a patch of spec.template alone
 * (kubernetes/kubernetes pkg/controller/{statefulset,daemon}), with `$patch: replace` in it. The current one is the
 * newest whose template is the present one; where none is (the controller has not written it yet), the newest of all.
 */
export function controllerRevisionsOf(workload: KubeObject, owned: readonly KubeObject[]): RevisionHistory {
  const revisions = owned
    .filter((revision) => isOwnedBy(revision, workload.metadata.uid))
    .flatMap((revision) => {
      const number = readJsonPointer(revision, '/revision');
      const template = readJsonPointer(revision, '/data/spec/template') as JsonObject | undefined;
      if (typeof number !== 'number' || template === undefined) return [];
      return [
        {
          number,
          createdAt: Date.parse(revision.metadata.creationTimestamp),
          changeCause: changeCauseOf(revision),
          template: withoutMachinery(template),
        },
      ];
    })
    .sort((left, right) => left.number - right.number);
  const present = canonicalJson(readJsonPointer(workload, '/spec/template') ?? {});
  const current = revisions.findLast(({ template }) => canonicalJson(template) === present);
  return { current: (current ?? revisions.at(-1))?.number ?? 0, revisions };
}

/** The template without what the controller's encoding adds to it. */
function withoutMachinery({ $patch: _directive, ...template }: JsonObject): JsonObject {
  const { creationTimestamp: _never, ...metadata } = (template['metadata'] ?? {}) as JsonObject;
  return { ...template, metadata };
}
