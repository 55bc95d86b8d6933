import type { Backend } from '../backends/backend.ts';
import { type Change, unless } from './change.ts';
import { trialObjects } from './trial-objects.ts';

const REPLICAS = { before: 2, after: 3 } as const;
const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

interface Template {
  readonly spec: {
    readonly template: { readonly metadata: { readonly annotations?: Readonly<Record<string, string>> } };
  };
}

/** Two Deployments: the first is scaled, then the second is restarted. */
export const several: Change = {
  name: 'several',
  async prepare({ backend, trial }) {
    const { objects, one, two, request, scaled, restarted } = await deployTwo(backend, trial);
    return {
      request,
      ends: 'succeeded',
      effects: [scaled, restarted],
      async judge() {
        const [first, second] = await Promise.all([backend.readDeployment(one), backend.readDeployment(two)]);
        const { spec } = await objects.read<Template>('deployments', two);
        return [
          ...unless(first.generation === 2, `${one} changed ${first.generation - 1} times`),
          ...unless(first.replicas === REPLICAS.after, `${one} has ${first.replicas} replicas`),
          ...unless(second.generation === 2, `${two} changed ${second.generation - 1} times`),
          ...unless(
            spec.template.metadata.annotations?.[RESTARTED_AT] !== undefined,
            `${two} was not restarted`,
          ),
        ];
      },
      remove: () => objects.remove(),
    };
  },
};

/** The same, and somebody else changes the second as soon as the first is scaled: the first is taken back exactly. */
export const severalMoved: Change = {
  name: 'several, moved',
  async prepare({ backend, trial }) {
    const { objects, one, two, request, scaled } = await deployTwo(backend, trial);
    return {
      request,
      ends: 'rolled_back',
      effects: [scaled, scaled],
      interruption: {
        at: 'cluster.send:after#1',
        carryOut: () =>
          objects.change('deployments', two, {
            spec: { template: { metadata: { annotations: { 'example.com/by': 'somebody' } } } },
          }),
      },
      async judge() {
        const [first, second] = await Promise.all([backend.readDeployment(one), backend.readDeployment(two)]);
        const { spec } = await objects.read<Template>('deployments', two);
        return [
          ...unless(
            first.generation === 3,
            `${one} changed ${first.generation - 1} times, not there and back`,
          ),
          ...unless(first.replicas === REPLICAS.before, `${one} was left with ${first.replicas} replicas`),
          ...unless(second.generation === 2, `${two} changed ${second.generation - 1} times`),
          ...unless(
            spec.template.metadata.annotations?.[RESTARTED_AT] === undefined,
            `${two} was restarted although somebody had moved it`,
          ),
        ];
      },
      remove: () => objects.remove(),
    };
  },
};

async function deployTwo(backend: Backend, trial: string) {
  const objects = trialObjects(backend);
  const [one, two] = [`${trial}-one`, `${trial}-two`];
  await Promise.all([objects.deploy(one, REPLICAS.before), objects.deploy(two, REPLICAS.before)]);
  const place = `-n ${backend.namespace}`;
  return {
    objects,
    one,
    two,
    request: `several scale deploy/${one} ${REPLICAS.after} ${place} then restart deploy/${two} ${place}`,
    scaled: new RegExp(`^patch deployments(/scale)? ${one}$`),
    restarted: new RegExp(`^patch deployments ${two}$`),
  };
}
