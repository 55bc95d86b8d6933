import { toOpsError } from '@jamie/core';
import {
  createLogger,
  listSecretValues,
  loadConfig,
  stopOnFailure,
  stopOnSignals,
  systemClock,
} from '@jamie/runtime';
import { renderBanner } from './banner.ts';
import { createStandalone } from './create-standalone.ts';

async function main(): Promise<void> {
  const config = loadConfig();
  const logger = createLogger({ ...config.logging, clock: systemClock, secrets: listSecretValues(config) });
  const stop = () => standalone.stop();
  const onDamage = stopOnFailure(process, stop, (failure) => {
    logger.error('the database is damaged, so the process ends', { err: failure });
    process.stderr.write(`Jamie has stopped: ${failure.userMessage ?? failure.message}\n`);
  });
  const standalone = createStandalone({ config, logger, onDamage });
  stopOnSignals(process, stop);
  const { openUrl } = await standalone.start();
  const readyMs = performance.now();
  const results = await standalone.check();
  process.stdout.write(renderBanner(openUrl, results, readyMs));
}

main().catch((error: unknown) => {
  const failure = toOpsError(error);
  process.stderr.write(`Jamie could not start: ${failure.userMessage ?? failure.message}\n`);
  if (failure.code === 'internal') process.stderr.write(`${failure.stack ?? ''}\n`);
  process.exitCode = 1;
});
