import type { KubeObject, ServiceView } from '@jamie/core';
import { toObjectView } from './object-view.ts';
import { listOf, numberOf, objectOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

/** Projects a Service. Without a targetPort, the port itself is the target, as Kubernetes has it. */
export function toServiceView(object: KubeObject, sharing: Sharing): ServiceView {
  const spec = objectOf(object.spec);
  return {
    ...toObjectView('Service', object, sharing),
    type: sharing.text(spec['type'] ?? 'ClusterIP'),
    selector: sharing.texts(spec['selector']),
    ports: listOf(spec['ports']).map((item) => {
      const { name, port, targetPort } = objectOf(item);
      return {
        name: sharing.text(name),
        port: numberOf(port),
        targetPort: sharing.text(String(targetPort ?? port)),
      };
    }),
  };
}
