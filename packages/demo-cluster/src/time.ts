/** A moment as Kubernetes writes it: whole seconds, UTC. */
export function formatTime(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}Z`;
}

/** A moment with nanoseconds, as container logs with timestamps and micro-time fields have it. */
export function formatNanoTime(atMs: number): string {
  return new Date(atMs).toISOString().replace('Z', '000000Z');
}

/** Milliseconds since 1970 of a Kubernetes time. */
export function parseTime(text: string): number {
  return Date.parse(text);
}
