import type { z } from 'zod';
import { apiVariables } from './api-config.ts';
import { auditVariables } from './audit-config.ts';
import { clusterVariables } from './cluster-config.ts';
import { databaseVariables } from './database-config.ts';
import { loggingVariables } from './logging-config.ts';
import { modelVariables } from './model-config.ts';
import { operationVariables } from './operation-config.ts';
import { peopleVariables } from './people-config.ts';
import { personaVariables } from './persona-config.ts';
import { queueVariables } from './queue-config.ts';
import { slackVariables } from './slack-config.ts';
import { storageVariables } from './storage-config.ts';
import { type Concern, listVariables, type Variable } from './variable.ts';

/** Every concern, in the order in which people read about them. */
export const CONCERNS = {
  storage: storageVariables,
  database: databaseVariables,
  queue: queueVariables,
  api: apiVariables,
  logging: loggingVariables,
  clusters: clusterVariables,
  people: peopleVariables,
  persona: personaVariables,
  slack: slackVariables,
  model: modelVariables,
  operations: operationVariables,
  audit: auditVariables,
} as const satisfies Readonly<Record<string, Concern>>;

export type ConcernValues = { readonly [Name in keyof typeof CONCERNS]: z.output<(typeof CONCERNS)[Name]> };

/** Every variable that the product reads. */
export function listAllVariables(): readonly Variable[] {
  return Object.values(CONCERNS).flatMap((concern) => listVariables(concern));
}
