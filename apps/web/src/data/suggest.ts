/** An example that a person may pick from an empty conversation. */
export interface Suggestion {
  readonly text: string;
  readonly purpose: string;
}

const FALLBACK: readonly Suggestion[] = [
  { text: 'health', purpose: 'What is wrong anywhere, worst first' },
  { text: 'why is checkout crashing?', purpose: 'One workload, its cause and the evidence' },
  { text: 'scale deploy/checkout 5 -n shop', purpose: 'Plan a change; nothing happens until you approve' },
  { text: 'help', purpose: 'Everything that you can ask' },
];

const MOST = 6;

/** The server's examples, whose names exist on the connected cluster; without any, examples of the form alone. */
export function suggest(examples: readonly string[]): readonly Suggestion[] {
  if (examples.length === 0) return FALLBACK;
  return [...new Set(examples)].slice(0, MOST).map((text) => ({ text, purpose: purposeOf(text) }));
}

function purposeOf(text: string): string {
  if (/^(scale|restart|rollback)\b/i.test(text)) return 'Plan a change; nothing happens until you approve';
  if (/^why\b/i.test(text)) return 'The cause, with evidence';
  if (/^health\b/i.test(text)) return 'What is wrong anywhere, worst first';
  return /^help\b/i.test(text) ? 'Everything that you can ask' : 'Ask this';
}
