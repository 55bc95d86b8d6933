import { createPermitOffice } from '@jamie/core';
import { loadConfig, systemClock } from '@jamie/runtime';
import { createTemporaryDirectory, RecordingLogger } from '@jamie/testing';
import { expect, it } from '@jest/globals';
import { openClusters } from './open-clusters.ts';

it('refuses a demo cluster that several processes would each have for themselves', async () => {
  const directory = createTemporaryDirectory();
  const config = loadConfig({ JAMIE_DATA_DIR: directory.path, JAMIE_REPLICAS: 'several' });
  const opening = openClusters(config, createPermitOffice(), new RecordingLogger(), systemClock);
  await expect(opening).rejects.toMatchObject({
    code: 'config_invalid',
    userMessage: expect.stringMatching(/Name a cluster.*DEMO_CLUSTER=off.*JAMIE_REPLICAS/s),
  });
  directory.remove();
});
