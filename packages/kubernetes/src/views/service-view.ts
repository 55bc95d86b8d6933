import type { KubeObject, ServiceView } from '@jamie/core';
import { toObjectView } from './object-view.ts';
import { listOf, numberOf, objectOf, textOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

/** Projects a Service. Without a targetPort, the port itself is the target, as Kubernetes has it. */
export function toServiceView(object: KubeObject, sharing: Sharing): ServiceView {
  const spec = objectOf(object.spec);
  return {
    ...toObjectView('Service', object, sharing),
    type: sharing.text(spec['type'] ?? 'ClusterIP'),
    selector: sharing.texts(spec['selector']),
    ports: listOf(spec['ports']).map((item) => {
      const { name, port, targetPort, protocol } = objectOf(item);
      return {
        name: sharing.text(name),
        port: numberOf(port),
        targetPort: sharing.text(String(targetPort ?? port)),
        protocol: sharing.text(protocol) || 'TCP',
      };
    }),
    clusterIp: textOf(spec['clusterIP']),
    externalName: textOf(spec['externalName']),
    externalTrafficPolicy: sharing.text(spec['externalTrafficPolicy']),
    addresses: listOf(objectOf(objectOf(object.status)['loadBalancer'])['ingress']).length,
  };
}
