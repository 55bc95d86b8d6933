let lastFormatted = { second: Number.NaN, text: '' };

/** A moment as Kubernetes writes it: whole seconds, UTC. */
export function formatTime(atMs: number): string {
  const second = Math.floor(atMs / 1000);
  // One write stamps the same second many times.
  if (second !== lastFormatted.second) {
    lastFormatted = { second, text: `${new Date(second * 1000).toISOString().slice(0, 19)}Z` };
  }
  return lastFormatted.text;
}

/** A moment with nanoseconds, as container logs with timestamps and micro-time fields have it. */
export function formatNanoTime(atMs: number): string {
  return new Date(atMs).toISOString().replace('Z', '000000Z');
}

/** Milliseconds since 1970 of a Kubernetes time. */
export function parseTime(text: string): number {
  return Date.parse(text);
}
