/** A typed command, split into its words and options. */
export interface CommandWords {
  readonly name: string;
  readonly words: readonly string[];
  readonly namespace?: string;
  readonly cluster?: string;
  readonly toRevision?: string;
  /** Everything after the name, as typed: reasons keep their spelling. */
  readonly rest: string;
}

const OPTIONS: Readonly<Record<string, 'namespace' | 'cluster' | 'toRevision'>> = {
  '-n': 'namespace',
  '--namespace': 'namespace',
  '--cluster': 'cluster',
  '-c': 'cluster',
  '--to': 'toRevision',
  '--to-revision': 'toRevision',
};

export type SplitResult =
  | { readonly kind: 'split'; readonly command: CommandWords }
  | { readonly kind: 'invalid'; readonly message: string };

/** Splits the text of a command. `--option value` and `--option=value` both work; an unknown option is refused. */
export function splitCommand(text: string): SplitResult {
  const trimmed = text.trim();
  const [name = '', ...tokens] = trimmed.split(/\s+/);
  const words: string[] = [];
  const options: Record<string, string> = {};
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] ?? '';
    if (!/^-{1,2}[a-z]/i.test(token)) {
      words.push(token);
      continue;
    }
    const [flag = '', inline] = token.split('=', 2);
    const option = OPTIONS[flag];
    if (option === undefined)
      return invalid(
        `I don't know the option ${flag}. Options: -n NAMESPACE, --cluster NAME, --to REVISION.`,
      );
    const value = inline ?? tokens[index + 1];
    if (value === undefined || value === '')
      return invalid(`${flag} needs a value, for example ${flag} payments.`);
    if (inline === undefined) index += 1;
    options[option] = value;
  }
  return {
    kind: 'split',
    command: { name: name.toLowerCase(), words, ...options, rest: trimmed.slice(name.length).trim() },
  };
}

function invalid(message: string): SplitResult {
  return { kind: 'invalid', message };
}
