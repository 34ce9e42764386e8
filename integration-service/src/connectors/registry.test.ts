import { describe, expect, test } from '@jest/globals';
import { freeTextPaths, type OperationForms } from './kit/free-text.ts';
import type { JsonObject } from '../domain/values/json.ts';
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

const sentence = 'Nobody serves them better than we do';

/** A request with this sentence at one place, as it might be sent. */
const bodyWith = (path: string, text: string): JsonObject =>
  path.split('.').reduceRight<JsonObject | string>((inner, step) => ({ [step]: inner }), text) as JsonObject;

const operations = PARTNER_NETWORKS.flatMap(({ id, operations: forms }) =>
  Object.entries<OperationForms[string]>(forms).map(([operation, { form, texts }]) => ({ id, operation, form, texts })),
);

/** What passes the gate is what `textsOf` gives: dispatch refuses a frozen text that is not in it (dispatch-effects.test.ts). */
describe('every text that a connector can send to a partner', () => {
  test.each(operations)('$id $operation: each free text of the form is declared, and no other', ({ form, texts }) => {
    expect(Object.keys(texts).sort()).toEqual([...freeTextPaths(form)].sort());
  });

  test.each(
    operations.flatMap(({ id, operation, form }) => freeTextPaths(form).map((path) => ({ id, operation, path }))),
  )('$id $operation: a sentence at $path is shown to the language gate', ({ id, operation, path }) => {
    const manifest = partnerNetwork(id);
    const portal = manifest?.open(manifest.settings.parse({}));
    expect(portal?.textsOf(operation, bodyWith(path, sentence))).toEqual([
      { path, text: sentence, kind: expect.stringMatching(/^(?:prose|name)$/) },
    ]);
    portal?.close();
  });

  test.each(PARTNER_NETWORKS)(
    '$id: what nobody declared is prose, and an unknown operation is not sent',
    async (entry) => {
      const portal = entry.open(entry.settings.parse({}));
      const asProse = (path: string) => [{ path, text: sentence, kind: 'prose' }];
      expect(portal.textsOf('send-note', bodyWith('Note.Body', sentence))).toEqual(asProse('Note.Body'));
      for (const operation of Object.keys(entry.operations))
        expect(portal.textsOf(operation, bodyWith('New.Member', sentence))).toEqual(asProse('New.Member'));
      const sent = await portal.perform({
        key: 'k',
        step: 's',
        port: 'partner-portal',
        operation: 'send-note',
        body: '{}',
      });
      expect(sent).toMatchObject({ ok: false, error: { kind: 'rejected', retry: 'never' } });
      portal.close();
    },
  );
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
