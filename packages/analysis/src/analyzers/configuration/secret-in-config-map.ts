import { configMapUsesOf } from '../../snapshot/config-map-uses.ts';
import { someOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';

/** Names of keys under which people keep what should be secret. Names alone: no value is ever read. */
const SECRET = /(?:^|[._-])(?:password|passwd|secret|token|api[._-]?key|private[._-]?key|credentials?)$/i;

/** CHK-CFG-1205: a key of a ConfigMap is named like a secret. */
export const secretInConfigMap = defineAnalyzer({
  code: 'CHK-CFG-1205',
  title: 'ConfigMap with a key that is named like a secret',
  severity: 'info',
  tier: 'workload',
  reads: ['ConfigMap'],
  lint: true,
  sources: ['HolmesGPT configmap that looks like a secret'],
  analyze: (index) =>
    configMapUsesOf(index).kept.flatMap((map) => {
      const keys = map.keys.filter((key) => SECRET.test(key));
      if (keys.length === 0) return [];
      return [
        observationOn(index, map, {
          field: 'data',
          value: `has keys named ${someOf(keys)}`,
          summary: `has ${keys.length === 1 ? 'a key that is' : 'keys that are'} named like a secret: ${someOf(keys)}`,
          confidence: 'low',
          explanation: `ConfigMap ${map.name} has ${keys.length === 1 ? 'a key' : 'keys'} named ${someOf(keys)}: whoever may read ConfigMaps may read it. Its value was not looked at.`,
          remedies: [
            {
              label: 'Keep it in a Secret',
              advice: `If ${someOf(keys)} holds a secret, move it to a Secret and change it: it was readable by all who read ConfigMaps.`,
            },
          ],
        }),
      ];
    }),
});
