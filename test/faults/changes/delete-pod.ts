import { type Change, unless } from './change.ts';
import { trialObjects } from './trial-objects.ts';

/** One pod of a Deployment goes, that very one; its ReplicaSet makes another. */
export const deletePod: Change = {
  name: 'delete_pod',
  async prepare({ backend, trial }) {
    const objects = trialObjects(backend);
    const deployment = `${trial}-web`;
    await objects.deploy(deployment, 2);
    const before = await objects.podsOf(deployment);
    const [{ name, uid }, other] = [before[0] ?? { name: '', uid: '' }, before[1]];
    return {
      request: `delete pod/${name} -n ${backend.namespace}`,
      ends: 'succeeded',
      effects: [new RegExp(`^delete pods ${name}$`)],
      async judge() {
        const after = await objects.podsOf(deployment);
        const uids = after.map((pod) => pod.uid);
        return [
          ...unless(!uids.includes(uid), `pod ${name} is still there`),
          ...unless(other !== undefined && uids.includes(other.uid), 'another pod went too'),
          ...unless(after.length === 2, `${after.length} pods are left`),
        ];
      },
      remove: () => objects.remove(),
    };
  },
};
