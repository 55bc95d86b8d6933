import { formatIntent } from '../format-intent.ts';
import { parseSentence } from '../parse-sentence.ts';
import type { Vocabulary } from '../vocabulary.ts';

/** The names that exist where the sentences of these tests are spoken; some are English words, some are commands. */
export const WORLD: Vocabulary = {
  clusters: new Set(['blue', 'green-one']),
  namespaces: new Set(['finance', 'travel', 'data']),
  objects: new Set([
    'billing',
    'quotes',
    'price-feed',
    'booking-api',
    'ledger',
    'events',
    'health',
    'search',
    'scale-runner',
    'restart-bot',
    'stock-2',
    'ledger-0',
    'machine-7',
  ]),
};

/** What was understood, as it would be typed; a question back as `asks` and its reason. */
export function understand(text: string): string {
  const parsed = parseSentence(text, WORLD);
  if (parsed.kind === 'intent') return formatIntent(parsed.intent);
  return parsed.kind === 'ask' ? `asks ${parsed.reason}` : `invalid: ${parsed.message}`;
}
