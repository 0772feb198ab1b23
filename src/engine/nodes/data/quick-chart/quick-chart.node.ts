import {
  defineNode,
  derive,
  MAIN_PORT,
  NodeError,
  param,
  safeUrl,
  setPath,
} from '../../../node-kit/index.ts';
import { chartOf } from './chart-of.ts';

const TIMEOUT_MS = 60_000;

export const quickChart = defineNode({
  type: 'quick-chart',
  version: 1,
  group: 'data',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['graph', 'diagram', 'plot', 'image', '绘图', '柱状图', '折线图', '饼图', '可视化'],
  parameters: {
    chartType: param.select({ options: ['bar', 'line', 'pie', 'doughnut', 'polarArea'], default: 'bar' }),
    labels: param.json({ default: [] }),
    data: param.json({ default: [], required: true }),
    label: param.string(),
    output: param.select({ options: ['image', 'url'], default: 'image' }),
    outputField: param.string({ default: 'data', required: true }),
    baseUrl: param.string({ default: 'https://quickchart.io', required: true }),
    options: param.collection({
      fields: {
        format: param.select({ options: ['png', 'svg', 'webp', 'pdf'], default: 'png' }),
        width: param.number({ default: 500, min: 10, max: 5000, integer: true }),
        height: param.number({ default: 300, min: 10, max: 5000, integer: true }),
        devicePixelRatio: param.number({ default: 2, min: 1, max: 4 }),
        backgroundColor: param.string({ placeholder: '#ffffff' }),
        horizontal: param.boolean({ default: true }),
        fill: param.boolean({ default: true }),
        seriesColor: param.string({ placeholder: '#3d8bd4' }),
        borderColor: param.string({ placeholder: '#3d8bd4' }),
        pointStyle: param.select({
          options: ['circle', 'cross', 'dash', 'rect', 'star', 'triangle'],
          default: 'circle',
        }),
      },
    }),
  },
  effect: 'read',
  execute(context) {
    return context.perItem(async (item, index) => {
      const settings = context.parameters(index);
      const { chart, url } = chartOf(settings);
      if (settings.output === 'url') {
        const json = { ...item.json };
        setPath(json, settings.outputField, url);
        return derive(json, index, 0, item.binary);
      }
      const response = await context.http.request({ method: 'GET', url, timeoutMs: TIMEOUT_MS });
      if (response.status >= 400)
        throw new NodeError('HTTP_STATUS', {
          method: 'GET',
          url: safeUrl(settings.baseUrl),
          status: response.status,
          reason: response.headers['x-quickchart-error'] ?? response.statusText,
        });
      const { format = 'png' } = settings.options;
      const image = await context.binary.write(response.body, {
        mimeType: response.headers['content-type']?.split(';', 1)[0] || `image/${format}`,
        fileName: `chart.${format}`,
      });
      return derive({ chart }, index, 0, { ...item.binary, [settings.outputField]: image });
    });
  },
});
