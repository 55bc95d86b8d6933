import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { OpsError, type ReplyChart } from '@jamie/core';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { parse, View } from 'vega';
import { barChartSpec } from './bar-chart-spec.ts';

/** For sharp text on today's screens. */
const PIXELS_PER_POINT = 2;

const require = createRequire(import.meta.url);
const FONT_FILES = [
  require.resolve('@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-400-normal.woff2'),
  require.resolve('@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-ext-400-normal.woff2'),
  require.resolve('@fontsource/ibm-plex-sans/files/ibm-plex-sans-greek-400-normal.woff2'),
  require.resolve('@fontsource/ibm-plex-sans/files/ibm-plex-sans-cyrillic-400-normal.woff2'),
];

async function drawChart(chart: ReplyChart): Promise<Uint8Array> {
  const view = new View(parse(barChartSpec(chart)), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  await initWasm(await readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')));
  const fontBuffers = await Promise.all(FONT_FILES.map((path) => readFile(path)));
  const picture = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: PIXELS_PER_POINT },
    font: { fontBuffers, defaultFontFamily: 'IBM Plex Sans', loadSystemFonts: false },
  });
  return picture.render().asPng();
}

if (parentPort === null) throw new OpsError('internal', 'a chart is drawn in a worker only');
const png = await drawChart(workerData as ReplyChart);
parentPort.postMessage(png);
