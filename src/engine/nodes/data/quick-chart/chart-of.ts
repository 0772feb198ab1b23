import { NodeError } from '../../../node-kit/index.ts';

interface ChartSettings {
  chartType: string;
  labels: unknown;
  data: unknown;
  label: string;
  baseUrl: string;
  options: {
    format?: string | undefined;
    width?: number | undefined;
    height?: number | undefined;
    devicePixelRatio?: number | undefined;
    backgroundColor?: string | undefined;
    horizontal?: boolean | undefined;
    fill?: boolean | undefined;
    seriesColor?: string | undefined;
    borderColor?: string | undefined;
    pointStyle?: string | undefined;
  };
}

/**
 * A chart as Chart.js 2 describes it, which is what QuickChart draws, and the address of its picture
 * (https://quickchart.io/documentation/). Throws NodeError PARAMETER_INVALID.
 */
export function chartOf(settings: ChartSettings): { chart: Record<string, unknown>; url: string } {
  const { options } = settings;
  const isLying = settings.chartType === 'bar' && options.horizontal === true;
  const chart = {
    type: isLying ? 'horizontalBar' : settings.chartType,
    data: {
      labels: listOf('labels', settings.labels),
      datasets: [
        {
          label: settings.label,
          data: listOf('data', settings.data),
          backgroundColor: options.seriesColor,
          borderColor: options.borderColor,
          fill: options.fill,
          pointStyle: options.pointStyle,
        },
      ],
    },
  };
  const url = readAddress(settings.baseUrl);
  url.searchParams.set('c', JSON.stringify(chart));
  for (const name of ['format', 'width', 'height', 'devicePixelRatio', 'backgroundColor'] as const) {
    const value = options[name];
    if (value !== undefined && value !== '') url.searchParams.set(name, String(value));
  }
  return { chart, url: url.href };
}

function listOf(field: string, value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new NodeError('PARAMETER_INVALID', { field, reason: 'it is not a list such as [1, 2, 3]' });
}

function readAddress(text: string): URL {
  const address = `${text.trim().replace(/\/+$/, '')}/chart`;
  if (URL.canParse(address)) return new URL(address);
  const reason = 'it is not an address such as https://quickchart.io';
  throw new NodeError('PARAMETER_INVALID', { field: 'baseUrl', reason });
}
