import { type Change, unless } from './change.ts';
import { trialObjects } from './trial-objects.ts';

interface ConfigMap {
  readonly data: Readonly<Record<string, string>>;
}

/** Two manifests in one message: an object that there is, and one that there is not. */
export const apply: Change = {
  name: 'apply',
  async prepare({ backend, trial }) {
    const objects = trialObjects(backend);
    const [known, fresh] = [`${trial}-known`, `${trial}-fresh`];
    await objects.create('configmaps', configMap(known, { colour: 'blue' }));
    objects.expect('configmaps', fresh);
    const manifests = [configMap(known, { shade: 'dark' }), configMap(fresh, { shape: 'round' })];
    const text = manifests.map((manifest) => JSON.stringify(manifest)).join('\n---\n');
    return {
      request: `apply -n ${backend.namespace}\n\`\`\`\n${text}\n\`\`\``,
      ends: 'succeeded',
      effects: [new RegExp(`^patch configmaps ${known}$`), new RegExp(`^patch configmaps ${fresh}$`)],
      async judge() {
        const [one, two] = await Promise.all([
          objects.read<ConfigMap>('configmaps', known),
          objects.read<ConfigMap>('configmaps', fresh),
        ]);
        return [
          ...unless(
            one.data['colour'] === 'blue' && one.data['shade'] === 'dark',
            `left ${JSON.stringify(one.data)}`,
          ),
          ...unless(two.data['shape'] === 'round', `made ${JSON.stringify(two.data)}`),
        ];
      },
      remove: () => objects.remove(),
    };
  },
};

function configMap(name: string, data: Readonly<Record<string, string>>) {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data };
}
