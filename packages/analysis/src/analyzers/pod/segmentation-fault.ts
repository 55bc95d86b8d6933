import { defineCrashAnalyzer } from './crash-analyzer.ts';

/** CHK-POD-104: a memory access violation in native code. */
export const segmentationFault = defineCrashAnalyzer({
  code: 'CHK-POD-104',
  title: 'container that crashes with a segmentation fault (139)',
  exit: 'segfault',
  summary: () => 'crashes with a segmentation fault (exit code 139)',
  remedies: ({ hits: [{ container }] }) => [
    {
      label: 'Mend the native code or its image',
      advice: `A native library of ${container.image} accesses memory that is not its own; look for a changed base image, library or CPU architecture.`,
    },
  ],
});
