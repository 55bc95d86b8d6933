import { type ChatAnswer, type ChatModel, type ChatRequest, OPS_ERROR_CODES, OpsError } from '@jamie/core';

/** Says what a run says that it said, in order, whatever it is asked; then it is out of reach. */
export class ScriptedModel implements ChatModel {
  readonly name = 'scripted';
  readonly #answers: string[];
  readonly #heard: (prompt: string) => void;

  constructor(answers: readonly string[], heard: (prompt: string) => void) {
    this.#answers = [...answers];
    this.#heard = heard;
  }

  async chat({ messages }: ChatRequest): Promise<ChatAnswer> {
    this.#heard(messages.map(({ content }) => content).join('\n'));
    const text = this.#answers.shift() ?? 'error:unavailable';
    const code = OPS_ERROR_CODES.find((each) => text === `error:${each}`);
    if (code !== undefined) throw new OpsError(code, 'the script says so');
    return { text, isWhole: true, inputTokens: 1, outputTokens: 1 };
  }
}
