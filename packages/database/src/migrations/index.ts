import type { Migration } from '../migrate.ts';
import { recordsMigration } from './0001-records.ts';
import { inboxMigration } from './0002-inbox.ts';
import { jobsMigration } from './0003-jobs.ts';
import { checkpointsMigration } from './0004-checkpoints.ts';
import { openRequestsMigration } from './0005-open-requests.ts';
import { defaultsAndAuditSearchMigration } from './0006-defaults-and-audit-search.ts';
import { slackWorkspacesMigration } from './0007-slack-workspaces.ts';
import { slackLineMigration } from './0008-slack-line.ts';
import { auditHeadsMigration } from './0009-audit-heads.ts';
import { delegationsMigration } from './0010-delegations.ts';
import { healingCasesMigration } from './0011-healing-cases.ts';

/** In order. Append only: a published migration is never edited, another one follows it. */
export const MIGRATIONS: readonly Migration[] = [
  recordsMigration,
  inboxMigration,
  jobsMigration,
  checkpointsMigration,
  openRequestsMigration,
  defaultsAndAuditSearchMigration,
  slackWorkspacesMigration,
  slackLineMigration,
  auditHeadsMigration,
  delegationsMigration,
  healingCasesMigration,
];
