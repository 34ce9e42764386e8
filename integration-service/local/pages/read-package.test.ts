import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { namespaced } from './build/namespace.ts';
import { findComponents } from './build/package-modules.ts';
import { readPackage } from './package/read-package.ts';

const projectRoot = path.resolve(import.meta.dirname, '../../..');
const ownSource = ['force-app', 'unpackaged'].map((folder) => path.join(projectRoot, folder));

describe('names in an org with a namespace', () => {
  test.each([
    ['State__c', 'acme__State__c'],
    ['Referral__r.State__c', 'acme__Referral__r.acme__State__c'],
    ['Opportunity.P2bScore__c', 'Opportunity.acme__P2bScore__c'],
    ['other__State__c', 'other__State__c'],
    ['Account.Name', 'Account.Name'],
    ['Request__ChangeEvent', 'acme__Request__ChangeEvent'],
  ])('%s is %s', (name, expected) => {
    expect(namespaced(name, 'acme')).toBe(expected);
  });

  test('stay as they are where there is none', () => {
    expect(namespaced('State__c', '')).toBe('State__c');
  });
});

describe('the package’s own pages', () => {
  test('the app has a home page, and its tabs open lists and pages', () => {
    const { app, home } = readPackage(ownSource, '');
    expect(app.label).toBe('Tandem');
    expect(home?.regions.length).toBeGreaterThan(0);
    expect(app.navigation.map(({ opens }) => opens)).toEqual(
      expect.arrayContaining([
        { kind: 'home' },
        { kind: 'object', object: 'Opportunity' },
        { kind: 'object', object: 'Referral__c' },
      ]),
    );
  });

  test('every component of ours that a page names is in the package', () => {
    const { pages } = readPackage(ownSource, '');
    const named = [...JSON.stringify(pages).matchAll(/"component":"c:(\w+)"/g)].map(([, name]) => name);
    const known = findComponents(ownSource);
    expect(named).toContain('referralPanel');
    expect(named.filter((name) => !known.has(name ?? ''))).toEqual([]);
  });

  test('with a namespace, objects, fields and flows are read under their names in the org', () => {
    const { objects, flows } = readPackage(ownSource, 'acme');
    expect(objects['acme__Referral__c']?.recordPage?.object).toBe('acme__Referral__c');
    expect(objects['acme__Referral__c']?.highlights).toContain('acme__State__c');
    expect(JSON.stringify(flows)).not.toMatch(/[".]Partner__c"/);
  });

  test('the list button and the quick action on opportunities open the screen flow', () => {
    const { objects, flows } = readPackage(ownSource, '');
    const { listButtons = [], quickActions = [] } = objects['Opportunity'] ?? {};
    expect([...listButtons, ...quickActions].map(({ flow }) => flow)).toEqual([
      'Tandem_Refer_to_Partner',
      'Tandem_Refer_to_Partner',
    ]);
    expect(flows['Tandem_Refer_to_Partner']?.hasScreens).toBe(true);
  });
});

describe('what these pages would not show faithfully', () => {
  let folder = '';
  const write = (name: string, text: string): void => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pages-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  test('a flow element that is not run is refused by name', () => {
    write('flows/Mail.flow-meta.xml', '<Flow><actionCalls><name>Send</name></actionCalls><label>Mail</label></Flow>');
    expect(() => readPackage([folder], '')).toThrow('an element of the kind actionCalls');
  });

  test('a visibility rule with OR is refused', () => {
    const rule = '<visibilityRule><booleanFilter>1 OR 2</booleanFilter></visibilityRule>';
    const item = `<itemInstances><componentInstance><componentName>x</componentName>${rule}</componentInstance></itemInstances>`;
    write(
      'flexipages/P.flexipage-meta.xml',
      `<FlexiPage><flexiPageRegions>${item}<name>main</name><type>Region</type></flexiPageRegions></FlexiPage>`,
    );
    expect(() => readPackage([folder], '')).toThrow('a visibility rule with "1 OR 2"');
  });

  test('a label that a flow shows must be defined', () => {
    const screen = '<screens><name>S</name><label>{!$Label.Missing}</label></screens>';
    write('flows/F.flow-meta.xml', `<Flow>${screen}<label>F</label><processType>Flow</processType></Flow>`);
    expect(() => readPackage([folder], '')).toThrow('the label Missing');
  });

  test('a component that exists twice is refused', () => {
    write('one/lwc/card/card.ts', 'export default class {}');
    write('two/lwc/card/card.ts', 'export default class {}');
    expect(() => findComponents([folder])).toThrow('Component card exists twice');
  });
});
