/** A time that has passed, as short as a column of kubectl: `45s`, `12m`, `3h`, `16d`. A dash where it is not known. */
export function formatAge(ageMs: number): string {
  if (!Number.isFinite(ageMs)) return '–';
  const seconds = Math.max(0, Math.round(ageMs / 1_000));
  if (seconds < 120) return `${seconds}s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)}m`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)}h`;
  return `${Math.round(seconds / 86_400)}d`;
}
