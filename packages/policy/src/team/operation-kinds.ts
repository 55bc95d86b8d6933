import type { DirectOperation } from '@jamie/core';

/** The names under which operations stand in a policy; the compiler keeps them those of the catalogue. */
const EVERY: Readonly<Record<DirectOperation['kind'], true>> = {
  scale: true,
  restart: true,
  rollback: true,
  pause: true,
  resume: true,
  set_image: true,
  resize: true,
  cordon: true,
  uncordon: true,
  drain: true,
  delete_pod: true,
  apply: true,
  delete: true,
  suspend: true,
  unsuspend: true,
  run_cron_job: true,
  rerun_job: true,
  autoscale: true,
  label: true,
  annotate: true,
};

export const OPERATION_KINDS = Object.keys(EVERY) as [DirectOperation['kind'], ...DirectOperation['kind'][]];
