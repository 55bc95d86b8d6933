import type { Analyzer } from '../define-analyzer.ts';
import { emptyConfigMap } from './empty-config-map.ts';
import { hugeConfigMap } from './huge-config-map.ts';
import { quotaNearlyUsed } from './quota-nearly-used.ts';
import { secretInConfigMap } from './secret-in-config-map.ts';
import { unusedConfigKey } from './unused-config-key.ts';
import { unusedConfigMap } from './unused-config-map.ts';

/** The hygiene of ConfigMaps and quotas, in the order of the codes. */
export const CONFIGURATION_ANALYZERS: readonly Analyzer[] = [
  unusedConfigMap,
  emptyConfigMap,
  hugeConfigMap,
  unusedConfigKey,
  secretInConfigMap,
  quotaNearlyUsed,
];
