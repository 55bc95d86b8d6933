export { createOllamaModel, type OllamaModelOptions } from './ollama-chat-model.ts';
export { probeModel } from './probe-model.ts';
