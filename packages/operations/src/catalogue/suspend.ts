import type { KubeObject, OperationOf } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';
import { refuseCompile } from '../planning/step-draft.ts';
import { NOTHING_TO_EDIT, type OperationDefinition } from './operation-definition.ts';
import { switchFields } from './switch-fields.ts';

const SUSPEND = '/spec/suspend';

/** Stops a CronJob from starting runs. A run that has begun goes on. */
export const suspend: OperationDefinition<OperationOf<'suspend'>> = {
  ...NOTHING_TO_EDIT,
  async compile({ target }, { get, timing }) {
    const live = await get(target);
    if (readJsonPointer(live, SUSPEND) === true)
      return refuseCompile('no_change', `CronJob ${target.name} is suspended already. Nothing to change.`);
    const title = `Suspend CronJob ${target.name}`;
    const warnings = activeRunsOf(live).map((run) => `Job ${run} runs now and goes on to its end.`);
    const values = { [SUSPEND]: true };
    return switchFields({ operation: 'suspend', target, live, title, values, warnings }, timing);
  },
};

/** Lets a suspended CronJob start runs again. */
export const unsuspend: OperationDefinition<OperationOf<'unsuspend'>> = {
  ...NOTHING_TO_EDIT,
  async compile({ target }, { get, timing }) {
    const live = await get(target);
    if (readJsonPointer(live, SUSPEND) !== true)
      return refuseCompile('no_change', `CronJob ${target.name} is not suspended. Nothing to change.`);
    const title = `Resume CronJob ${target.name}`;
    const values = { [SUSPEND]: false };
    const warnings = missedRunWarnings(live);
    return switchFields({ operation: 'unsuspend', target, live, title, values, warnings }, timing);
  },
};

/** The names of the Jobs that a CronJob runs now. */
export function activeRunsOf(cronJob: KubeObject): readonly string[] {
  const active = readJsonPointer(cronJob, '/status/active');
  if (!Array.isArray(active)) return [];
  return (active as readonly { readonly name?: unknown }[]).flatMap(({ name }) =>
    typeof name === 'string' ? [name] : [],
  );
}

/** Without a deadline the controller starts a run that was missed, at once. */
function missedRunWarnings(cronJob: KubeObject): readonly string[] {
  return readJsonPointer(cronJob, '/spec/startingDeadlineSeconds') === undefined
    ? ['It has no starting deadline: a run that was missed meanwhile may start at once.']
    : [];
}
