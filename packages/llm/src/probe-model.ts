import { type CheckResult, isOpsError, type OpsError, toOpsError } from '@jamie/core';
import type { OllamaModelOptions } from './ollama-chat-model.ts';
import { connectionError, silenceError } from './ollama-error.ts';
import { guardFetch } from './ollama-fetch.ts';
import { startWatchdog } from './watchdog.ts';

/** Longest time of a probe: it stands in the banner of the start. */
const PROBE_TIMEOUT_MS = 2_000;
const MAX_PROBE_BYTES = 4_000_000;
/** `format` takes a JSON schema since this version. */
const OLDEST_MINOR = 5;
const NAME = 'Model';

interface ServerFacts {
  readonly version: string;
  /** Absent from servers that do not tell. */
  readonly capabilities: readonly string[] | undefined;
  readonly trainedContext: number | undefined;
}

/**
 * Checks whether the model can be asked: the server answers, is new enough, and has the model. Asks the model
 * nothing, so that it costs no loading. Never throws.
 */
export async function probeModel(options: OllamaModelOptions): Promise<CheckResult> {
  try {
    return judge(await readFacts(options), options);
  } catch (error) {
    return failed(toOpsError(error), options);
  }
}

async function readFacts(options: OllamaModelOptions): Promise<ServerFacts> {
  const place = { host: options.host, model: options.model };
  const watchdog = startWatchdog(options.clock, {
    firstByteMs: PROBE_TIMEOUT_MS,
    stallMs: PROBE_TIMEOUT_MS,
    totalMs: PROBE_TIMEOUT_MS,
  });
  try {
    const { Ollama } = await import('ollama');
    const fetch = guardFetch({
      place,
      signal: watchdog.signal,
      maxBytes: MAX_PROBE_BYTES,
      onBytes: () => watchdog.heard(),
    });
    const client = new Ollama({ host: options.host, fetch });
    const { version } = await client.version();
    const shown: unknown = await client.show({ model: options.model });
    return { version: String(version), ...readShown(shown) };
  } catch (error) {
    if (watchdog.expiry !== undefined) throw silenceError(watchdog.expiry, place);
    throw isOpsError(error) ? error : connectionError(error, 'broke_off', place);
  } finally {
    watchdog.end();
  }
}

function readShown(shown: unknown): Omit<ServerFacts, 'version'> {
  const { capabilities, model_info: info } = shown as {
    readonly capabilities?: unknown;
    readonly model_info?: Readonly<Record<string, unknown>>;
  };
  const trained = Object.entries(info ?? {}).find(([key]) => key.endsWith('.context_length'))?.[1];
  return {
    capabilities: Array.isArray(capabilities) ? capabilities.map(String) : undefined,
    trainedContext: typeof trained === 'number' ? trained : undefined,
  };
}

function judge(facts: ServerFacts, { host, model, contextTokens }: OllamaModelOptions): CheckResult {
  const { version, capabilities, trainedContext } = facts;
  if (isTooOld(version)) {
    return {
      name: NAME,
      status: 'failed',
      detail: `Ollama ${version} at ${host} cannot constrain answers to a schema`,
      mend: `Update Ollama to 0.${OLDEST_MINOR}.0 or later`,
    };
  }
  if (capabilities !== undefined && !capabilities.includes('completion')) {
    return {
      name: NAME,
      status: 'failed',
      detail: `${model} cannot chat`,
      mend: 'Set OLLAMA_MODEL to a chat model, for example llama3.1:8b',
    };
  }
  if (trainedContext !== undefined && trainedContext < contextTokens) {
    return {
      name: NAME,
      status: 'warning',
      detail: `${model} takes ${trainedContext} tokens at once, fewer than it may be sent (${contextTokens})`,
      mend: `Set OLLAMA_CONTEXT_TOKENS=${trainedContext} or choose another model`,
    };
  }
  return { name: NAME, status: 'ok', detail: `${model} on Ollama ${version} at ${host}`, mend: '' };
}

/** Builds from source call themselves 0.0.0; nobody can say how old they are. */
function isTooOld(version: string): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)\./.exec(version) ?? [];
  return Number(major) === 0 && Number(minor) < OLDEST_MINOR && !version.startsWith('0.0.0');
}

function failed(error: OpsError, { model }: OllamaModelOptions): CheckResult {
  const isMissing = error.details['reason'] === 'model_not_found';
  return {
    name: NAME,
    status: 'failed',
    detail: error.userMessage ?? error.message,
    mend: isMissing ? `ollama pull ${model}` : 'Start Ollama, correct OLLAMA_HOST, or leave it empty',
  };
}
