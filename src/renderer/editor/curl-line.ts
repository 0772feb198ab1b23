import type { WorkflowNode } from '../../contract/index.ts';

const SAMPLE = '{"hello":"world"}';

/** How callers show that they may, for those kinds that one line can do. */
const ALLOWED: Readonly<Record<string, string>> = {
  none: '',
  basic: ' -u USER:PASSWORD',
  header: ' -H "NAME: VALUE"',
  bearer: ' -H "Authorization: Bearer TOKEN"',
  jwt: ' -H "Authorization: Bearer TOKEN"',
};

/**
 * A command that calls a webhook, for any shell (so all quotes are double ones); null where calls must be signed, which
 * takes more than a line.
 */
export function curlLine(
  { url, methods }: { url: string; methods: readonly string[] },
  { parameters }: Pick<WorkflowNode, 'parameters'>,
): string | null {
  const allowed = ALLOWED[String(parameters.authentication ?? 'none')];
  if (allowed === undefined) return null;
  const method = methods.includes('POST') ? 'POST' : (methods[0] ?? 'POST');
  if (method === 'HEAD') return `curl -I "${url}"${allowed}`;
  if (method === 'GET') return `curl "${url}?hello=world"${allowed}`;
  const verb = method === 'POST' ? '' : ` -X ${method}`;
  const content =
    parameters.rawBody === true
      ? '-H "Content-Type: application/octet-stream" --data-binary "@FILE"'
      : `-H "Content-Type: application/json" -d "${SAMPLE.replaceAll('"', '\\"')}"`;
  return `curl${verb} "${url}"${allowed} ${content}`;
}

/** As {@link curlLine}, with a file in a form; null where no body can be sent. */
export function curlUpload(
  { url, methods }: { url: string; methods: readonly string[] },
  { parameters }: Pick<WorkflowNode, 'parameters'>,
): string | null {
  const allowed = ALLOWED[String(parameters.authentication ?? 'none')];
  const method = ['POST', 'PUT', 'PATCH'].find((one) => methods.includes(one));
  if (allowed === undefined || method === undefined || parameters.rawBody === true) return null;
  return `curl${method === 'POST' ? '' : ` -X ${method}`} "${url}"${allowed} -F "file=@FILE"`;
}
