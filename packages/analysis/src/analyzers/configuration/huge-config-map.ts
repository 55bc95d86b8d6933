import { configMapUsesOf } from '../../snapshot/config-map-uses.ts';
import { formatMemory } from '../../snapshot/quantities.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';

/** The API server refuses more than 1 MiB; k8sgpt warns at a million bytes. */
const HUGE_BYTES = 1_000_000;

/** CHK-CFG-1203: a ConfigMap is nearly as large as one may be: the next change to it may be refused. */
export const hugeConfigMap = defineAnalyzer({
  code: 'CHK-CFG-1203',
  title: 'ConfigMap of nearly 1 MiB, the most that is allowed',
  severity: 'info',
  tier: 'workload',
  reads: ['ConfigMap'],
  lint: true,
  sources: ['k8sgpt ConfigMap too large'],
  analyze: (index) =>
    configMapUsesOf(index)
      .kept.filter((map) => map.sizeBytes > HUGE_BYTES)
      .map((map) => {
        const size = formatMemory(map.sizeBytes);
        return observationOn(index, map, {
          field: 'data',
          value: `${map.sizeBytes} bytes in ${map.keys.length} keys`,
          summary: `holds ${size}, and 1Mi is the most that is allowed`,
          explanation: `ConfigMap ${map.name} holds ${size}; the API server refuses more than 1Mi, so its next change may fail.`,
          remedies: [
            {
              label: `Split ${map.name}`,
              advice: `Split ${map.name} into several ConfigMaps, or keep files of that size in a volume or an image.`,
            },
          ],
        });
      }),
});
