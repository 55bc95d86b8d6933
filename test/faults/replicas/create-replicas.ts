import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SlackEmulator } from '@jamie/testing';
import type { Backend } from '../backends/backend.ts';
import { ReplicaProcess } from './replica-process.ts';

const REPLICAS = 2;
/** Who asks and approves. */
export const PERSON = 'UADA';

const TIMING = {
  EXECUTION_LEASE_MS: '2000',
  JOB_LEASE_MS: '3000',
  VERIFY_READY_MS: '400',
  VERIFY_TIMEOUT_MS: '120000',
  WATCH_SCALE: '0.005',
};

export interface ReplicasSetting {
  /** Of the whole run, and empty. */
  readonly directory: string;
  readonly slack: SlackEmulator;
  readonly backend: Backend;
  /** The ports through which they reach the API server, in their order; absent: straight. */
  readonly apiPorts?: readonly number[];
  /** More of their environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Two processes that share one data directory, configured and not started. */
export function createReplicas(setting: ReplicasSetting): readonly ReplicaProcess[] {
  const { directory, slack, backend, apiPorts = [] } = setting;
  mkdirSync(join(directory, 'data'));
  slack.workspace.addUser(PERSON, { name: 'ada' });
  const account = { team: slack.workspace.teamId, user: PERSON };
  const people = [{ name: 'Ada', slack: account, kubernetes: backend.person }];
  writeFileSync(join(directory, 'people.yaml'), JSON.stringify({ people }));
  return Array.from({ length: REPLICAS }, (_, index) => {
    const name = `replica-${index}`;
    const kubeconfig = join(directory, `${name}.kubeconfig`);
    writeFileSync(kubeconfig, backend.kubeconfig(apiPorts[index]), { mode: 0o600 });
    const environment = { ...environmentOf(setting), KUBECONFIG: kubeconfig };
    return new ReplicaProcess({ name, directory, environment });
  });
}

function environmentOf({ directory, slack, environment }: ReplicasSetting): Record<string, string> {
  return {
    JAMIE_DATA_DIR: join(directory, 'data'),
    JAMIE_REPLICAS: 'several',
    JAMIE_PORT: '0',
    LOG_LEVEL: 'warn',
    LOG_FORMAT: 'json',
    PERSONA: 'off',
    CLUSTERS: 'test',
    CLUSTER_ENVIRONMENTS: 'test=development',
    DEMO_CLUSTER: 'off',
    PRINCIPALS_FILE: join(directory, 'people.yaml'),
    SLACK_MODE: 'socket',
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    ...TIMING,
    ...environment,
  };
}
