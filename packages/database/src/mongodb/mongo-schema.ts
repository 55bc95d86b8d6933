/** An index: fields in their order, ascending. */
export interface MongoIndex {
  readonly fields: readonly string[];
  readonly isUnique?: true;
  /** Documents leave this long after the date in the field. */
  readonly expiresAfterSeconds?: number;
}

/** Our collections and what they are searched by. What is new is added; a release that needs more raises the version. */
export const MONGO_COLLECTIONS = {
  commits: [{ fields: ['at'], expiresAfterSeconds: 86_400 }],
  counters: [],
  plans: [
    { fields: ['createdAt', 'sequence'] },
    { fields: ['status', 'createdAt', 'sequence'] },
    { fields: ['conversationId', 'createdAt', 'sequence'] },
    { fields: ['awaitsReview', 'createdAt', 'sequence'] },
  ],
  votes: [{ fields: ['planId', 'sequence'] }],
  intents: [{ fields: ['planId', 'sequence'] }, { fields: ['planId', 'phase', 'stepId'], isUnique: true }],
  conversations: [{ fields: ['place'], isUnique: true }],
  requests: [
    { fields: ['status', 'receivedAt', 'sequence'] },
    { fields: ['conversationId', 'status', 'receivedAt', 'sequence'] },
  ],
  messages: [
    { fields: ['sequence'] },
    { fields: ['conversationId', 'at', 'sequence'] },
    { fields: ['planId', 'at', 'sequence'] },
  ],
  delegations: [{ fields: ['until'] }],
  healingCases: [{ fields: ['lastSeenAt', '_id'] }, { fields: ['status', 'lastSeenAt', '_id'] }],
  defaults: [],
  freeze: [],
  outbox: [{ fields: ['takenAt', 'sequence'] }],
  audit: [{ fields: ['planId', '_id'] }],
  auditHeads: [],
  auditRemovals: [],
  inbox: [{ fields: ['finishedAt', 'sequence'] }],
  inboxKeys: [{ fields: ['deliveryId'] }],
  checkpointThreads: [],
  checkpoints: [{ fields: ['threadId', 'namespace', 'checkpointId'] }, { fields: ['checkpointId'] }],
  checkpointValues: [{ fields: ['threadId'] }],
  checkpointWrites: [{ fields: ['threadId', 'namespace', 'checkpointId'] }],
  checkpointParts: [{ fields: ['threadId'] }, { fields: ['owner', 'position'] }],
  slackInstallations: [],
  slackTurns: [],
  slackLine: [{ fields: ['key', 'sequence'] }],
  slackStreams: [{ fields: ['requestId', 'startedAt'] }, { fields: ['startedAt'] }],
} as const satisfies Readonly<Record<string, readonly MongoIndex[]>>;

export type MongoCollectionName = keyof typeof MONGO_COLLECTIONS;

/** Raised when what is stored changes its form. A database of a higher one is left alone. */
export const MONGO_SCHEMA_VERSION = 1;
