import { type AuditKeeper, createAuditKeeper, type ExportRange, exportAudit } from '@jamie/agents/audit';
import type { AuditHeadNotes, Check, Clock, Logger, Store } from '@jamie/core';
import {
  type Config,
  type InstalledSigner,
  openHeadFile,
  openSigner,
  randomIds,
  sha256,
} from '@jamie/runtime';

export interface AuditParts {
  readonly config: Pick<Config, 'audit' | 'dataDir' | 'mongodb'>;
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What signs here, and what keeps the audit proven. */
export interface OpenAudit {
  /** What signing and verifying need. */
  readonly context: {
    readonly signer: InstalledSigner;
    readonly keys: InstalledSigner;
    readonly headNotes?: AuditHeadNotes;
  };
  readonly keeper: AuditKeeper;
  readonly check: Check;
  /** Lines of JSON for somebody who verifies them elsewhere. */
  exportAudit(range: ExportRange): AsyncIterable<string>;
}

/** Opens the signing key and, where one is configured, the file of signed heads. Throws config_invalid. */
export function openAudit({ config, store, clock, logger }: AuditParts): OpenAudit {
  const { signingKeyFile, headFile, retentionDays } = config.audit;
  const signer = openSigner({
    dataDir: config.dataDir,
    ...(signingKeyFile !== undefined && { keyFile: signingKeyFile }),
  });
  const headNotes = headFile === undefined ? undefined : openHeadFile(headFile);
  const noted = headNotes === undefined ? {} : { headNotes };
  const keeping = {
    store,
    signer,
    digest: sha256,
    clock,
    ids: randomIds,
    logger: logger.child({ component: 'audit' }),
    ...noted,
    ...(retentionDays !== undefined && { retentionDays }),
    ...(signer.changedFrom !== undefined && { changedFrom: signer.changedFrom }),
  };
  return {
    context: { signer, keys: signer, ...noted },
    keeper: createAuditKeeper(keeping),
    check: signingCheck(signer, config.mongodb !== undefined),
    exportAudit: (range) => exportAudit({ ...keeping, keys: signer }, range),
  };
}

function signingCheck({ keyId, isEmbedded, keys }: InstalledSigner, mayBeShared: boolean): Check {
  const earlier = keys.length === 1 ? '' : `; ${keys.length - 1} earlier known`;
  return async () => {
    const name = 'Signing key';
    if (!isEmbedded) {
      return { name, status: 'ok', detail: `${keyId}, from SIGNING_KEY_FILE${earlier}`, mend: '' };
    }
    const made = `${keyId}, made in the data directory`;
    if (mayBeShared) {
      return {
        ...{ name, status: 'warning' },
        detail: `${made}: processes with another data directory refuse what this one has signed${earlier}`,
        mend: 'Give every process the same key in SIGNING_KEY_FILE (docs/audit.md)',
      };
    }
    return {
      ...{ name, status: 'off' },
      detail: `${made}: it proves nothing against somebody who can write there${earlier}`,
      mend: 'Keep a key elsewhere and name it in SIGNING_KEY_FILE (docs/audit.md)',
    };
  };
}
