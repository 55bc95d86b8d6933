import { type ReactNode, useState } from 'react';
import { byPlace } from '../data/by-place.ts';
import { type DiffLine, parseDiff } from '../data/parse-diff.ts';

/** A longer diff is folded: the card's buttons must stay in sight. */
const SHOWN_LINES = 30;

const SPOKEN = { added: 'added: ', removed: 'removed: ', context: undefined, place: undefined } as const;

/** What would change, as the API server's dry run said. Sign and colour both say which way. */
export function DiffView({ diff }: { readonly diff: string }): ReactNode {
  const [unfolded, setUnfolded] = useState(false);
  const lines = parseDiff(diff);
  if (lines.length === 0) return null;
  const shown = unfolded ? lines : lines.slice(0, SHOWN_LINES);
  return (
    <figure className="diff" aria-label="What changes">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard. */}
      <pre tabIndex={0}>
        {byPlace(shown).map(([key, line]) => (
          <DiffRow key={key} line={line} />
        ))}
      </pre>
      {shown.length < lines.length && (
        <button type="button" className="link-button" onClick={() => setUnfolded(true)}>
          Show all {lines.length} lines
        </button>
      )}
    </figure>
  );
}

function DiffRow({ line }: { readonly line: DiffLine }): ReactNode {
  const spoken = SPOKEN[line.kind];
  return (
    <span className={`diff-line diff-${line.kind}`}>
      {spoken !== undefined && <span className="spoken-only">{spoken}</span>}
      {`${line.text}\n`}
    </span>
  );
}
