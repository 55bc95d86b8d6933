import type { Program } from '../../kubelet/program.ts';
import { image, server, serverRun } from '../images.ts';
import { app, deployment } from '../manifests.ts';
import { MINUTES_PER_DAY, type Scenario } from '../scenario.ts';

const BEFORE = image('shop-search-indexer', '3.1.0');
const AFTER = image('shop-search-indexer', '3.2.0');

const line = (message: string): string =>
  `{"time":"{time}","level":"info","service":"search-indexer","msg":"${message}"}`;

/** Keeps the whole product index in memory: about 410 MiB. */
const bigIndex: Program = () => ({
  ...serverRun({ name: 'search-indexer', port: 8080, memoryMebibytes: 410, startupMs: 6_000 }),
  output: [
    { afterMs: 20, text: line('starting search-indexer') },
    { afterMs: 400, text: line('loading product index into memory segments=48') },
    { afterMs: 2_500, text: line('index segment loaded segment=17/48 heap_mib=171') },
    { afterMs: 5_200, text: line('index segment loaded segment=29/48 heap_mib=248') },
  ],
});

const base = {
  namespace: 'shop',
  name: 'search-indexer',
  port: 8080,
  replicas: 2,
  team: 'shop',
  memoryLimit: '256Mi',
};

/** A release whose memory outgrew the limit: every start is killed while it loads. */
export const SEARCH_INDEXER_MEMORY: Scenario = {
  images: {
    [BEFORE]: server({ name: 'search-indexer', port: 8080, memoryMebibytes: 180 }),
    [AFTER]: bigIndex,
  },
  steps: [
    {
      minutesAgo: 20 * MINUTES_PER_DAY,
      apply: app({ ...base, image: BEFORE, changeCause: 'release 3.1.0' }),
    },
    {
      minutesAgo: 73,
      apply: [
        deployment({
          ...base,
          image: AFTER,
          changeCause: 'release 3.2.0: in-memory index',
          strategy: { type: 'Recreate' },
        }),
      ],
    },
  ],
};
