import type { OperationRequest } from '@jamie/core';

type Direct = Extract<OperationRequest, { kind: 'several' }>['operations'][number];

/** An object of the trial, made by the administrator, and a change of it to ask for. */
export interface MadeChange {
  readonly operation: Direct;
  readonly collection: 'configmaps' | 'cronjobs' | 'deployments';
  readonly object: string;
}
