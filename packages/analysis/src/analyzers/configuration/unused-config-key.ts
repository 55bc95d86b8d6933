import { CONFIG_MAP_USERS, configMapUsesOf } from '../../snapshot/config-map-uses.ts';
import { countOf, someOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';
import { isLoadedByLabel } from './loaded-by-label.ts';

/** CHK-CFG-1204: pods take single keys of a ConfigMap, and never these. */
export const unusedConfigKey = defineAnalyzer({
  code: 'CHK-CFG-1204',
  title: 'key of a ConfigMap that nothing uses',
  severity: 'info',
  tier: 'workload',
  reads: CONFIG_MAP_USERS,
  lint: true,
  sources: ['popeye 401'],
  analyze: (index) => {
    const { kept, usedKeysOf } = configMapUsesOf(index);
    return kept.flatMap((map) => {
      const used = usedKeysOf(map);
      // Without any use the whole ConfigMap is told.
      if (used === 'all' || used.size === 0 || isLoadedByLabel(map)) return [];
      const unused = map.keys.filter((key) => !used.has(key));
      if (unused.length === 0) return [];
      const keys = `${unused.length === 1 ? 'key' : 'keys'} ${someOf(unused)}`;
      return [
        observationOn(index, map, {
          field: 'data',
          value: `${countOf(used.size, 'key')} of ${map.keys.length} used; not ${someOf(unused)}`,
          summary: `nothing uses ${keys}`,
          confidence: 'medium',
          explanation: `Pods take single keys of ConfigMap ${map.name}, and none takes ${keys}.`,
          remedies: [
            {
              label: `Remove ${keys}`,
              advice: `Remove ${keys} from ${map.name}, unless a program reads the ConfigMap through the API.`,
            },
          ],
        }),
      ];
    });
  },
});
