import type { OperationOf } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';
import { wantedReplicasOf } from '../planning/replica-counts.ts';
import { compiledStep, draftOfWrite, refuseCompile } from '../planning/step-draft.ts';
import { NOTHING_TO_EDIT, type OperationDefinition } from './operation-definition.ts';
import { replacesPods, rolloutConditions } from './workload-facts.ts';

/** The annotation that `kubectl rollout restart` sets; a new value rolls the pods. */
const RESTARTED_AT = '/spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt';

/** Replaces every pod of a workload. The time is fixed in the plan, so that sending it again restarts nothing again. */
export const restart: OperationDefinition<OperationOf<'restart'>> = {
  ...NOTHING_TO_EDIT,
  async compile({ target }, { get, timing, now }) {
    const live = await get(target);
    const named = `${target.kind} ${target.name}`;
    if (readJsonPointer(live, '/spec/paused') === true) {
      return refuseCompile(
        'not_applicable',
        `${named} is paused; a restart would not roll. Resume it first.`,
      );
    }
    if (readJsonPointer(live, '/spec/updateStrategy/type') === 'OnDelete') {
      const message = `${named} has update strategy OnDelete; a restart would not roll. Delete its pods one by one instead.`;
      return refuseCompile('not_applicable', message);
    }
    const replicas = wantedReplicasOf(live);
    if (replicas === 0) {
      return refuseCompile('not_applicable', `${named} has no pods to restart. Scale it up instead.`);
    }
    const title = `Restart ${named} (${replicas} ${replicas === 1 ? 'pod' : 'pods'})`;
    const write = {
      target,
      summary: title,
      values: { [RESTARTED_AT]: new Date(now).toISOString() },
      alsoPinned: ['/spec/template', '/spec/paused'],
    };
    const conditions = rolloutConditions(target, replicas, timing);
    return compiledStep(title, draftOfWrite(live, write, replacesPods('restart', target, live), conditions));
  },
};
