import type { Condition, Metadata, PodTemplate, StoredObject } from './objects.ts';

export interface JobSpec {
  readonly parallelism: number;
  readonly completions?: number;
  readonly backoffLimit: number;
  readonly suspend?: boolean;
  readonly template: PodTemplate;
}

export interface JobStatus {
  readonly active?: number;
  readonly ready?: number;
  readonly succeeded?: number;
  readonly failed?: number;
  readonly startTime?: string;
  readonly completionTime?: string;
  readonly conditions?: readonly Condition[];
  readonly [field: string]: unknown;
}

export interface KubeJob extends StoredObject {
  readonly spec: JobSpec;
  readonly status: JobStatus;
}

export interface CronJob extends StoredObject {
  readonly spec: {
    readonly schedule: string;
    readonly suspend?: boolean;
    readonly concurrencyPolicy: 'Allow' | 'Forbid' | 'Replace';
    readonly successfulJobsHistoryLimit: number;
    readonly failedJobsHistoryLimit: number;
    readonly jobTemplate: {
      readonly metadata?: Pick<Metadata, 'labels' | 'annotations'>;
      readonly spec: JobSpec;
    };
  };
  readonly status: {
    readonly active?: readonly object[];
    readonly lastScheduleTime?: string;
    readonly lastSuccessfulTime?: string;
  };
}

export interface HorizontalPodAutoscaler extends StoredObject {
  readonly spec: {
    readonly scaleTargetRef: { readonly kind: string; readonly name: string };
    readonly minReplicas: number;
    readonly maxReplicas: number;
  };
  readonly status: {
    readonly currentReplicas?: number;
    readonly desiredReplicas?: number;
    readonly conditions?: readonly Condition[];
    readonly [field: string]: unknown;
  };
}

export interface ControllerRevision extends StoredObject {
  readonly data: unknown;
  readonly revision: number;
}
