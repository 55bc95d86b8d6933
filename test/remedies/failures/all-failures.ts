import type { Failure } from '../scenario.ts';
import { AFTER_RELEASE } from './after-release.ts';
import { ON_DEMO } from './demo-company.ts';
import { FROM_THE_START } from './from-the-start.ts';
import { LEFT_SO } from './left-so.ts';

/** What on-call engineers meet, also where we have no remedy for it. */
export const FAILURES: readonly Failure[] = [...AFTER_RELEASE, ...FROM_THE_START, ...LEFT_SO, ...ON_DEMO];
