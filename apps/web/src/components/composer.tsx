import { type KeyboardEvent, type ReactNode, type RefObject, type SubmitEvent, useId } from 'react';

interface ComposerProps {
  readonly draft: string;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly onDraft: (draft: string) => void;
  readonly onSend: () => void;
}

/** As long as the API takes. */
const LONGEST_TEXT = 4000;

/** Where a person types: Enter sends, Shift and Enter starts a new line, Escape leaves the field. */
export function Composer({ draft, field, onDraft, onSend }: ComposerProps): ReactNode {
  const hintId = useId();
  function send(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    onSend();
  }
  function readKey(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (event.key === 'Escape') event.currentTarget.blur();
    // While an input method is composing, Enter picks a word.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onSend();
  }
  return (
    <form className="composer" onSubmit={send}>
      <label className="spoken-only" htmlFor="composer-field">
        Ask Jamie, or type a command
      </label>
      <textarea
        id="composer-field"
        ref={field}
        rows={1}
        maxLength={LONGEST_TEXT}
        value={draft}
        placeholder="Ask, or type a command"
        aria-describedby={hintId}
        onChange={(event) => onDraft(event.target.value)}
        onKeyDown={readKey}
      />
      <button type="submit" className="button button-primary" aria-disabled={draft.trim() === ''}>
        Send
      </button>
      <p className="composer-hint" id={hintId}>
        Enter sends, Shift+Enter starts a new line. Nothing changes without an approved plan.
      </p>
    </form>
  );
}
