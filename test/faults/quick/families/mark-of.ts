/** What somebody else writes into the very field that a change of this kind is about. A merge patch. */
export function markOf(kind: string, value = 'somebody-else'): object {
  if (kind === 'suspend') return { spec: { suspend: value === 'somebody-else', schedule: '0 1 1 1 *' } };
  const mark = { 'example.com/trial': value };
  return { metadata: kind === 'label' ? { labels: mark } : { annotations: mark } };
}
