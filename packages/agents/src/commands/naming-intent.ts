import type { Intent } from '../grammar/command-list.ts';
import type { Place } from '../grammar/parameters.ts';

/** An intent that names an object by words. */
export type NamingIntent = Extract<Intent, { words: readonly string[]; place: Place }>;
