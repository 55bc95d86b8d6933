import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';

// Only the default cluster domain: the same words under another domain may be a host on the internet. A pod's own name may
// stand before that of its Service.
const INSIDE =
  /^(?:[a-z0-9-]{1,63}\.){0,3}?([a-z0-9-]{1,63})\.([a-z0-9-]{1,63})\.svc(?:\.cluster\.local)?\.?$/;

/** CHK-SVC-213: an ExternalName Service stands for a Service of this cluster that is not there. */
export const externalNameDangling = defineAnalyzer({
  code: 'CHK-SVC-213',
  title: 'ExternalName that stands for a Service that does not exist',
  severity: 'warning',
  tier: 'service',
  reads: ['Service'],
  standsAlone: true,
  sources: ['HolmesGPT service discovery'],
  analyze: (index) =>
    index.services.flatMap((service) => {
      if (service.type !== 'ExternalName') return [];
      const [, name, namespace] = INSIDE.exec(service.externalName.toLowerCase()) ?? [];
      if (name === undefined || namespace === undefined) return [];
      if (index.find({ kind: 'Service', namespace, name }) !== undefined) return [];
      return [
        describeConfiguration(index, service, {
          summary: `stands for Service ${name} in ${namespace}, which does not exist`,
          field: 'spec.externalName',
          says: service.externalName,
          explanation: `Service ${service.name} is another name for Service ${name} in ${namespace}, which does not exist, so the name ${service.name} does not resolve.`,
          remedy: {
            label: 'Correct the external name',
            advice: `Correct externalName of Service ${service.name}, make Service ${name} in ${namespace}, or delete the alias.`,
          },
        }),
      ];
    }),
});
