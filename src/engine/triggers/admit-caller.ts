import { BlockList, isIP } from 'node:net';
import type { WebhookDeclaration } from '../node-kit/index.ts';
import type { WebhookRequest } from './webhook-call.ts';

const BOTS =
  /bot\b|bot\/|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|telegram|skypeuri|embedly|lighthouse|headlesschrome|pingdom/i;

/** Who calls, in words for a refusal; null when they may. */
export function refusedCaller(
  { ipAllowList, ignoreBots }: Pick<WebhookDeclaration, 'ipAllowList' | 'ignoreBots'>,
  { ip, headers }: Pick<WebhookRequest, 'ip' | 'headers'>,
): string | null {
  if (ignoreBots && BOTS.test(headers['user-agent'] ?? '')) return headers['user-agent'] ?? '';
  if (ipAllowList.trim() === '') return null;
  const address = ip.replace(/^::ffff:(?=\d+\.)/i, '');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return isIP(address) !== 0 && networksOf(ipAllowList).check(address, family) ? null : ip;
}

const known = new Map<string, BlockList>();

function networksOf(text: string): BlockList {
  let list = known.get(text);
  if (!list) {
    if (known.size > 1000) known.clear();
    known.set(text, (list = parseNetworks(text).list));
  }
  return list;
}

/** Addresses and networks in CIDR notation, with commas between them; `invalid` is the first that is neither. */
export function parseNetworks(text: string): { list: BlockList; invalid?: string } {
  const list = new BlockList();
  for (const entry of text.split(/[\s,]+/).filter(Boolean)) {
    const [address = '', prefix] = entry.split('/');
    const version = isIP(address);
    if (version === 0) return { list, invalid: entry };
    const family = version === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) {
      list.addAddress(address, family);
      continue;
    }
    const bits = Number(prefix);
    const fits = /^\d{1,3}$/.test(prefix) && bits <= (version === 6 ? 128 : 32);
    if (!fits) return { list, invalid: entry };
    list.addSubnet(address, bits, family);
  }
  return { list };
}
