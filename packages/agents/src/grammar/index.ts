export { COMMANDS, type CommandName, findCommand, type Intent, type IntentOf } from './command-list.ts';
export type { CommandSpec, CommandTier } from './command-spec.ts';
export { formatIntent } from './format-intent.ts';
export { ASK_REASONS, type AskReason, type ParsedText } from './intent.ts';
export { describeOption, OPTIONS, type OptionName } from './options.ts';
export type { Place, ReplicaAmount } from './parameters.ts';
export { parseCommand } from './parse-command.ts';
export { parseSentence } from './parse-sentence.ts';
export { type Vocabulary, vocabularyOf } from './vocabulary.ts';
