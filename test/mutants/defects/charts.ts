import type { Defect } from '../defect.ts';

/** Pictures: what they show, and for whom. */
export const chartDefects: readonly Defect[] = [
  {
    name: 'a chart comes without words for those who do not see it',
    file: 'packages/slack/src/notifier/attachments.ts',
    find: 'altText: chart.description, ',
    replace: '',
    suite: 'packages/slack/src/notifier/charts',
  },
  {
    name: 'a chart is attached again with every repeat',
    file: 'packages/slack/src/notifier/attachments.ts',
    find: ':chart:',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it becomes part of a template
    replace: ':chart:${performance.now()}:',
    suite: 'packages/slack/src/notifier/charts',
  },
  {
    name: 'a chart is drawn of what words say better',
    file: 'packages/agents/src/commands/usage/usage-chart.ts',
    find: 'measured.length < MIN_CHART_BARS',
    replace: 'measured.length < MIN_CHART_BARS - 2',
    suite: 'packages/agents/src/commands/top.test',
  },
  {
    name: 'a chart has more bars than can be told apart',
    file: 'packages/charts/src/bar-chart-spec.ts',
    find: 'chart.bars.slice(0, MAX_CHART_BARS)',
    replace: 'chart.bars.slice(0, 10 * MAX_CHART_BARS)',
    suite: 'packages/charts/src/draw-chart',
  },
];
