import type { Control } from '../scenario.ts';
import { HEALTHY } from './healthy.ts';
import { UNFIXABLE } from './unfixable.ts';

/** What has to be left alone. */
export const CONTROLS: readonly Control[] = [...HEALTHY, ...UNFIXABLE];
