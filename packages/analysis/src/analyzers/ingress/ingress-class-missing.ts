import { toSingleLine } from '../../evidence/cluster-text.ts';
import { READY_GRACE_MS } from '../../thresholds.ts';
import { someOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';
import { liveIngresses } from './ingress-class.ts';

/** CHK-ING-901: an Ingress names a class that does not exist. The old annotation is silent: it needs no such object. */
export const ingressClassMissing = defineAnalyzer({
  code: 'CHK-ING-901',
  title: 'Ingress whose class does not exist',
  severity: 'critical',
  tier: 'service',
  reads: ['Ingress', 'IngressClass'],
  standsAlone: true,
  sources: ['k8sgpt Ingress class not existing', 'HolmesGPT ingress class'],
  analyze: (index) => {
    const classes = index.snapshot.objects.IngressClass.map(({ name }) => name).sort();
    const known = new Set(classes);
    return liveIngresses(index)
      .filter(
        (ingress) => ingress.className !== '' && !ingress.classByAnnotation && !known.has(ingress.className),
      )
      .filter((ingress) => index.takenAt - ingress.createdAt >= READY_GRACE_MS)
      .map((ingress) => {
        const name = toSingleLine(ingress.className, 63);
        const others = classes.length === 0 ? 'this cluster has none' : `there are ${someOf(classes)}`;
        return describeConfiguration(index, ingress, {
          // An address means that some controller has served it, by another rule or in the past.
          severity: ingress.addresses > 0 ? 'warning' : 'critical',
          confidence: ingress.addresses > 0 ? 'medium' : 'high',
          summary: `names IngressClass ${name}, which does not exist`,
          field: 'spec.ingressClassName',
          says: name,
          explanation: `Ingress ${ingress.name} names IngressClass ${name}, which does not exist (${others}), so no controller takes it as its own.`,
          remedy: {
            label: 'Correct the class',
            advice:
              classes.length === 0
                ? `Install the controller that makes IngressClass ${name}, or correct ingressClassName of Ingress ${ingress.name}.`
                : `Set ingressClassName of Ingress ${ingress.name} to a class that exists: ${someOf(classes)}.`,
          },
        });
      });
  },
});
