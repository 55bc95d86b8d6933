import { type Change, unless } from './change.ts';
import { trialObjects } from './trial-objects.ts';

const REPLICAS = { before: 2, after: 3 } as const;

/** One Deployment, one step. */
export const scale: Change = {
  name: 'scale',
  async prepare({ backend, trial }) {
    const objects = trialObjects(backend);
    await objects.deploy(trial, REPLICAS.before);
    return {
      request: `scale deploy/${trial} ${REPLICAS.after} -n ${backend.namespace}`,
      ends: 'succeeded',
      effects: [new RegExp(`^patch deployments(/scale)? ${trial}$`)],
      async judge() {
        const state = await backend.readDeployment(trial);
        return [
          ...unless(state.generation === 2, `the object changed ${state.generation - 1} times`),
          ...unless(state.replicas === REPLICAS.after, `the object has ${state.replicas} replicas`),
        ];
      },
      remove: () => objects.remove(),
    };
  },
};
