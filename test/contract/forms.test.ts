import { afterAll, beforeAll, expect, it } from 'vitest';
import { WorkflowDocument } from '../../src/contract/index.ts';
import { startTestApp, type TestApp } from './test-app.ts';

let engine: TestApp;
beforeAll(async () => {
  engine = await startTestApp();
});
afterAll(() => engine.stop());

type Parameters = Record<string, unknown>;

/** A form and the nodes after it, one after the other. */
async function activate(path: string, parameters: Parameters, ...rest: Array<{ type: string } & Parameters>) {
  const { client } = engine.app;
  const { credentials, ...settings } = parameters;
  const trigger = { type: 'form-trigger', parameters: { path, ...settings }, credentials };
  const nodes = [trigger, ...rest].map((node, index) => ({ id: `n${index}`, name: `N${index}`, ...node }));
  const connections = rest.map((_node, index) => ({
    from: { node: `n${index}` },
    to: { node: `n${index + 1}` },
  }));
  const { id } = await client.workflows.create({
    document: WorkflowDocument.parse({ name: path, nodes, connections }),
  });
  await client.workflows.activate({ id });
  return id;
}

const look = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${engine.app.url}${path}`, { headers, redirect: 'manual' });

async function nonceAt(path: string): Promise<string> {
  return /name="nonce" value="([^"]+)"/.exec(await (await look(path)).text())?.[1] ?? '';
}

async function send(path: string, answers: Record<string, string | Blob | string[]>): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of Object.entries(answers))
    for (const one of Array.isArray(value) ? value : [value]) body.append(name, one);
  return fetch(`${engine.app.url}${path}`, { method: 'POST', body, redirect: 'manual' });
}

async function outputsOf(workflowId: string, nodeId: string) {
  const { client } = engine.app;
  const { items } = await client.executions.list({ workflowId });
  const { nodeRuns } = await client.executions.get({ id: items[0]!.id });
  return nodeRuns.find((run) => run.nodeId === nodeId)?.outputs[0];
}

const FIELDS = [
  { label: '姓名', name: 'name', required: true, placeholder: 'A & B' },
  { kind: 'number', label: 'Age', initial: '30' },
  { kind: 'email', label: 'Mail' },
  { kind: 'date', label: 'Day' },
  { kind: 'select', label: 'Size', options: 'S\nM' },
  { kind: 'checkboxes', label: 'Colours', options: 'red\ngreen\nblue' },
  { kind: 'file', label: 'CV', accept: '.pdf, text/*', required: true },
  { kind: 'html', html: '<em>hello</em>' },
  { kind: 'hidden', name: 'source', initial: 'web' },
  { kind: 'textarea', label: 'Notes' },
];
const FILE = new File(['%PDF'], 'cv 简历.pdf', { type: 'application/pdf' });

it('shows a page that runs no scripts, has no origin and sets no cookie', async () => {
  await activate('page', { title: '<Hi>', fields: FIELDS });
  const answer = await look('/form/page?source=mail&Age=7', { 'accept-language': 'zh-CN' });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-security-policy')).toMatch(
    /^sandbox allow-forms (?!.*allow-(scripts|same-origin)).*default-src 'none'/,
  );
  expect(answer.headers.get('set-cookie')).toBeNull();
  const html = await answer.text();
  expect(html).toContain('<html lang="zh-CN">');
  expect(html).toContain('<h1>&lt;Hi&gt;</h1>');
  expect(html).toContain('placeholder="A &amp; B"');
  expect(html).toContain('value="mail"');
  expect(html).toContain('value="7"');
  expect(html).toContain('<em>hello</em>');
  expect(html).toContain('>提交</button>');
});

it('begins an execution with the answers and the file, once however often the page is sent', async () => {
  const id = await activate('whole', { fields: FIELDS, endText: 'Bye' });
  const nonce = await nonceAt('/form/whole');
  const answers = {
    nonce,
    f0: 'Ann',
    f1: '1,5',
    f2: 'a@b.example',
    f3: '2026-02-28',
    f4: 'M',
    f5: ['red', 'blue'],
    f6: FILE,
    f8: 'web',
    f9: 'one\r\ntwo',
  };
  const both = await Promise.all([send('/form/whole', answers), send('/form/whole', answers)]);
  for (const answer of both) expect(await answer.text()).toContain('<p>Bye</p>');
  const { items } = await engine.app.client.executions.list({ workflowId: id });
  expect(items.map(({ mode }) => mode)).toEqual(['trigger']);
  expect(await outputsOf(id, 'n0')).toEqual([
    {
      json: {
        name: 'Ann',
        Age: 1.5,
        Mail: 'a@b.example',
        Day: '2026-02-28',
        Size: 'M',
        Colours: ['red', 'blue'],
        CV: { fileName: 'cv 简历.pdf', mimeType: 'application/pdf', size: 4 },
        source: 'web',
        Notes: 'one\ntwo',
        submittedAt: expect.any(String),
        formMode: 'production',
      },
      pairedItem: { item: 0 },
      binary: { CV: expect.objectContaining({ fileName: 'cv 简历.pdf', size: 4 }) },
    },
  ]);
});

it('says what is wrong and keeps what was typed', async () => {
  const id = await activate('strict', { fields: FIELDS });
  const nonce = await nonceAt('/form/strict');
  const wrong = { f0: ' ', f1: 'x', f2: 'a@b', f3: '2026-02-30', f4: 'XL', f5: 'pink', f9: 'kept "me"' };
  const answer = await send('/form/strict', {
    nonce,
    ...wrong,
    f6: new File(['x'], 'a.exe', { type: 'application/x-msdownload' }),
  });
  expect(answer.status).toBe(422);
  const html = await answer.text();
  for (const field of ['f0', 'f1', 'f2', 'f3', 'f4', 'f5', 'f6'])
    expect(html).toContain(`id="${field}-problem"`);
  expect(html).toContain('kept &quot;me&quot;');
  const right = { f0: 'Ann', f6: FILE };
  const forged = await send('/form/strict', { nonce: 'x.y.z', ...right });
  expect(forged.status).toBe(422);
  expect(await forged.text()).toContain('open for too long');
  const foreign = await send('/form/strict', { nonce: await nonceAt('/form/whole'), ...right });
  expect(foreign.status).toBe(422);
  expect((await engine.app.client.executions.list({ workflowId: id })).items).toEqual([]);
  const raw = await fetch(`${engine.app.url}/form/strict`, { method: 'POST', body: 'x' });
  expect(raw.status).toBe(400);
});

it('takes no form that ends in the middle of a file, and goes on serving', async () => {
  await activate('cut', { fields: [{ kind: 'file', label: 'CV' }] });
  const part = 'Content-Disposition: form-data; name="f0"; filename="a.txt"\r\n\r\nbegin';
  const response = await fetch(`${engine.app.url}/form/cut`, {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    body: `--b\r\n${part}`,
  });
  expect(response.status).toBe(400);
  expect((await look('/form/cut')).status).toBe(200);
});

it('leads the browser from page to page and to the end', async () => {
  const id = await activate(
    'steps',
    { fields: [{ label: 'Name' }] },
    {
      type: 'form',
      parameters: {
        title: '=Hello {{ $json.Name }}',
        fields: [{ kind: 'file', label: 'Files', multiple: true }],
      },
    },
    { type: 'form', parameters: { operation: 'end', endTitle: "={{ 'Bye ' + $('N0').first().json.Name }}" } },
  );
  const first = await send('/form/steps', { nonce: await nonceAt('/form/steps'), f0: 'Ann' });
  expect(first.status).toBe(303);
  const next = first.headers.get('location') ?? '';
  expect(next).toMatch(/^\/form-waiting\/[\w-]{32}$/);
  const page = await (await look(next)).text();
  expect(page).toContain('<h1>Hello Ann</h1>');
  expect(page).toContain('>Continue</button>');
  const end = await send(next, { f0: FILE });
  expect(end.status).toBe(200);
  expect(await end.text()).toContain('<h1>Bye Ann</h1>');
  expect((await send(next, { f0: FILE })).status).toBe(410);
  expect((await look(next)).status).toBe(410);
  expect(await outputsOf(id, 'n1')).toMatchObject([
    { json: { Files: [{ size: 4 }] }, binary: { Files_0: { fileName: 'cv 简历.pdf' } } },
  ]);
});

it('redirects at the end, and tells strangers nothing of failures', async () => {
  await activate(
    'redirected',
    { fields: [{ label: 'Name' }], respond: 'at-end', answer: 'redirect', redirect: 'https://x.test/ä' },
    { type: 'no-op', parameters: {} },
  );
  const answer = await send('/form/redirected', { nonce: await nonceAt('/form/redirected'), f0: 'Ann' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, 'https://x.test/%C3%A4']);
  await activate(
    'broken',
    { fields: [{ label: 'Name' }], respond: 'at-end' },
    { type: 'stop-and-error', parameters: { message: 'secret' } },
  );
  const failed = await send('/form/broken', { nonce: await nonceAt('/form/broken'), f0: 'Ann' });
  expect(failed.status).toBe(500);
  expect(await failed.text()).not.toContain('secret');
});

it('asks for a password where the form wants one', async () => {
  const { id: credential } = await engine.app.client.credentials.create({
    name: 'c',
    type: 'basic-auth',
    data: { user: 'u', password: 'p' },
  });
  await activate('private', {
    fields: [{ label: 'Name' }],
    authentication: 'basic',
    credentials: { 'basic-auth': credential },
  });
  const refused = await look('/form/private');
  expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
    401,
    'Basic realm="webhook", charset="UTF-8"',
  ]);
  expect((await send('/form/private', { f0: 'x' })).status).toBe(401);
  expect((await look('/form/private', { authorization: 'Basic dTpw' })).status).toBe(200);
});
