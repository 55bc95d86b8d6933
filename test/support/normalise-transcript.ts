/**
 * Takes out of an answer what differs from run to run: moments, counts, ids, the random part of pod names, and the
 * width of columns. What is left is the words, which is what a golden transcript is about.
 */
export function normaliseTranscript(text: string): string {
  return text
    .replaceAll(/\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z| UTC)?/g, 'MOMENT')
    .replaceAll(/\b\d{2}:\d{2}(?::\d{2})?\b/g, 'MOMENT')
    .replaceAll(/\bp-[0-9a-hjkmnp-tv-z]{8}\b/g, 'PLAN')
    .replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'UID')
    .replaceAll(/\b[0-9a-f]{40,64}\b/g, 'DIGEST')
    .replaceAll(/\b([a-z][a-z0-9-]*?)-[a-f0-9]{8,10}-[a-z0-9]{5}(?![a-z0-9])/g, '$1-HASH-POD')
    .replaceAll(/\b(pod-template-hash: |["']?)[a-f0-9]{8,10}\b/g, '$1HASH')
    .replaceAll(/\bx_[0-9a-f]{24}\b/g, 'REFERENCE')
    .replaceAll(/\d+(?:\.\d+)?/g, '#')
    .replaceAll(/(?:# (?:days?|h|min|s) ?)+(?=ago)/g, 'A WHILE ')
    .replaceAll(/[─-╿]+/g, '|')
    .replaceAll(/-{4,}/g, '----')
    .replaceAll(/[ \t]{2,}/g, '  ')
    .replaceAll(/[ \t]+\|/g, ' |')
    .replaceAll(/[ \t]+$/gm, '');
}
