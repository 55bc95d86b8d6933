import { configMapUsesOf } from '../../snapshot/config-map-uses.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';
import { isLoadedByLabel } from './loaded-by-label.ts';

/** CHK-CFG-1202: a ConfigMap holds nothing. */
export const emptyConfigMap = defineAnalyzer({
  code: 'CHK-CFG-1202',
  title: 'ConfigMap without any key',
  severity: 'info',
  tier: 'workload',
  reads: ['ConfigMap'],
  lint: true,
  sources: ['k8sgpt ConfigMap empty'],
  analyze: (index) =>
    configMapUsesOf(index)
      .kept.filter((map) => map.keys.length === 0 && !isLoadedByLabel(map))
      .map((map) =>
        observationOn(index, map, {
          field: 'data',
          value: 'no keys',
          summary: 'is empty',
          explanation: `ConfigMap ${map.name} has no keys: whoever mounts it finds an empty directory.`,
          remedies: [
            {
              label: `Fill ${map.name} or delete it`,
              advice: `See what should have filled ${map.name}; delete it where nothing needs it.`,
            },
          ],
        }),
      ),
});
