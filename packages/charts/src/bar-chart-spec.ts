import { MAX_CHART_BARS, type ReplyChart } from '@jamie/core';
import type { Mark, Spec } from 'vega';

const WIDTH_PIXELS = 640;
const BAR_PIXELS = 26;
const LABEL_PIXELS = 320;
const LABEL_CHARACTERS = 34;
const FONT = 'IBM Plex Sans';
/** Told apart by lightness too, for people who do not tell these colours apart. */
const COLOURS = { bar: '#3b6fb6', limit: '#9a2f2f', text: '#1d1c1d', line: '#dddddd' };

/**
 * Horizontal bars in the order given, each with its value, and a mark where its limit lies. Pure. Bars beyond
 * MAX_CHART_BARS are left out.
 */
export function barChartSpec(chart: ReplyChart): Spec {
  const bars = chart.bars.slice(0, MAX_CHART_BARS).map((bar, index) => ({
    ...bar,
    position: index,
    label: cutInTheMiddle(visible(bar.label)),
    text: formatValue(bar.value),
  }));
  const hasLimits = bars.some(({ limit }) => limit !== undefined);
  return {
    width: WIDTH_PIXELS,
    height: bars.length * BAR_PIXELS,
    padding: 12,
    background: '#ffffff',
    config: { text: { font: FONT }, axis: { labelFont: FONT, titleFont: FONT }, title: { font: FONT } },
    title: { text: visible(chart.title), anchor: 'start', fontSize: 16, color: COLOURS.text },
    data: [{ name: 'bars', values: bars }],
    scales: [
      {
        name: 'row',
        type: 'band',
        domain: bars.map(({ position }) => position),
        range: 'height',
        padding: 0.25,
      },
      {
        name: 'value',
        type: 'linear',
        domain: [0, Math.max(1, ...bars.flatMap(({ value, limit = 0 }) => [value, limit]))],
        range: 'width',
        nice: true,
      },
    ],
    axes: [
      {
        orient: 'bottom',
        scale: 'value',
        grid: true,
        gridColor: COLOURS.line,
        tickCount: 5,
        title: `${visible(chart.unit)}${hasLimits ? ', the mark is the limit' : ''}`,
      },
      {
        orient: 'left',
        scale: 'row',
        labelLimit: LABEL_PIXELS,
        ticks: false,
        encode: { labels: { update: { text: { signal: 'data("bars")[datum.value].label' } } } },
      },
    ],
    marks: [valueBars(), limitMarks(), valueTexts()],
  };
}

function valueBars(): Mark {
  return {
    type: 'rect',
    from: { data: 'bars' },
    encode: {
      enter: {
        y: { scale: 'row', field: 'position' },
        height: { scale: 'row', band: 1 },
        x: { scale: 'value', value: 0 },
        x2: { scale: 'value', field: 'value' },
        fill: { value: COLOURS.bar },
      },
    },
  };
}

function limitMarks(): Mark {
  return {
    type: 'rect',
    from: { data: 'bars' },
    encode: {
      enter: {
        y: { scale: 'row', field: 'position' },
        height: { scale: 'row', band: 1 },
        x: { scale: 'value', field: 'limit' },
        width: { value: 3 },
        fill: { value: COLOURS.limit },
        opacity: { signal: 'isNumber(datum.limit) ? 1 : 0' },
      },
    },
  };
}

function valueTexts(): Mark {
  return {
    type: 'text',
    from: { data: 'bars' },
    encode: {
      enter: {
        y: { scale: 'row', field: 'position', band: 0.5 },
        x: { scale: 'value', field: 'value', offset: 6 },
        baseline: { value: 'middle' },
        text: { field: 'text' },
        fill: { value: COLOURS.text },
        fontSize: { value: 12 },
      },
    },
  };
}

/** Names differ at their ends. */
function cutInTheMiddle(text: string): string {
  if (text.length <= LABEL_CHARACTERS) return text;
  const kept = Math.floor((LABEL_CHARACTERS - 1) / 2);
  return `${text.slice(0, kept)}…${text.slice(-kept)}`.toWellFormed();
}

/** Without what cannot be drawn. */
function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, '')
    .trim();
}

function formatValue(value: number): string {
  return value.toLocaleString('en-GB', { maximumFractionDigits: 1 });
}
