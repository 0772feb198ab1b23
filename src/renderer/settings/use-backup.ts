import { RestoreAnswer } from '../../contract/index.ts';
import { decodeErrorBody, readApiKey } from '../client/index.ts';
import { locale } from '../i18n/index.ts';

/** Sends a backup file to the engine, which checks it as a whole. Rejects with the engine's own words. */
export async function sendBackup(file: File): Promise<RestoreAnswer> {
  const answer = await fetch('/restore', { method: 'POST', body: file, headers: headers() });
  const body: unknown = await answer.json();
  if (answer.ok) return RestoreAnswer.parse(body);
  throw new Error(messageIn(body));
}

/** Downloads a backup. With a session the browser does it by itself; an API key has to be sent along. */
export async function fetchBackup(withKey: boolean): Promise<void> {
  const address = `/backup?key=${withKey}`;
  if (readApiKey() === null && !withKey) {
    save(address);
    return;
  }
  const answer = await fetch(address, { headers: headers() });
  if (!answer.ok) throw new Error(messageIn(await answer.json()));
  const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1];
  const url = URL.createObjectURL(await answer.blob());
  save(url, name);
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}

/** The engine words its refusals in the language that was asked for. */
function messageIn(body: unknown): string {
  return decodeErrorBody(body)?.message ?? String(body);
}

function save(address: string, name = ''): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}

function headers(): Record<string, string> {
  const key = readApiKey();
  return {
    'accept-language': locale.value,
    'content-type': 'application/zip',
    ...(key !== null && { authorization: `Bearer ${key}` }),
  };
}
