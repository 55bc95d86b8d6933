import { type Intent, type ParsedText, parseCommand } from '@jamie/agents/grammar';
import { OpsError } from '@jamie/core';

const DENIED_WITH_REASON = /^deny (?!p-)(?<reason>.+)$/;

/**
 * The intent that a label's command stands for. Throws config_invalid when it is no command. A denial with a reason
 * and no plan cannot be typed as a command, where the plan comes first, but can be said.
 */
export function readLabel(command: string): Intent {
  const reason = DENIED_WITH_REASON.exec(command)?.groups?.['reason'];
  if (reason !== undefined) return { kind: 'deny', reason };
  const parsed: ParsedText = parseCommand(command);
  if (parsed.kind === 'intent') return parsed.intent;
  throw new OpsError('config_invalid', `the label "${command}" is no command`);
}
