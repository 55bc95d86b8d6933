import type { DirectOperation, OperationOf } from '@jamie/core';
import { annotate } from './annotate.ts';
import { apply } from './apply.ts';
import { autoscale } from './autoscale.ts';
import { cordon } from './cordon.ts';
import { deleteObject } from './delete-object.ts';
import { deletePod } from './delete-pod.ts';
import { drain } from './drain.ts';
import { label } from './label.ts';
import type { OperationDefinition } from './operation-definition.ts';
import { pause } from './pause.ts';
import { rerunJob } from './rerun-job.ts';
import { resize } from './resize.ts';
import { restart } from './restart.ts';
import { resume } from './resume.ts';
import { rollback } from './rollback.ts';
import { runCronJob } from './run-cron-job.ts';
import { scale } from './scale.ts';
import { setImage } from './set-image.ts';
import { suspend, unsuspend } from './suspend.ts';
import { uncordon } from './uncordon.ts';

/** Every operation that we can carry out. What is not here does not exist. */
const CATALOGUE: { readonly [K in DirectOperation['kind']]: OperationDefinition<OperationOf<K>> } = {
  scale,
  restart,
  rollback,
  pause,
  resume,
  set_image: setImage,
  resize,
  cordon,
  uncordon,
  drain,
  delete_pod: deletePod,
  apply,
  delete: deleteObject,
  suspend,
  unsuspend,
  run_cron_job: runCronJob,
  rerun_job: rerunJob,
  autoscale,
  label,
  annotate,
};

/** How an operation is carried out. */
export function definitionOf<O extends DirectOperation>(operation: O): OperationDefinition<O> {
  // The key and the operation are of the same kind, which the type of a looked-up entry cannot say.
  return CATALOGUE[operation.kind] as unknown as OperationDefinition<O>;
}
