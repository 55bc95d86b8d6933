import type { ChatModel, Check, Clock, Logger } from '@jamie/core';
import type { Config } from '@jamie/runtime';

export interface ConnectedModel {
  /** Absent: every answer comes from the analyzers, and says so. */
  readonly model?: ChatModel;
  readonly check: Check;
}

const offCheck: Check = async () => ({
  name: 'Model',
  status: 'off',
  detail: 'none; every answer comes from the analyzers',
  mend: 'Set OLLAMA_HOST to the address of an Ollama server (docs/model.md)',
});

/** Makes the model that is configured. Without one nothing of it is loaded. */
export async function connectModel(
  { model }: Pick<Config, 'model'>,
  clock: Clock,
  logger: Logger,
): Promise<ConnectedModel> {
  if (model === undefined) return { check: offCheck };
  const { createOllamaModel, probeModel } = await import('@jamie/llm');
  const options = { ...model, clock, logger: logger.child({ component: 'model' }) };
  return { model: createOllamaModel(options), check: () => probeModel(options) };
}
