import type { ObjectRef } from '@jamie/core';

/** `1 pod`, `3 pods`. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}

/** A duration as people say it, in its largest fitting unit: `45 s`, `12 min`, `3 h`, `2 days`. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1_000));
  if (!Number.isFinite(seconds)) return 'an unknown time';
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** A moment to the minute: `2026-11-22 06:24 UTC`. */
export function formatMinute(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listOf(words: readonly string[]): string {
  if (words.length <= 1) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** The first few names, and how many more there are. */
export function someOf(words: readonly string[], atMost = 3): string {
  if (words.length <= atMost) return listOf(words);
  return `${words.slice(0, atMost).join(', ')} and ${words.length - atMost} more`;
}

/** An object within its namespace: `Deployment checkout`. */
export function shortName(ref: ObjectRef): string {
  return `${ref.kind} ${ref.name}`;
}

/** Label pairs as kubectl writes them: `app=checkout,tier=web`. */
export function formatLabels(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',');
}

/** The same text with a capital first letter. */
export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
