import type { Analyzer } from '../define-analyzer.ts';
import { cronJobDeadlineTooShort } from './cron-job-deadline-too-short.ts';
import { cronJobInvalidSchedule } from './cron-job-invalid-schedule.ts';
import { cronJobMissed } from './cron-job-missed.ts';
import { cronJobNeverSucceeded } from './cron-job-never-succeeded.ts';
import { jobSuspended } from './job-suspended.ts';
import { jobTakesTooLong } from './job-takes-too-long.ts';

/** The detections about Jobs and their schedules beside failure and suspension, in the order of their codes. */
export const JOB_ANALYZERS: readonly Analyzer[] = [
  cronJobInvalidSchedule,
  cronJobDeadlineTooShort,
  cronJobMissed,
  cronJobNeverSucceeded,
  jobTakesTooLong,
  jobSuspended,
];
