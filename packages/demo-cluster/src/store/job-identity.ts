import type { PodTemplate, StoredObject } from '../objects.ts';

type Fields = Readonly<Record<string, unknown>>;

const UID_LABEL = 'batch.kubernetes.io/controller-uid';

/** The labels that tell the pods of one Job from those of every other. */
function podLabels(name: string, uid: string): Readonly<Record<string, string>> {
  return {
    [UID_LABEL]: uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
}

/** A new Job with the selector and the pod labels that the API server makes from its uid. Pure. */
export function withJobIdentity<T extends Pick<StoredObject, 'kind'>>(job: T, name: string, uid: string): T {
  const spec = ((job as unknown as Fields)['spec'] ?? {}) as Fields;
  const template = (spec['template'] ?? {}) as PodTemplate;
  const labels = podLabels(name, uid);
  const metadata = { ...template.metadata, labels: { ...template.metadata?.labels, ...labels } };
  return {
    ...job,
    spec: {
      ...spec,
      selector: { matchLabels: { [UID_LABEL]: uid } },
      template: { ...template, metadata },
    },
  };
}
