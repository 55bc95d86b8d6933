import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createPermitOffice } from '@jamie/core';
import { classifyOperation, createClusterClient, kubeconfigAccess } from '@jamie/kubernetes';
import { systemClock } from '@jamie/runtime';
import { RecordingLogger } from '@jamie/testing';
import { expect, it } from '@jest/globals';
import { describeOnControlPlane } from '../control-plane/describe-control-plane.ts';
import { nameOperation, plainRequest, readDiscovery } from './discovery/read-discovery.ts';

/** What the guarded transport does with every operation of the API server that the tests run. */
const TABLE = fileURLToPath(new URL('./discovery/classification.json', import.meta.url));

describeOnControlPlane('every operation of a live API server', (controlPlane) => {
  async function discover() {
    const api = controlPlane().api();
    return readDiscovery(async (path) => JSON.parse((await api({ method: 'GET', path })).text));
  }

  it('is classified, and as the table says: a new one is a difference, and refused', async () => {
    const operations = await discover();
    const classified = Object.fromEntries(
      operations.map((operation) => {
        const found = classifyOperation(operation);
        return [nameOperation(operation), found.kind === 'refused' ? `refused: ${found.reason}` : found.kind];
      }),
    );
    if (process.env['UPDATE_GOLDEN'] === '1')
      writeFileSync(TABLE, `${JSON.stringify(classified, null, 2)}\n`);
    expect(classified).toEqual(JSON.parse(readFileSync(TABLE, 'utf8')));
    const unknown = Object.keys(classified).filter((name) => classified[name] === 'refused: unknown');
    expect(unknown).toEqual([]);
  });

  it('is refused by the guarded transport unless it is a read or a review', async () => {
    const { kubeconfigPath } = controlPlane();
    const client = createClusterClient({
      cluster: 'real',
      access: await kubeconfigAccess({
        source: { paths: [kubeconfigPath] },
        context: 'test',
        clock: systemClock,
      }),
      permits: createPermitOffice(),
      clock: systemClock,
      logger: new RecordingLogger(),
    });
    const before = controlPlane().auditLog().length;
    const passed: string[] = [];
    let attempts = 0;
    for (const operation of await discover()) {
      const { kind } = classifyOperation(operation);
      if (kind === 'read' || kind === 'review') continue;
      const { namespaced, ...request } = plainRequest(operation);
      for (const path of [request.path, namespaced]) {
        attempts += 1;
        const code = await client.transport
          .send({ ...request, path, as: { user: 'bob', groups: ['payments-operators'] } })
          .then(
            () => 'sent',
            (error: { readonly code?: string }) => error.code,
          );
        if (code !== 'policy_denied') passed.push(`${nameOperation(operation)} ${path}: ${code}`);
      }
    }
    await client.close();
    expect(passed).toEqual([]);
    expect(attempts).toBeGreaterThan(500);
    const ours = controlPlane()
      .auditLog()
      .slice(before)
      .filter(({ user }) => user === 'jamie');
    expect(ours).toEqual([]);
  });
});
