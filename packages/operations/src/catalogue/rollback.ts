import type { KubeObject, OperationOf, WorkloadRef } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';
import { compiledStep, draftOfWrite, refuseCompile } from '../planning/step-draft.ts';
import { keptRevisionsOf } from '../revisions/kept-revisions.ts';
import type { RevisionHistory } from '../revisions/revision-history.ts';
import { imagesOf } from '../revisions/template-images.ts';
import type { OperationDefinition } from './operation-definition.ts';
import { replacesPods, templateConditions, whyNotRolling } from './workload-facts.ts';

/** Beyond what a workload ever reaches, and within what nine digits can say. */
const MAX_REVISION = 999_999_999;

/**
 * Gives a workload the pod template of an earlier revision, as `kubectl rollout undo` does: from the ReplicaSets of a
 * Deployment, from the ControllerRevisions of the others. Without a revision: the newest before the current one.
 */
export const rollback: OperationDefinition<OperationOf<'rollback'>> = {
  async compile({ target, toRevision }, surroundings) {
    const live = await surroundings.get(target);
    if (readJsonPointer(live, '/spec/paused') === true) {
      const message = `Deployment ${target.name} is paused; a rollback would not roll. Resume it first.`;
      return refuseCompile('not_applicable', message);
    }
    const { current, revisions } = await keptRevisionsOf(target, live, surroundings.list);
    const wanted =
      toRevision ??
      Math.max(0, ...revisions.map(({ number }) => number).filter((number) => number < current));
    const chosen = revisions.find(({ number }) => number === wanted);
    if (chosen === undefined) return noSuchRevision(target, wanted, revisions);
    if (wanted === current) {
      const message = `${target.kind} ${target.name} is at revision ${current} already. Nothing to change.`;
      return refuseCompile('no_change', message);
    }
    const title = `Roll back ${target.kind} ${target.name} from revision ${current} to ${wanted}`;
    const { template } = chosen;
    const present = new Set(imagesOf(templateOf(live)).values());
    const images = [...imagesOf(template).values()].filter((image) => !present.has(image));
    const stays = whyNotRolling(live);
    const step = draftOfWrite(
      live,
      { target, summary: title, values: { '/spec/template': template }, alsoPinned: ['/spec/paused'] },
      replacesPods('rollback', target, live, {
        images: [...new Set(images)],
        ...(chosen.readyPods !== undefined && { staying: chosen.readyPods }),
      }),
      templateConditions(target, live, surroundings.timing),
    );
    return compiledStep(title, step, stays === undefined ? [] : [stays]);
  },

  fields: ({ toRevision }) => [
    {
      name: 'revision',
      label: 'Revision',
      kind: 'whole_number',
      value: toRevision === undefined ? '' : String(toRevision),
      minimum: 1,
      maximum: MAX_REVISION,
      hint: 'The number of an earlier revision that is still kept.',
    },
  ],

  edit: (operation, { revision }) => ({
    ...operation,
    ...(revision !== undefined && { toRevision: Number(revision) }),
  }),
};

function templateOf(workload: KubeObject) {
  return (readJsonPointer(workload, '/spec/template') ?? {}) as Parameters<typeof imagesOf>[0];
}

function noSuchRevision(target: WorkloadRef, wanted: number, revisions: RevisionHistory['revisions']) {
  const kept = revisions.map(({ number }) => number).sort((left, right) => left - right);
  const which = wanted === 0 ? 'has no earlier revision' : `has no revision ${wanted}`;
  return refuseCompile(
    'no_such_revision',
    `${target.kind} ${target.name} ${which}. Revisions kept: ${kept.join(', ') || 'none'}.`,
  );
}
