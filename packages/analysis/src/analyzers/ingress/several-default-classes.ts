import { refOf } from '../../snapshot/ref-of.ts';
import { someOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';
import { defaultClasses } from './ingress-class.ts';

/** CHK-ING-903: several classes call themselves the default. */
export const severalDefaultClasses = defineAnalyzer({
  code: 'CHK-ING-903',
  title: 'several default IngressClasses',
  severity: 'warning',
  tier: 'service',
  reads: ['IngressClass'],
  standsAlone: true,
  analyze: (index) => {
    const [first, ...others] = defaultClasses(index);
    if (first === undefined || others.length === 0) return [];
    const names = someOf([first, ...others].map(({ name }) => name));
    return [
      describeConfiguration(index, first, {
        summary: `is one of ${others.length + 1} default classes: ${names}`,
        field: 'metadata.annotations[ingressclass.kubernetes.io/is-default-class]',
        says: 'true',
        related: others.map(refOf),
        explanation: `${others.length + 1} IngressClasses are the default: ${names}. Kubernetes refuses a new Ingress that names no class, or gives it one that nobody chose.`,
        remedy: {
          label: 'Leave one default',
          advice: `Remove the annotation ingressclass.kubernetes.io/is-default-class from all of ${names} but one.`,
        },
      }),
    ];
  },
});
