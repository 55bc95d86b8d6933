import type { Program } from '../../kubelet/program.ts';
import { image, server, serverRun } from '../images.ts';
import { app, configMap, deployment } from '../manifests.ts';
import { MINUTES_PER_DAY, type Scenario } from '../scenario.ts';

const BEFORE = image('checkout', '2.4.0');
const AFTER = image('checkout', '2.4.1');
const SETTING = 'CURRENCY_TABLE_URL';

const line = (level: string, message: string): string =>
  `{"time":"{time}","level":"${level}","service":"checkout","msg":${JSON.stringify(message)}}`;

/** Loads its currency table half a minute after it is ready, and dies where the setting for it is missing. */
const checkout: Program = ({ environment }) => {
  const healthy = serverRun({ name: 'checkout', port: 8080, memoryMebibytes: 110 });
  if ((environment[SETTING] ?? '') !== '') return healthy;
  return {
    ...healthy,
    output: [
      ...healthy.output,
      { afterMs: 4_000, text: line('info', 'request completed method=POST path=/v1/checkout status=201') },
      { afterMs: 20_000, text: line('info', 'refreshing currency table') },
      { afterMs: 20_050, text: line('error', `required setting ${SETTING} is not set`) },
      { afterMs: 20_060, text: 'panic: currency table: required setting CURRENCY_TABLE_URL is not set' },
      { afterMs: 20_060, text: '' },
      { afterMs: 20_060, text: 'goroutine 41 [running]:' },
      { afterMs: 20_060, text: 'main.(*CurrencyTable).refresh(0xc0001b2000)' },
      { afterMs: 20_060, text: '\t/src/checkout/currency_table.go:88 +0x1f4' },
      { afterMs: 20_060, text: 'created by main.main in goroutine 1' },
      { afterMs: 20_060, text: '\t/src/checkout/main.go:61 +0x2c9' },
    ],
    exit: { afterMs: 20_200, code: 2 },
  };
};

const base = {
  namespace: 'payments',
  name: 'checkout',
  port: 8080,
  replicas: 3,
  team: 'payments',
  container: { envFrom: [{ configMapRef: { name: 'checkout-settings' } }] },
};

/** A release that needs a setting nobody added: every pod becomes ready first and crashes later. */
export const CHECKOUT_CRASH: Scenario = {
  images: { [BEFORE]: server({ name: 'checkout', port: 8080 }), [AFTER]: checkout },
  steps: [
    {
      minutesAgo: 16 * MINUTES_PER_DAY,
      apply: [
        configMap('payments', 'checkout-settings', {
          LOG_LEVEL: 'info',
          PAYMENT_PROVIDER_URL: 'https://psp.demo.local',
        }),
        ...app({ ...base, image: BEFORE, changeCause: 'release 2.4.0' }),
      ],
    },
    { minutesAgo: 42, apply: [deployment({ ...base, image: AFTER, changeCause: 'release 2.4.1' })] },
  ],
};
