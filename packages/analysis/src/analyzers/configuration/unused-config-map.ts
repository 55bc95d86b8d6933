import { CONFIG_MAP_USERS, configMapUsesOf } from '../../snapshot/config-map-uses.ts';
import { countOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';
import { isLoadedByLabel } from './loaded-by-label.ts';

/** A ConfigMap may be made some time before the pods that use it. */
const NEW_MS = 60 * 60_000;

/** CHK-CFG-1201: no pod, workload or CronJob uses a ConfigMap. */
export const unusedConfigMap = defineAnalyzer({
  code: 'CHK-CFG-1201',
  title: 'ConfigMap that nothing uses',
  severity: 'info',
  tier: 'workload',
  reads: CONFIG_MAP_USERS,
  lint: true,
  sources: ['k8sgpt ConfigMap unused', 'popeye 400'],
  analyze: (index) => {
    const { kept, usedKeysOf } = configMapUsesOf(index);
    return kept.flatMap((map) => {
      const used = usedKeysOf(map);
      if (used === 'all' || used.size > 0 || isLoadedByLabel(map)) return [];
      if (index.takenAt - map.createdAt < NEW_MS) return [];
      return [
        observationOn(index, map, {
          field: 'metadata.name',
          value: `no pod, workload or CronJob of namespace ${map.namespace} names it; ${countOf(map.keys.length, 'key')}`,
          summary: 'is used by nothing',
          confidence: 'medium',
          explanation: `No pod, workload or CronJob uses ConfigMap ${map.name}; a program may still read it through the API.`,
          remedies: [
            {
              label: `Delete ${map.name} if nobody needs it`,
              advice: `Make sure that no program reads ${map.name} through the API and that no older revision of a workload needs it; then delete it.`,
            },
          ],
        }),
      ];
    });
  },
});
