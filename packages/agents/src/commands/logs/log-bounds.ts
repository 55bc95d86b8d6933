/** The most that is read of a log at once; the end of it where there is more. */
export const MAX_LOG_LINES = 5_000;
export const MAX_LOG_BYTES = 1024 * 1024;

/** What of it fits into a message; the rest is in a file. */
export const SHOWN_LINES = 40;
export const SHOWN_CHARACTERS = 2_800;
