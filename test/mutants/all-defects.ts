import type { Defect } from './defect.ts';
import { coreDefects } from './defects/core.ts';

/** Every seeded defect, by part. */
export const ALL_DEFECTS: readonly Defect[] = [...coreDefects];
