import type { ReplyChoice } from '@jamie/core';
import { type ReactNode, type SubmitEvent, useId, useState } from 'react';

interface ChoiceFormProps {
  readonly choice: ReplyChoice;
  readonly onCommand: (command: string) => void;
}

/** Asks which one was meant. Nothing is sent before one has been picked: the first is no default. */
export function ChoiceForm({ choice, onCommand }: ChoiceFormProps): ReactNode {
  const [picked, setPicked] = useState('');
  const fieldId = useId();
  function send(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const option = choice.options[Number(picked)];
    if (picked !== '' && option !== undefined) onCommand(option.command);
  }
  return (
    <form className="choice" onSubmit={send}>
      <label htmlFor={fieldId}>{choice.prompt === '' ? 'Choose one' : choice.prompt}</label>
      <select id={fieldId} value={picked} onChange={(event) => setPicked(event.target.value)}>
        <option value="">Choose…</option>
        {choice.options.map(({ label, command }, index) => (
          <option key={command} value={index}>
            {label}
          </option>
        ))}
      </select>
      <button type="submit" className="button" aria-disabled={picked === ''}>
        Ask
      </button>
    </form>
  );
}
