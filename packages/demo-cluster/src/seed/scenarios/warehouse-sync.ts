import type { Program } from '../../kubelet/program.ts';
import { image } from '../images.ts';
import { cronJob } from '../manifests.ts';
import { MINUTES_PER_DAY, type Scenario } from '../scenario.ts';

const WORKING = image('data-warehouse-sync', '2.2.0');
const BROKEN = image('data-warehouse-sync', '2.3.0');
const base = {
  namespace: 'data',
  name: 'warehouse-sync',
  schedule: '15 2 * * *',
  backoffLimit: 1,
  team: 'data',
};

function run(lines: readonly string[], code: number): Program {
  return () => ({
    startupMs: 0,
    memoryBytes: 60 * 1024 ** 2,
    output: lines.map((text, index) => ({ afterMs: 400 * (index + 1), text })),
    exit: { afterMs: 400 * (lines.length + 1), code },
  });
}

/** A nightly Job whose new version looks for a table that was never made: it failed last night. */
export const WAREHOUSE_SYNC: Scenario = {
  images: {
    [WORKING]: run(['copying 31 tables', 'copied 1204233 rows', 'warehouse is up to date'], 0),
    [BROKEN]: run(['copying 32 tables', 'error: relation "orders_v2" does not exist'], 1),
  },
  steps: [
    { minutesAgo: 5 * MINUTES_PER_DAY, apply: [cronJob({ ...base, image: WORKING })] },
    { minutesAgo: 1.5 * MINUTES_PER_DAY, apply: [cronJob({ ...base, image: BROKEN })] },
  ],
};
