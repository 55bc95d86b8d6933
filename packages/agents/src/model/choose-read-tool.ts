import type { ChatModel } from '@jamie/core';
import { describeModelFailure } from './model-failure.ts';
import { loadPrompts } from './prompts.ts';
import { quoteData } from './quote-data.ts';
import { readChoice, type ToolChoice } from './read-choice.ts';
import { choiceSchema, type ReadTool } from './tool-schema.ts';

export interface ChoiceRequest {
  readonly question: string;
  /** What is offered; anything but a tool that only reads is left out. */
  readonly tools: readonly ReadTool[];
  /** Names that the conversation spoke of before, which the question may mean. */
  readonly names?: readonly string[];
  readonly signal: AbortSignal;
}

const MAX_ANSWER_TOKENS = 200;

/**
 * Has a model choose what to look at. Whatever it answers, the result is a command that only reads, or none. A failure
 * of the model is a result. Throws cancelled when the signal aborts, and config_invalid when a prompt is spoilt.
 */
export async function chooseReadTool(model: ChatModel, request: ChoiceRequest): Promise<ToolChoice> {
  const { question, names = [], signal } = request;
  const tools = request.tools.filter(({ tier, name }) => tier === 'read' && name !== 'ask');
  if (tools.length === 0) return { kind: 'none', reason: 'there was nothing for the model to choose from' };
  const prompts = loadPrompts();
  const system = prompts.chooseReadTool.fill({ tools: tools.map(describeTool).join('\n') });
  const user = prompts.question.fill({ question: quoteData([question]), names: quoteData(names) });
  try {
    const answer = await model.chat({
      messages: [
        { role: 'system', content: system },
        { role: 'user', content: user },
      ],
      schema: choiceSchema(tools),
      maxTokens: MAX_ANSWER_TOKENS,
      signal,
    });
    return readChoice(answer.text, tools, [question, ...names].join('\n'));
  } catch (error) {
    return { kind: 'none', reason: describeModelFailure(error) };
  }
}

function describeTool({ name, summary, usage }: ReadTool): string {
  return `- ${name}: ${summary}. As a person types it: ${`${name} ${usage}`.trim()}`;
}
