import type { ReactNode } from 'react';
import type { Suggestion } from '../data/suggest.ts';

/** What an empty conversation shows: who is here, and what to try. Picking an example fills the input. */
export function Welcome({
  suggestions,
  onPick,
}: {
  readonly suggestions: readonly Suggestion[];
  readonly onPick: (text: string) => void;
}): ReactNode {
  return (
    <section className="welcome">
      <h2>What would you like to know?</h2>
      <p>
        Jamie answers questions about the cluster and shows the evidence. Scarlet plans changes, and carries
        them out once you approve.
      </p>
      <ul className="suggestions">
        {suggestions.map(({ text, purpose }) => (
          <li key={text}>
            <button type="button" onClick={() => onPick(text)}>
              <span className="suggestion-text">{text}</span>
              <span className="suggestion-purpose">{purpose}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
