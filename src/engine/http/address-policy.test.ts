import { describe, expect, it } from 'vitest';
import { createAddressPolicy } from './address-policy.ts';

describe('createAddressPolicy', () => {
  it('refuses cloud metadata addresses in every notation', () => {
    const policy = createAddressPolicy();
    for (const address of [
      '169.254.169.254',
      '::ffff:169.254.169.254',
      '::ffff:a9fe:a9fe',
      '64:ff9b::a9fe:a9fe',
      '2002:a9fe:a9fe::',
      'fd00:ec2::254',
      '100.100.100.200',
    ]) {
      expect(policy.refusal(address, 80), address).toMatch(/metadata/);
    }
  });

  it('leaves private addresses open unless told otherwise', () => {
    const addresses = [
      '127.0.0.1',
      '10.1.2.3',
      '192.168.1.1',
      '::1',
      'fe80::1%eth0',
      'fc00::1',
      '::ffff:10.0.0.1',
      '0.0.0.0',
    ];
    expect(addresses.map((address) => createAddressPolicy().refusal(address, 80))).toEqual(
      addresses.map(() => null),
    );
    const shared = createAddressPolicy({ denyPrivate: true });
    expect(addresses.filter((address) => shared.refusal(address, 80) === null)).toEqual([]);
    expect(shared.refusal('93.184.216.34', 80)).toBeNull();
    expect(shared.refusal('2606:4700::1111', 443)).toBeNull();
  });

  it('refuses our own port on this machine only', () => {
    const policy = createAddressPolicy({ ownPorts: () => [5680] });
    expect(policy.refusal('127.0.0.1', 5680)).toMatch(/own/);
    expect(policy.refusal('::1', 5680)).toMatch(/own/);
    expect(policy.refusal('0.0.0.0', 5680)).toMatch(/own/);
    expect(policy.refusal('127.0.0.1', 5681)).toBeNull();
    expect(policy.refusal('93.184.216.34', 5680)).toBeNull();
  });

  it('lets listed ranges through', () => {
    const policy = createAddressPolicy({
      denyPrivate: true,
      allow: ['10.1.0.0/16', '127.0.0.1'],
      ownPorts: () => [5680],
    });
    expect(policy.refusal('10.1.9.9', 80)).toBeNull();
    expect(policy.refusal('10.2.0.1', 80)).toMatch(/private/);
    expect(policy.refusal('127.0.0.1', 5680)).toBeNull();
  });
});
