import type { IntentOf } from '../../grammar/command-list.ts';
import type { LogTarget } from './log-target.ts';
import type { LogText } from './read-log.ts';

/** A log that was read, for whom it was read, and why it is this one. */
export interface LogReading {
  readonly intent: IntentOf<'logs'>;
  /** How the object that was named is called, for example `Deployment shop/checkout`. */
  readonly subject: string;
  readonly target: LogTarget;
  readonly log: Extract<LogText, { kind: 'read' }>;
  readonly now: number;
}
