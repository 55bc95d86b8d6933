import { type ReactNode, type SubmitEvent, useId, useState } from 'react';
import type { Utterance } from '../data/utterance.ts';

interface ManifestFormProps {
  readonly onApply: (utterance: Utterance) => void;
}

/** As long as the API takes. */
const LONGEST_MANIFEST = 256 * 1024;

/** Where a manifest is pasted. Sending it makes a plan; its card shows what would change, and nothing has yet. */
export function ManifestForm({ onApply }: ManifestFormProps): ReactNode {
  const [manifest, setManifest] = useState('');
  const [namespace, setNamespace] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const isEmpty = manifest.trim() === '';
  function apply(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (isEmpty) return;
    const place = namespace.trim();
    onApply({ form: 'command', text: place === '' ? 'apply' : `apply -n ${place}`, manifest });
    setManifest('');
    setIsOpen(false);
  }
  return (
    <details className="manifest" open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>Apply a manifest</summary>
      <form onSubmit={apply}>
        <label htmlFor={`${id}-manifest`}>Objects as YAML or JSON</label>
        <textarea
          id={`${id}-manifest`}
          rows={10}
          maxLength={LONGEST_MANIFEST}
          spellCheck={false}
          value={manifest}
          onChange={(event) => setManifest(event.target.value)}
        />
        <label htmlFor={`${id}-namespace`}>Namespace, where an object names none</label>
        <input
          id={`${id}-namespace`}
          value={namespace}
          onChange={(event) => setNamespace(event.target.value)}
        />
        <button type="submit" className="button button-primary" aria-disabled={isEmpty}>
          Show what would change
        </button>
      </form>
    </details>
  );
}
