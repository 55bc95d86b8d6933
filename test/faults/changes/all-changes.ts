import { apply } from './apply.ts';
import type { Change, ChangeName } from './change.ts';
import { deletePod } from './delete-pod.ts';
import { drain } from './drain.ts';
import { runCronJob } from './run-cron-job.ts';
import { scale } from './scale.ts';
import { several, severalMoved } from './several.ts';

export const CHANGES: Readonly<Record<ChangeName, Change>> = {
  scale,
  several,
  'several, moved': severalMoved,
  drain,
  apply,
  run_cron_job: runCronJob,
  delete_pod: deletePod,
};
