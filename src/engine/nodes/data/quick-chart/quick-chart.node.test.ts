import { afterEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../http/test-server.ts';
import { items, memoryBinaryStore, runNode } from '../../../node-kit/test-harness.ts';
import { quickChart } from './quick-chart.node.ts';

let server: TestServer;
afterEach(() => server?.close());

const CHART = {
  type: 'bar',
  data: { labels: ['周一', '周二'], datasets: [{ label: '订单', data: [3, 5], fill: true }] },
};
const parameters = {
  labels: '["周一", "周二"]',
  data: [3, 5],
  label: '订单',
  options: { fill: true, width: 200 },
};

describe('quick-chart', () => {
  it('fetches the picture of a chart', async () => {
    let asked: URL | undefined;
    // Answers as the documented GET /chart does.
    server = await startTestServer((request, response) => {
      asked = new URL(request.url ?? '', 'http://localhost');
      response.writeHead(200, { 'content-type': 'image/png' }).end('PNG');
    });
    const binary = memoryBinaryStore();
    const { ports } = await runNode(quickChart, {
      parameters: { ...parameters, baseUrl: `${server.base}/` },
      items: items({ a: 1 }),
      http: server.http,
      binary,
    });
    expect(asked?.pathname).toBe('/chart');
    expect(JSON.parse(asked?.searchParams.get('c') ?? '')).toEqual(CHART);
    expect(asked?.searchParams.get('width')).toBe('200');
    const image = ports[0]?.[0]?.binary?.['data'];
    expect(image).toMatchObject({ mimeType: 'image/png', fileName: 'chart.png' });
    expect((await binary.read(image!)).toString()).toBe('PNG');
  });

  it('gives the address alone without asking anybody', async () => {
    const { ports } = await runNode(quickChart, {
      parameters: { ...parameters, output: 'url', outputField: 'chart' },
      items: items({ a: 1 }),
    });
    const { a, chart } = ports[0]?.[0]?.json as { a: number; chart: string };
    expect(a).toBe(1);
    expect(JSON.parse(new URL(chart).searchParams.get('c') ?? '')).toEqual(CHART);
  });

  it('passes on what the server says is wrong', async () => {
    server = await startTestServer((_request, response) =>
      response.writeHead(400, { 'x-quickchart-error': 'Chart is not defined' }).end(),
    );
    const failing = runNode(quickChart, {
      parameters: { ...parameters, baseUrl: server.base },
      items: items({}),
      http: server.http,
    });
    await expect(failing).rejects.toMatchObject({ facts: { reason: 'Chart is not defined' } });
    const broken = runNode(quickChart, { parameters: { data: 3 }, items: items({}) });
    await expect(broken).rejects.toMatchObject({ code: 'PARAMETER_INVALID' });
  });
});
