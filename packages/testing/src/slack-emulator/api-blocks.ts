import { isJsonObject } from '@jamie/core';
import {
  type ApiAnswer,
  type ApiArguments,
  type ApiMethod,
  jsonArgument,
  refuse,
  refuseArguments,
} from './api-answer.ts';
import { validateBlocks } from './block-kit-validator.ts';
import { validateView } from './view-validator.ts';

/** Validation without an effect. */
export const blockMethods: Readonly<Record<string, ApiMethod>> = {
  'blocks.validate': { token: 'bot', handle: validate },
};

function validate(args: ApiArguments): ApiAnswer {
  const blocks = jsonArgument(args, 'blocks');
  const message = jsonArgument(args, 'message');
  const view = jsonArgument(args, 'view');
  if ([blocks, message, view].filter((given) => given !== undefined).length !== 1) {
    return refuseArguments('[ERROR] must provide blocks, message or view [json-pointer:/]');
  }
  const problems =
    view === undefined
      ? validateBlocks(message === undefined ? blocks : blocksOf(message))
      : validateView(view);
  if (problems.length === 0) return { ok: true };
  return refuse('invalid_blocks', {
    errors: problems.map(toError),
    response_metadata: { messages: problems },
  });
}

function blocksOf(message: unknown): unknown {
  return isJsonObject(message) ? (message['blocks'] ?? []) : message;
}

function toError(problem: string) {
  const [, text = problem, pointer = ''] = /^\[ERROR\] (.*) \[json-pointer:(.*)\]$/.exec(problem) ?? [];
  return { code: 'invalid_block', message: text, pointer };
}
