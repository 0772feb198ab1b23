import type { NodeMapping } from '../mapping.ts';

const same = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, name]));

export const quickChart: NodeMapping = {
  from: ['quickChart'],
  map(source) {
    const { parameters } = source;
    const chart = parameters.child('chartOptions');
    const series = parameters.child('datasetOptions');
    const labels =
      parameters.text('labelsMode', 'manually') === 'array'
        ? parameters.take('labelsArray', [])
        : parameters.rows('labelsUi', 'labelsValues').map((row) => row.take('label', ''));
    parameters.ignore('labelsArray', 'labelsUi');
    const options: Record<string, unknown> = {};
    for (const name of ['width', 'height', 'devicePixelRatio'])
      if (chart.has(name)) options[name] = chart.take(name);
    if (chart.has('backgroundColor')) options['backgroundColor'] = chart.take('backgroundColor');
    if (chart.has('horizontal')) options['horizontal'] = chart.flag('horizontal');
    if (chart.has('format'))
      options['format'] = source.choose('format', same(['png', 'svg', 'webp', 'pdf']), 'png', chart);
    if (series.has('backgroundColor')) options['seriesColor'] = series.take('backgroundColor');
    if (series.has('borderColor')) options['borderColor'] = series.take('borderColor');
    if (series.has('fill')) options['fill'] = series.flag('fill');
    if (series.has('pointStyle')) {
      const styles = same(['circle', 'cross', 'dash', 'rect', 'star', 'triangle']);
      options['pointStyle'] = source.choose('pointStyle', styles, 'circle', series);
    }
    return {
      type: 'quick-chart',
      parameters: {
        chartType: source.choose('chartType', same(['bar', 'line', 'pie', 'doughnut', 'polarArea']), 'bar'),
        labels,
        data: parameters.take('data', []),
        label: series.text('label'),
        outputField: parameters.text('output', 'data'),
        options,
      },
    };
  },
};
