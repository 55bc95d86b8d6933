import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';
import { nameOfPath, targetsOf } from './ingress-backend.ts';
import { liveIngresses } from './ingress-class.ts';

/** CHK-ING-910: a backend of an Ingress names a Service and no port of it. */
export const backendWithoutPort = defineAnalyzer({
  code: 'CHK-ING-910',
  title: 'Ingress that sends to a Service without saying to which port',
  severity: 'warning',
  tier: 'service',
  reads: ['Ingress'],
  standsAlone: true,
  sources: ['popeye 1404'],
  analyze: (index) =>
    liveIngresses(index).flatMap((ingress) => {
      const target = targetsOf(index, ingress).find(({ port }) => port === '' || port === '0');
      if (target === undefined) return [];
      const path = nameOfPath(target.backend);
      return [
        describeConfiguration(index, ingress, {
          summary: `sends ${path} to Service ${target.name} without a port`,
          field: 'spec.rules[].http.paths[].backend.service.port',
          says: 'not set',
          explanation: `Ingress ${ingress.name} sends ${path} to Service ${target.name} and names neither the number nor the name of a port.`,
          remedy: {
            label: 'Name the port',
            advice: `Name a port of Service ${target.name} in Ingress ${ingress.name}.`,
          },
        }),
      ];
    }),
});
