import { describeOption, findOption, OPTIONS, type OptionName } from './options.ts';
import { straighten, type Token, tokenize } from './tokenize.ts';

/** A typed command, split into its words and options. */
export interface CommandWords {
  readonly words: readonly string[];
  /** A flag's value is the empty text. */
  readonly options: Readonly<Partial<Record<OptionName, string>>>;
  /** Everything after the command's name, as typed: reasons and questions keep their spelling. */
  readonly rest: string;
  /** Like `rest`, after the first word. */
  readonly afterFirst: string;
}

export type SplitResult =
  | { readonly kind: 'split'; readonly words: CommandWords }
  | { readonly kind: 'invalid'; readonly message: string };

const FLAG = /^-{1,2}[a-z]/i;

/**
 * Splits what follows a command's name. `--option value` and `--option=value` both work; an option that the command
 * does not take is refused with the ones that it takes.
 */
export function splitCommand(text: string, taken: readonly OptionName[]): SplitResult {
  const rest = straighten(text).trim();
  const tokens = tokenize(rest);
  const words: string[] = [];
  const options: Partial<Record<OptionName, string>> = {};
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) break;
    if (token.isQuoted || !FLAG.test(token.text)) {
      words.push(token.text);
      continue;
    }
    const read = readOption(token, tokens[index + 1], taken);
    if (read.kind === 'invalid') return read;
    options[read.option] = read.value;
    if (read.tookNext) index += 1;
  }
  const first = tokens[0];
  const afterFirst = first === undefined ? '' : rest.slice(first.end).trim();
  return {
    kind: 'split',
    words: { words, options, rest: withoutQuotes(rest), afterFirst: withoutQuotes(afterFirst) },
  };
}

/** A reason in quotes is the reason: a shell, or a careful person, has put them there. */
function withoutQuotes(text: string): string {
  const [only, ...others] = tokenize(text);
  return only?.isQuoted === true && others.length === 0 ? only.text : text;
}

type OptionReading =
  | {
      readonly kind: 'option';
      readonly option: OptionName;
      readonly value: string;
      readonly tookNext: boolean;
    }
  | { readonly kind: 'invalid'; readonly message: string };

function readOption(token: Token, next: Token | undefined, taken: readonly OptionName[]): OptionReading {
  const [flag = '', ...parts] = token.text.split('=');
  const inline = parts.length === 0 ? undefined : parts.join('=').replaceAll(/^["']|["']$/g, '');
  const option = findOption(flag);
  if (option === undefined || !taken.includes(option)) return unknownOption(flag, taken);
  const { takes, example } = OPTIONS[option];
  if (takes === 'flag') return { kind: 'option', option, value: '', tookNext: false };
  if (inline !== undefined && inline !== '')
    return { kind: 'option', option, value: inline, tookNext: false };
  const isValue = next !== undefined && (next.isQuoted || !FLAG.test(next.text));
  if (takes === 'optional') {
    const isTime = isValue && /^\d/.test(next.text);
    return { kind: 'option', option, value: isTime ? next.text : '', tookNext: isTime };
  }
  if (!isValue || next.text === '')
    return { kind: 'invalid', message: `${flag} needs a value, for example ${flag} ${example}.` };
  return { kind: 'option', option, value: next.text, tookNext: true };
}

function unknownOption(flag: string, taken: readonly OptionName[]): OptionReading {
  const known = taken.length === 0 ? 'It takes none.' : `Options: ${taken.map(describeOption).join(', ')}.`;
  return { kind: 'invalid', message: `I don't know the option ${flag} here. ${known}` };
}
