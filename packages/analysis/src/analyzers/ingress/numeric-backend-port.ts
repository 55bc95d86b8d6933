import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';
import { targetsOf } from './ingress-backend.ts';
import { liveIngresses } from './ingress-class.ts';

/** CHK-ING-909: an Ingress names a port by its number although the Service gives it a name. */
export const numericBackendPort = defineAnalyzer({
  code: 'CHK-ING-909',
  title: 'Ingress that names a port by its number although it has a name',
  severity: 'info',
  tier: 'service',
  reads: ['Ingress', 'Service'],
  lint: true,
  sources: ['popeye 1403'],
  analyze: (index) =>
    liveIngresses(index).flatMap((ingress) => {
      const named = targetsOf(index, ingress).flatMap(({ service, port, name }) => {
        const found = service?.ports.find((each) => String(each.port) === port && each.name !== '');
        return found === undefined ? [] : [`${port} of Service ${name} is ${found.name}`];
      });
      const [first] = named;
      if (first === undefined) return [];
      return [
        describeConfiguration(index, ingress, {
          summary: `names a port by its number: ${first}`,
          field: 'spec.rules[].http.paths[].backend.service.port.number',
          says: first,
          explanation: `Ingress ${ingress.name} names a port by its number: ${first}. By name, the number can change in one place.`,
          remedy: {
            label: 'Name the port',
            advice: `Use port.name in place of port.number in Ingress ${ingress.name}.`,
          },
        }),
      ];
    }),
});
