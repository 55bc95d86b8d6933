import { storageOf } from '../../snapshot/storage-index.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';

/**
 * Provisioners that have left the Kubernetes tree, and the drivers that took their place:
 * https://kubernetes.io/docs/concepts/storage/volumes. Others of kubernetes.io, for example no-provisioner, remain.
 */
const SUCCESSORS: ReadonlyMap<string, string> = new Map([
  ['kubernetes.io/aws-ebs', 'ebs.csi.aws.com'],
  ['kubernetes.io/gce-pd', 'pd.csi.storage.gke.io'],
  ['kubernetes.io/azure-disk', 'disk.csi.azure.com'],
  ['kubernetes.io/azure-file', 'file.csi.azure.com'],
  ['kubernetes.io/cinder', 'cinder.csi.openstack.org'],
  ['kubernetes.io/vsphere-volume', 'csi.vsphere.vmware.com'],
  ['kubernetes.io/portworx-volume', 'pxd.portworx.com'],
  ['kubernetes.io/rbd', 'rbd.csi.ceph.com'],
  ['kubernetes.io/cephfs', 'cephfs.csi.ceph.com'],
  ['kubernetes.io/glusterfs', 'a CSI driver'],
  ['kubernetes.io/flocker', 'a CSI driver'],
  ['kubernetes.io/quobyte', 'a CSI driver'],
  ['kubernetes.io/storageos', 'a CSI driver'],
  ['kubernetes.io/scaleio', 'a CSI driver'],
]);

/** CHK-STO-1018: a class names a provisioner that Kubernetes no longer carries. */
export const inTreeProvisioner = defineAnalyzer({
  code: 'CHK-STO-1018',
  title: 'StorageClass with a provisioner that Kubernetes has removed',
  severity: 'info',
  tier: 'workload',
  reads: ['StorageClass'],
  lint: true,
  sources: ['k8sgpt Storage deprecated provisioner'],
  analyze: (index) =>
    storageOf(index).classes.flatMap((storageClass) => {
      const { name, provisioner } = storageClass;
      const successor = SUCCESSORS.get(provisioner);
      if (successor === undefined) return [];
      return [
        observationOn(index, storageClass, {
          field: 'provisioner',
          value: provisioner,
          summary: `uses ${provisioner}, which has left Kubernetes`,
          explanation: `StorageClass ${name} uses ${provisioner}, which has left Kubernetes; where its translation is not installed, no volume is made. Its successor is ${successor}.`,
          remedies: [
            {
              label: `Move to ${successor}`,
              advice: `Make a StorageClass with ${successor} for new claims; volumes that exist are translated by Kubernetes while the driver is installed.`,
            },
          ],
        }),
      ];
    }),
});
