import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Decides which addresses requests of workflows may reach. */
export interface AddressPolicy {
  /** Why this resolved IP address is refused; null when it is allowed. */
  refusal(address: string, port: number): string | null;
}

export interface AddressPolicyOptions {
  /** Refuse loopback, private and link-local ranges; for instances shared by several people. */
  denyPrivate?: boolean;
  /** Addresses or ranges in CIDR form that are allowed whatever the other rules say. */
  allow?: readonly string[];
  /** Ports of this machine where our own API listens. Asked at each connection: the port is known only after listening. */
  ownPorts?: () => readonly number[];
}

/** Where clouds hand credentials to whoever asks from inside a machine. */
const METADATA = [
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  '169.254.0.23',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd20:ce::254',
];

const LOOPBACK = ['127.0.0.0/8', '0.0.0.0/8', '::1', '::'];

const PRIVATE = [
  ...LOOPBACK,
  '10.0.0.0/8',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
];

export function createAddressPolicy(options: AddressPolicyOptions = {}): AddressPolicy {
  const allowed = blockListOf(options.allow ?? []);
  const metadata = blockListOf(METADATA);
  const local = blockListOf(LOOPBACK);
  const priv = blockListOf(PRIVATE);
  return {
    refusal(address, port) {
      const forms = addressForms(address);
      const isIn = (list: BlockList) =>
        forms.some((form) => list.check(form, isIP(form) === 6 ? 'ipv6' : 'ipv4'));
      if (isIn(allowed)) return null;
      if (isIn(metadata)) return 'it is the metadata service of a cloud';
      if (options.ownPorts?.().includes(port) && (isIn(local) || isOwnAddress(forms))) {
        return "it is GuixuFlow's own address";
      }
      if (options.denyPrivate && isIn(priv)) return 'private addresses are off on this instance';
      return null;
    },
  };
}

function blockListOf(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

/** The address, and the IPv4 address it leads to where one is embedded (mapped, NAT64, 6to4). */
function addressForms(address: string): string[] {
  const bare = address.split('%')[0] ?? address;
  if (isIP(bare) !== 6) return [bare];
  const groups = expandIpv6(bare);
  const embedded = (high = 0, low = 0) => `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
  if (
    groups.slice(0, 5).every((group) => group === 0) &&
    (groups[5] === 0xffff || (groups[5] === 0 && groups[6] !== 0))
  ) {
    return [bare, embedded(groups[6], groups[7])];
  }
  if (groups[0] === 0x64 && groups[1] === 0xff9b) return [bare, embedded(groups[6], groups[7])];
  if (groups[0] === 0x2002) return [bare, embedded(groups[1], groups[2])];
  return [bare];
}

function expandIpv6(address: string): number[] {
  // The URL parser writes a dotted tail as hexadecimal groups.
  const text = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = text.split('::');
  const parse = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  if (tail === undefined) return parse(head);
  const before = parse(head);
  const after = parse(tail);
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
}

function isOwnAddress(forms: readonly string[]): boolean {
  return Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ address }) => forms.includes(address)),
  );
}
