import { toSingleLine } from '../../evidence/cluster-text.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';
import { liveIngresses } from './ingress-class.ts';

/** CHK-ING-906: the load balancer of an Ingress says that it cannot open a port. */
export const ingressPortError = defineAnalyzer({
  code: 'CHK-ING-906',
  title: 'Ingress whose load balancer cannot open a port',
  severity: 'critical',
  tier: 'service',
  reads: ['Ingress'],
  standsAlone: true,
  sources: ['popeye 1400'],
  analyze: (index) =>
    liveIngresses(index).flatMap((ingress) => {
      const [first] = ingress.portErrors;
      if (first === undefined) return [];
      const error = toSingleLine(first, 120);
      return [
        describeConfiguration(index, ingress, {
          summary: `its load balancer cannot open port ${error}`,
          field: 'status.loadBalancer.ingress[].ports[].error',
          says: error,
          explanation: `The load balancer of Ingress ${ingress.name} cannot open port ${error}.`,
          remedy: {
            label: 'Look at the load balancer',
            advice: `Look at the log of the controller of Ingress ${ingress.name} and at its load balancer for port ${error}.`,
          },
        }),
      ];
    }),
});
