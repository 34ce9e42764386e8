import { describe, expect, test } from '@jest/globals';
import { isAllowedHost } from './kit/outbound-hosts.ts';
import { PARTNER_NETWORKS, partnerNetwork } from './registry.ts';

describe('the registry of partner networks', () => {
  test.each(PARTNER_NETWORKS)(
    '$id is whole: settings with defaults, declared capabilities, a portal of that name',
    (entry) => {
      expect(entry.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      const portal = entry.open(entry.settings.parse({}));
      expect(portal.network).toBe(entry.id);
      expect([...portal.capabilities]).toEqual([...entry.capabilities]);
      expect(portal.budgetOf('anything').ratePerSecond).toBeGreaterThan(0);
      portal.close();
    },
  );

  test('ids are unique, and an unknown one has no connector', () => {
    const ids = PARTNER_NETWORKS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(partnerNetwork('aws-ace')?.id).toBe('aws-ace');
    expect(partnerNetwork('nowhere')).toBeUndefined();
  });
});

describe('the hosts a connector may call', () => {
  test.each([
    ['partnercentral-selling.us-east-1.api.aws', true],
    ['PARTNERCENTRAL-SELLING.us-east-1.API.aws', true],
    ['api.aws', false],
    ['evilapi.aws', false],
    ['partnercentral-selling.us-east-1.api.aws.example.com', false],
    ['169.254.169.254', false],
  ])('%s: %s', (host, allowed) => {
    expect(isAllowedHost(host, ['*.api.aws'])).toBe(allowed);
  });

  test('an exact name means that name', () => {
    expect(isAllowedHost('localhost', ['localhost'])).toBe(true);
    expect(isAllowedHost('a.localhost', ['localhost'])).toBe(false);
  });
});
