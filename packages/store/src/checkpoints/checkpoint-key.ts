import { OpsError } from '@jamie/core';
import type { RunnableConfig } from '@langchain/core/runnables';

/** Names one checkpoint, or the latest of its thread and namespace when `checkpointId` is absent. */
export interface CheckpointKey {
  readonly graphThreadId: string;
  readonly namespace: string;
  readonly checkpointId?: string;
}

/** Reads the key from a graph's configuration. Throws invalid_input for an id that is not a text. */
export function readCheckpointKey(config: RunnableConfig): CheckpointKey {
  const checkpointId = readOptionalId(config, 'checkpoint_id');
  return {
    graphThreadId: requireId('thread_id', config.configurable?.['thread_id']),
    namespace: readNamespace(config) ?? '',
    ...(checkpointId === undefined ? {} : { checkpointId }),
  };
}

/** The configuration that names this checkpoint. */
export function toConfig(key: CheckpointKey): RunnableConfig {
  return {
    configurable: {
      thread_id: key.graphThreadId,
      checkpoint_ns: key.namespace,
      ...(key.checkpointId === undefined ? {} : { checkpoint_id: key.checkpointId }),
    },
  };
}

/** Throws invalid_input unless the value is a text that is not empty: never an object that a database would interpret. */
export function requireId(field: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new OpsError('invalid_input', 'a checkpoint id must be a text', {
    details: { field, type: typeof value },
  });
}

/** The id in this field of the configuration; undefined when there is none. */
export function readOptionalId(
  config: RunnableConfig | undefined,
  field: 'thread_id' | 'checkpoint_id',
): string | undefined {
  const value: unknown = config?.configurable?.[field];
  return value === undefined || value === '' ? undefined : requireId(field, value);
}

/** The namespace, where the root is the empty text; undefined when none is named. */
export function readNamespace(config: RunnableConfig): string | undefined {
  const value: unknown = config.configurable?.['checkpoint_ns'];
  return value === undefined || value === '' ? (value as '' | undefined) : requireId('checkpoint_ns', value);
}
