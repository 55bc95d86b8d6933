import { createDemoCluster } from '@jamie/demo-cluster';
import { systemClock } from '@jamie/runtime';
import { expect, it } from '@jest/globals';
import { classifyOperation } from './classify-operation.ts';

interface Discovery {
  readonly groups?: readonly { readonly preferredVersion: { readonly groupVersion: string } }[];
  readonly resources?: readonly { readonly name: string; readonly verbs: readonly string[] }[];
}

it('knows every operation that the demo cluster lists', async () => {
  const cluster = createDemoCluster({ clock: systemClock, content: 'empty' });
  const { url, jamieToken } = await cluster.start();
  try {
    const get = async (path: string): Promise<Discovery> =>
      (
        await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${jamieToken}` } })
      ).json() as Discovery;
    const groups = (await get('/apis')).groups ?? [];
    const places = ['/v1', ...groups.map(({ preferredVersion }) => preferredVersion.groupVersion)];
    let count = 0;
    for (const place of places) {
      const [group = '', version = ''] = place.split('/');
      const path = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
      for (const { name, verbs } of (await get(path)).resources ?? []) {
        const [resource = '', subresource] = name.split('/');
        for (const verb of verbs) {
          const operation = {
            verb,
            group,
            version,
            resource,
            ...(subresource !== undefined && { subresource }),
          };
          expect({ operation, found: classifyOperation(operation) }).not.toMatchObject({
            found: { reason: 'unknown' },
          });
          count += 1;
        }
      }
    }
    expect(count).toBeGreaterThan(150);
  } finally {
    await cluster.stop();
  }
});
