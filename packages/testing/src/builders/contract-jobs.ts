/**
 * The jobs that the JobQueue contract runs, with the payload {number: integer}; each adapter puts them into a catalog
 * of its own kind. The pause after a failed attempt is at most `backoffMs`, doubled with each.
 */
export const CONTRACT_JOBS = [
  { name: 'contract.work', maxAttempts: 3, backoffMs: 40, timeoutMs: 60_000 },
  { name: 'contract.slow', maxAttempts: 2, backoffMs: 40, timeoutMs: 200 },
] as const;
