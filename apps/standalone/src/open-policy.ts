import type { AuditEntry, Check, Clock, CorrelationId, IdSource, Logger, OpsError, Store } from '@jamie/core';
import { BUILT_IN_POLICY, type PolicyBook, type PolicySource } from '@jamie/policy';
import {
  createRegularLook,
  parsePolicyText,
  policyInvalid,
  type RegularLook,
  readPolicyText,
  sha256,
} from '@jamie/runtime';

/** How often the file is looked at, in milliseconds. */
const LOOK_EVERY_MS = 5_000;

export interface PolicyOptions {
  /** Absent: what is built in is in force. */
  readonly path?: string;
  readonly store: Pick<Store, 'commit'>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly logger: Logger;
}

/** The rules in force, which follow their file. */
export interface OpenPolicy extends PolicySource {
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly check: Check;
}

/**
 * Opens the team's policy. Throws config_invalid with every problem when it cannot be read or is not valid. From then on
 * a change of the file is taken only when all of it is valid and the audit record has it; otherwise what was in force
 * stays, and the log and `doctor` say so.
 */
export async function openPolicy(options: PolicyOptions): Promise<OpenPolicy> {
  if (options.path === undefined) return builtIn();
  const text = await readPolicyText(options.path);
  return new FilePolicy(options, options.path, { text, book: await readBook(options.path, text) });
}

interface InForce {
  readonly text: string;
  readonly book: PolicyBook;
}

class FilePolicy implements OpenPolicy {
  readonly #options: PolicyOptions;
  readonly #path: string;
  #inForce: InForce;
  /** Why what the file says now is not in force; empty when it is. */
  #problem = '';
  readonly #looks: RegularLook;

  constructor(options: PolicyOptions, path: string, inForce: InForce) {
    this.#options = options;
    this.#path = path;
    this.#inForce = inForce;
    const { clock } = options;
    this.#looks = createRegularLook({
      clock,
      intervalMs: LOOK_EVERY_MS,
      look: () => this.#look(),
      failed: (error) => this.#keep(error),
    });
  }

  current(): PolicyBook {
    return this.#inForce.book;
  }

  async start(): Promise<void> {
    await this.#note('policy.in_force', { version: this.#inForce.book.version });
    await this.#looks.start();
  }

  stop(): Promise<void> {
    return this.#looks.stop();
  }

  readonly check: Check = async () => {
    const detail = `${this.#path}, ${this.#inForce.book.version}`;
    if (this.#problem === '') return { name: 'team policy', status: 'ok', detail, mend: '' };
    return {
      name: 'team policy',
      status: 'warning',
      detail: `${detail} is in force; the file has changed and was not taken`,
      mend: `jamie policy check ${this.#path}`,
    };
  };

  async #look(): Promise<void> {
    const text = await readPolicyText(this.#path);
    if (text !== this.#inForce.text) await this.#take({ text, book: await readBook(this.#path, text) });
    this.#problem = '';
  }

  /** Nothing is in force that the record does not tell of. */
  async #take(next: InForce): Promise<void> {
    const before = this.#inForce.book.version;
    const { version } = next.book;
    await this.#note('policy.changed', { before, version });
    this.#inForce = next;
    this.#options.logger.info('the policy changed', { before, version });
  }

  /** The next look tries again; until then there is something new to say only when the reason is new. */
  #keep(error: OpsError): void {
    const problem = error.userMessage ?? error.message;
    if (problem === this.#problem) return;
    this.#problem = problem;
    this.#options.logger.error('the changed policy was not taken, and the last one stays in force', {
      path: this.#path,
      version: this.#inForce.book.version,
      err: error,
    });
  }

  async #note(kind: AuditEntry['kind'], details: Readonly<Record<string, string>>): Promise<void> {
    const { store, clock, ids } = this.#options;
    const correlationId = ids.next('policy') as CorrelationId;
    const entry = { at: clock.now(), kind, actor: 'system', correlationId, details };
    await store.commit([{ kind: 'audit.append', entry }]);
  }
}

async function readBook(path: string, text: string): Promise<PolicyBook> {
  // The language of conditions is loaded only where there is a policy.
  const { compileTeamPolicy, toPolicyBook } = await import('@jamie/policy/team');
  const reading = compileTeamPolicy(await parsePolicyText(path, text), sha256);
  if (reading.kind === 'invalid') throw policyInvalid(path, reading.problems);
  return toPolicyBook(reading.policy);
}

function builtIn(): OpenPolicy {
  return {
    current: () => BUILT_IN_POLICY,
    start: async () => undefined,
    stop: async () => undefined,
    check: async () => ({
      name: 'team policy',
      status: 'off',
      detail: `none; the built-in rules hold (${BUILT_IN_POLICY.version})`,
      mend: 'POLICY_FILE names one; docs/policy.md says what it may hold',
    }),
  };
}
