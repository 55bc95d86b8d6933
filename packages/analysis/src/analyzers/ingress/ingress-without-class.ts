import { READY_GRACE_MS } from '../../thresholds.ts';
import { someOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';
import { defaultClasses, liveIngresses } from './ingress-class.ts';

/**
 * CHK-ING-902: an Ingress names no class and there is no default, so nobody takes it. Silent where it has an address: some
 * controllers take what names no class.
 */
export const ingressWithoutClass = defineAnalyzer({
  code: 'CHK-ING-902',
  title: 'Ingress without a class where there is no default',
  severity: 'warning',
  tier: 'service',
  reads: ['Ingress', 'IngressClass'],
  standsAlone: true,
  sources: ['k8sgpt Ingress class missing'],
  analyze: (index) => {
    if (defaultClasses(index).length > 0) return [];
    const classes = index.snapshot.objects.IngressClass.map(({ name }) => name).sort();
    return liveIngresses(index)
      .filter(({ className, addresses }) => className === '' && addresses === 0)
      .filter((ingress) => index.takenAt - ingress.createdAt >= READY_GRACE_MS)
      .map((ingress) =>
        describeConfiguration(index, ingress, {
          summary: 'names no class, there is no default class, and it has no address',
          field: 'spec.ingressClassName',
          says: 'not set',
          explanation: `Ingress ${ingress.name} names no class, no IngressClass is the default, and it has no address: no controller serves it.`,
          remedy: {
            label: 'Name its class',
            advice:
              classes.length === 0
                ? `Install an ingress controller, and name its class in Ingress ${ingress.name}.`
                : `Set ingressClassName of Ingress ${ingress.name} to ${someOf(classes)}, or make one class the default.`,
          },
        }),
      );
  },
});
