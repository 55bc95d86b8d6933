import type { z } from 'zod';
import { type ApiConfig, toApiConfig } from './api-config.ts';
import { type AuditConfig, toAuditConfig } from './audit-config.ts';
import { type ClusterConfig, toClusterConfig } from './cluster-config.ts';
import { CONCERNS, type ConcernValues } from './concerns.ts';
import {
  listMongodbSecrets,
  type MongodbConfig,
  NO_QUEUE_FOR_MONGODB,
  toMongodbConfig,
} from './database-config.ts';
import { type LoggingConfig, toLoggingConfig } from './logging-config.ts';
import { type ModelConfig, toModelConfig } from './model-config.ts';
import { type JobConfig, type OperationConfig, toJobConfig, toOperationConfig } from './operation-config.ts';
import type { Persona } from './persona-config.ts';
import { listRedisSecrets, type RedisConfig, toRedisConfig } from './queue-config.ts';
import { type ConfigProblem, configInvalid, readVariables } from './read-variables.ts';
import type { SlackAccess } from './slack-access.ts';
import { type SlackConfig, toSlackConfig } from './slack-config.ts';
import { toDataDir } from './storage-config.ts';
import type { Concern, Environment } from './variable.ts';

/** Everything that the product takes from its environment, checked, typed and frozen. */
export interface Config {
  /** Absolute path; whoever opens the store creates it. */
  readonly dataDir: string;
  /** Whether other processes may be using the data directory at the same time. */
  readonly replicas: 'one' | 'several';
  readonly api: ApiConfig;
  readonly logging: LoggingConfig;
  readonly clusters: ClusterConfig;
  readonly slack: SlackConfig;
  /** Absent: no model; every answer comes from the analyzers. */
  readonly model?: ModelConfig;
  readonly operations: OperationConfig;
  readonly jobs: JobConfig;
  /** Absent: everything durable is in the data directory. */
  readonly mongodb?: MongodbConfig;
  /** Absent: jobs wait in the embedded queue. Always there with `mongodb`. */
  readonly redis?: RedisConfig;
  readonly audit: AuditConfig;
  readonly persona: Persona;
  readonly principalsFile?: string;
  readonly policyFile?: string;
  readonly ownNamespace?: string;
}

/**
 * Reads the configuration. An empty environment gives a working one: embedded store, demo cluster, no Slack.
 * Throws config_invalid with every problem at once in `userMessage` and `details.problems`.
 */
export function loadConfig(environment: Environment = process.env): Config {
  const problems: ConfigProblem[] = [];
  const values = new Map<string, unknown>();
  for (const [name, concern] of Object.entries<Concern>(CONCERNS)) {
    const read = readVariables<Concern>(concern, environment, name === 'slack' ? { SLACK_MODE: 'off' } : {});
    if (read.kind === 'ok') values.set(name, read.value);
    else problems.push(...read.problems);
  }
  // Sound: each concern was parsed with its own schema just above; one that failed is absent.
  const parsed = Object.fromEntries(values) as Partial<ConcernValues>;
  if (lacksCredentialsKey(parsed)) problems.push(NO_KEY_FOR_TOKENS);
  if (lacksQueue(parsed)) problems.push(NO_QUEUE_FOR_MONGODB);
  if (problems.length > 0) throw configInvalid(problems);
  return freezeDeep(toConfig(parsed as ConcernValues));
}

const NO_KEY_FOR_TOKENS: ConfigProblem = {
  variable: 'CLUSTER_CREDENTIALS_KEY',
  problem:
    'is needed with SLACK_CLIENT_ID, to encrypt the tokens of the workspaces; make one with: openssl rand -base64 32',
};

function lacksCredentialsKey({ slack, clusters }: Partial<ConcernValues>): boolean {
  if (slack === undefined || slack.SLACK_MODE === 'off' || slack.SLACK_CLIENT_ID === undefined) return false;
  return clusters !== undefined && clusters.CLUSTER_CREDENTIALS_KEY === undefined;
}

function lacksQueue({ database, queue }: Partial<ConcernValues>): boolean {
  return database?.MONGODB_URL !== undefined && queue !== undefined && queue.REDIS_URL === undefined;
}

/** The values that must never be shown, for the log's redaction. */
export function listSecretValues(config: Config): readonly string[] {
  const { slack } = config;
  const values: (string | undefined)[] = [config.api.token];
  if (slack.mode === 'socket') values.push(slack.appToken);
  if (slack.mode === 'http') values.push(slack.signingSecret);
  if (slack.mode !== 'off') values.push(...listAccessSecrets(slack.access));
  if (config.redis !== undefined) values.push(...listRedisSecrets(config.redis));
  if (config.mongodb !== undefined) values.push(...listMongodbSecrets(config.mongodb));
  const key = config.clusters.credentialsKey;
  if (key !== undefined) values.push(Buffer.from(key).toString('base64'), Buffer.from(key).toString('hex'));
  return values.filter((value) => value !== undefined);
}

function listAccessSecrets(access: SlackAccess): readonly string[] {
  return access.kind === 'bot_token' ? [access.botToken] : [access.clientSecret, access.stateSecret];
}

function toConfig(values: ConcernValues): Config {
  const people: z.output<(typeof CONCERNS)['people']> = values.people;
  const model = toModelConfig(values.model);
  const redis = toRedisConfig(values.queue);
  const mongodb = toMongodbConfig(values.database);
  return {
    dataDir: toDataDir(values.storage),
    replicas: values.storage.JAMIE_REPLICAS,
    api: toApiConfig(values.api),
    logging: toLoggingConfig(values.logging),
    clusters: toClusterConfig(values.clusters),
    slack: toSlackConfig(values.slack, values.clusters.CLUSTER_CREDENTIALS_KEY),
    operations: toOperationConfig(values.operations),
    jobs: toJobConfig(values.operations),
    audit: toAuditConfig(values.audit),
    persona: values.persona.PERSONA,
    ...(model === undefined ? {} : { model }),
    ...(mongodb === undefined ? {} : { mongodb }),
    ...(redis === undefined ? {} : { redis }),
    ...(people.PRINCIPALS_FILE === undefined ? {} : { principalsFile: people.PRINCIPALS_FILE }),
    ...(people.POLICY_FILE === undefined ? {} : { policyFile: people.POLICY_FILE }),
    ...(people.OWN_NAMESPACE === undefined ? {} : { ownNamespace: people.OWN_NAMESPACE }),
  };
}

function freezeDeep<Value>(value: Value): Value {
  // A typed array cannot be frozen; the key is handed to one reader only.
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  for (const member of Object.values(value)) freezeDeep(member);
  return Object.freeze(value);
}
