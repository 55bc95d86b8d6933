import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeStages } from './node-stages.ts';
import { podStages } from './pod-stages.ts';

const LOGS = fileURLToPath(new URL('./logs/', import.meta.url));
const LINE_INTERVAL_MS = 400;

/**
 * Writes kwok's configuration into a directory and returns its path: the stages of nodes and pods, and for every
 * `logs/<container>.log` the log of all containers of that name, stamped with recent times. A container without one
 * logs what `logs/any.log` says.
 */
export function writeSimulatorConfiguration(directory: string): string {
  const containers = readdirSync(LOGS)
    .filter((file) => file.endsWith('.log') && !file.endsWith('.previous.log') && file !== 'any.log')
    .map((file) => basename(file, '.log'));
  const rules = [...containers, 'any'].map((container) => logRule(directory, container));
  const documents = [...nodeStages(), ...podStages(), ...rules];
  const path = join(directory, 'kwok.yaml');
  writeFileSync(path, documents.map((document) => JSON.stringify(document)).join('\n---\n'));
  return path;
}

function logRule(directory: string, container: string): unknown {
  const logsFile = writeLog(directory, `${container}.log`);
  const hasPrevious = readdirSync(LOGS).includes(`${container}.previous.log`);
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'ClusterLogs',
    metadata: { name: `logs-of-${container}` },
    spec: {
      logs: [
        {
          ...(container !== 'any' && { containers: [container] }),
          logsFile,
          ...(hasPrevious && { previousLogsFile: writeLog(directory, `${container}.previous.log`) }),
        },
      ],
    },
  };
}

/** Adds a line, written now, to the log that containers without one of their own have. */
export async function appendToLog(directory: string, line: string): Promise<void> {
  await appendFile(join(directory, 'any.container-log'), stamp(Date.now(), line));
}

/** Turns plain lines into the format of container runtimes: time, stream, F for a full line, text. */
function writeLog(directory: string, file: string): string {
  const lines = readFileSync(join(LOGS, file), 'utf8').trimEnd().split('\n');
  const end = Date.now();
  const stamped = lines.map((line, index) => stamp(end - (lines.length - index) * LINE_INTERVAL_MS, line));
  const path = join(directory, file.replace(/\.log$/, '.container-log'));
  writeFileSync(path, stamped.join(''));
  return path;
}

function stamp(atMs: number, line: string): string {
  return `${new Date(atMs).toISOString().replace('Z', '000000Z')} stdout F ${line}\n`;
}
