import { defineVolumeTroubleAnalyzer } from './volume-trouble-analyzer.ts';

/** CHK-STO-1010: the kubelet does not mount a volume, and missing configuration is not why. */
export const volumeNotMounted = defineVolumeTroubleAnalyzer({
  code: 'CHK-STO-1010',
  title: 'volume that cannot be mounted',
  trouble: 'not_mounted',
  sources: ['k8sgpt Pod FailedMount', 'Robusta VolumeWarning'],
  verb: 'cannot be mounted',
  remedy: () => ({
    label: "Follow the kubelet's message",
    advice:
      "The kubelet's message names what the mount lacks: a driver that is not on the node, a path or server that does not exist, or a file system that needs repair.",
  }),
});
