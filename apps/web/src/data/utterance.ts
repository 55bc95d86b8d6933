/** What a person typed, ready to be submitted. */
export interface Utterance {
  readonly form: 'command' | 'sentence';
  readonly text: string;
  /** What the command apply is about. */
  readonly manifest?: string;
}

const SLASH_COMMAND = /^\/(?:(?:jamie|scarlet)\b)?\s*/i;

/** Reads the input box: what starts with a slash is a command, all else a sentence. Undefined: nothing to send. */
export function parseUtterance(typed: string): Utterance | undefined {
  const text = typed.trim();
  const command = SLASH_COMMAND.exec(text);
  const utterance: Utterance =
    command === null
      ? { form: 'sentence', text }
      : { form: 'command', text: text.slice(command[0].length).trim() };
  return utterance.text === '' ? undefined : utterance;
}
