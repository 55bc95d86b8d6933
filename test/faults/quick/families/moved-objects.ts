import { trialObjects } from '../../changes/trial-objects.ts';
import { type Asked, approveAll, askForPlans, endsOf } from '../ask-for-plans.ts';
import type { Family } from '../family.ts';
import { FIELD_KINDS, remade } from '../make-change.ts';
import type { QuickTrial } from '../quick-trial.ts';

const PLANS = 4;
type Move = 'field' | 'remade' | 'gone' | 'replicas';

/** F10: somebody else changes the object between the preview and the approval. */
export const movedObjects: Family = {
  id: 'F10',
  title: 'object changed between preview and approval',
  sample: 5,
  async play(trial) {
    const { dice } = trial;
    await trial.begin();
    const withScale = dice.chance(0.25);
    const asked = await askForPlans(trial, PLANS, () => [withScale ? 'scale' : dice.oneOf(FIELD_KINDS)]);
    for (const each of asked) {
      await move(
        trial,
        each,
        withScale ? dice.oneOf(['replicas', 'gone']) : dice.oneOf(['field', 'remade', 'gone']),
      );
    }
    const records = await approveAll(trial, asked);
    for (const { plan, status } of records) {
      if (!['stale', 'refused', 'failed'].includes(status))
        trial.violations.push(`I4: ${plan.id} is ${status} although its object had been moved`);
    }
    const writes = (await trial.site.backend.writesOf(trial.name)).filter(({ code }) => code < 300);
    if (writes.length > 0) trial.violations.push(`I4: ${writes.length} writes on moved objects`);
    return { faults: PLANS, trials: PLANS, expected: { isTouched: true }, ended: endsOf(records) };
  },
};

/** What somebody else does to the object of a plan: to the very field, to the object as a whole, or to its replicas. */
async function move(trial: QuickTrial, { parts }: Asked, how: Move): Promise<void> {
  const objects = trialObjects(trial.site.backend);
  for (const { collection, object, operation } of parts) {
    if (how === 'replicas') await objects.change('deployments', object, { spec: { replicas: 3 } });
    if (how === 'field') await objects.change(collection, object, fieldOf(operation.kind));
    if (how === 'gone' || how === 'remade') await objects.removeNow(collection, object);
    if (how === 'remade') await objects.create(collection, remade(collection, object));
  }
}

function fieldOf(kind: string): object {
  if (kind === 'suspend') return { spec: { suspend: true } };
  const mark = { 'example.com/trial': 'somebody-else' };
  return { metadata: kind === 'label' ? { labels: mark } : { annotations: mark } };
}
