/**
 * The real program in a process of its own, its configuration in the environment, with a hook at every boundary of its
 * ports. Dies and stops as the orders in FAULT_ORDER say; without any it runs until it is killed.
 */
import { flushCompileCache } from 'node:module';
import { createLogger, listSecretValues, loadConfig, systemClock } from '@jamie/runtime';
import { createStandalone } from '@jamie/standalone';
import { createBoundaryHook } from './boundary-hook.ts';
import { type DeathOrder, LOG_VARIABLE, ORDER_VARIABLE } from './death-order.ts';
import { wrapPorts } from './wrap-ports.ts';

const orders = JSON.parse(process.env[ORDER_VARIABLE] ?? '[]') as readonly DeathOrder[];
const logPath = process.env[LOG_VARIABLE];
if (logPath === undefined) throw new Error(`${LOG_VARIABLE} must name a file`);
const pass = createBoundaryHook(logPath, orders);
const config = loadConfig();
const logger = createLogger({ ...config.logging, clock: systemClock, secrets: listSecretValues(config) });
await createStandalone({ config, logger, wrap: wrapPorts(pass) }).start();
flushCompileCache();
// The parent died: nobody is left to end this process.
process.on('disconnect', () => process.exit(1));
