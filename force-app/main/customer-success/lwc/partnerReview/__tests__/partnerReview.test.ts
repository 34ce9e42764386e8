import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import { loadScript } from 'lightning/platformResourceLoader';
import PartnerReview from 'c/partnerReview';
import { writePdf, writable } from 'c/reviewPdf';
import type { PdfLibrary } from 'c/reviewPdf';
import { PARTNER_ID, insight, intervention, partner } from '../../../../../../config/jest/support/health-records';
import {
  answerQuery,
  button,
  everything,
  failQuery,
  queriesAreTexts,
  seen,
  settled,
  words,
} from '../../../../../../config/jest/support/wires';

const load = loadScript as unknown as jest.Mock<() => Promise<void>>;
const saved: { name: string; blob: Blob }[] = [];

const { pdfLibrary, pdfText } = jest.requireActual<{ pdfLibrary(): PdfLibrary; pdfText(file: ArrayBuffer): string }>(
  '../../../../../../config/jest/support/pdf-library.js',
);

const referral = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 'a02000000000001AAA',
  state: 'approved',
  createdAt: '2026-10-12T09:00:00.000Z',
  filedAt: '2026-10-12T09:00:04.000Z',
  networkId: 'O123456',
  dealId: '006A',
  deal: 'Initech cloud move',
  amount: 48_000,
  stage: 'Proposal',
  closes: '2026-12-15',
  score: 72,
  band: 'likely',
  ...more,
});

async function page(): Promise<HTMLElement> {
  const element = createElement('c-partner-review', { is: PartnerReview });
  Object.assign(element, { recordId: PARTNER_ID });
  document.body.appendChild(element);
  await settled();
  return element;
}

async function open(rows: Record<string, Record<string, unknown>[]> = {}): Promise<HTMLElement> {
  const element = await page();
  answerQuery('partnerReview', {
    partners: [partner()],
    referrals: [
      referral(),
      referral({ id: 'a022', state: 'blocked', deal: 'Kept back', filedAt: null, networkId: null }),
    ],
    openDeals: [referral(), referral({ id: 'a023' })],
    decisions: [
      { id: 'a06', answer: 'allow', says: 'Sent.', at: '2026-10-12T09:00:00.000Z' },
      { id: 'a07', answer: 'deny', says: 'Kept back: outside the territory.', at: '2026-10-13T09:00:00.000Z' },
    ],
    interventions: [intervention()],
    insights: [
      insight(),
      insight({ id: 'a0A2', audience: 'partner', says: 'Three customers use more than in spring.' }),
    ],
    ...rows,
  });
  await settled();
  return element;
}

const choose = async (element: Element, label: string, value: string): Promise<void> => {
  everything(element)
    .find((one) => (one as Element & { label?: string }).label === label)
    ?.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  await settled();
};

describe('c-partner-review', () => {
  beforeEach(() => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-11-22T10:00:00.000Z'));
    queriesAreTexts();
    load.mockReset();
    load.mockResolvedValue();
    saved.length = 0;
    let last: Blob;
    Object.assign(URL, {
      createObjectURL: (blob: Blob) => {
        last = blob;
        return 'blob:made';
      },
      revokeObjectURL: () => undefined,
    });
    jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
      saved.push({ name: this.download, blob: last });
    });
  });

  afterEach(() => {
    document.body.replaceChildren();
    jest.restoreAllMocks();
  });

  test('puts the quarter together from the records: health, referrals, deals, decisions, interventions, insights', async () => {
    const element = await open();
    const text = words(element);
    expect(text).toContain('Globex: review of Q4 2026');
    expect(text).toContain('Oct 1, 2026 to Dec 31, 2026, made');
    expect(text).toContain('Health is 41, at risk.');
    expect(text).toContain('Referrals: 2 made, 1 approved, 0 not taken.');
    expect(text).toContain('Open deals with the partner: 1, worth $48,000.');
    expect(text).toContain("Decisions: 1 allowed, 0 needed a person's yes, 1 denied.");
    expect(text).toContain('Initech cloud move | approved | Oct 12, 2026 | O123456');
    expect(text).toContain('Initech cloud move | Proposal | $48,000 | Dec 15, 2026 | 72, likely');
    expect(text).toContain('Kept back: outside the territory. | denied');
    expect(text).toContain('Active users at Globex fell from 210 to 96.');
    expect(text).toContain('Three customers use more than in spring.');
    await expect(element).toBeAccessible();
  });

  test('the partner’s version has only what it knows or may read', async () => {
    const element = await open();
    await choose(element, 'For', 'partner');
    const text = words(element);
    expect(text).toContain('Initech cloud move | approved');
    expect(text).toContain('Referrals: 1 made');
    expect(text).toContain('Three customers use more than in spring.');
    ['Kept back', '$48,000', '72', 'at risk', 'fell from 210', 'denied'].forEach((inner) =>
      expect(text).not.toContain(inner),
    );
    await expect(element).toBeAccessible();
  });

  test('another quarter is read anew; what lies outside of it is left out', async () => {
    const element = await open();
    await choose(element, 'Quarter', '2026-07-01T00:00:00.000Z');
    expect(words(element)).toContain('Putting the quarter together');
    answerQuery('partnerReview', {
      partners: [partner()],
      referrals: [],
      openDeals: [],
      decisions: [],
      interventions: [intervention()],
      insights: [insight()],
    });
    await settled();
    const text = words(element);
    expect(text).toContain('review of Q3 2026');
    expect(text).toContain('No referral was made in this quarter.');
    expect(text).toContain('Nothing had to be done.');
    expect(text).not.toContain('fell from 210');
  });

  test('the PDF holds the same words, and a structure that says what is a heading, a list and a table', async () => {
    const element = await open();
    Object.assign(window, { jspdf: pdfLibrary() });
    button(element, 'Make the PDF')?.click();
    await seen(() => words(element).includes('The PDF is in your downloads.'));
    expect(saved.map(({ name }) => name)).toEqual(['Globex review of Q4 2026.pdf']);
    const review = {
      title: 'Globex: review of Q4 2026',
      subtitle: 'Made today',
      sections: [
        { heading: 'In short', blocks: [{ kind: 'list' as const, items: ['Health is 41.', 'Café – €5'] }] },
        {
          heading: 'Deals',
          blocks: [
            {
              kind: 'table' as const,
              head: ['Deal', 'Stage'],
              rows: Array.from({ length: 90 }, (_row, at) => [`Deal ${at}`, 'Proposal']),
            },
          ],
        },
      ],
    };
    const plain = class {
      constructor() {
        return new (pdfLibrary().jsPDF)({ unit: 'pt', format: 'a4', compress: false });
      }
    } as unknown as PdfLibrary['jsPDF'];
    const { file, lost } = writePdf({ jsPDF: plain }, review, 'en-US');
    const pdf = pdfText(file);
    expect(lost).toBe(0);
    expect(pdf).toContain('(Deal 89) Tj');
    expect(pdf).toContain('/Lang (en-US)');
    expect(pdf).toContain('/DisplayDocTitle true');
    const roles = (role: string): number => pdf.split(`/S /${role} `).length - 1;
    expect([roles('Document'), roles('H1'), roles('H2'), roles('LI'), roles('TR'), roles('TH'), roles('TD')]).toEqual([
      1, 1, 2, 2, 91, 2, 180,
    ]);
    // Each mark on a page is known to the structure, on every page and in their order.
    const marks = pdf.match(/<<\/MCID \d+>> BDC/g)?.length;
    expect(pdf.match(/\/Type \/MCR/g)?.length).toBe(marks);
    const [, parents = ''] = /\/Nums \[(.*)\]>>/.exec(pdf) ?? [];
    expect(parents.match(/\d+ 0 R/g)?.length).toBe(marks);
    expect(pdf.match(/\/StructParents \d/g)).toEqual([0, 1, 2].map((at) => `/StructParents ${at}`));
    // Every object that is named is there.
    const there = new Set([...pdf.matchAll(/^(\d+) 0 obj/gm)].map(([, id]) => id));
    expect([...pdf.matchAll(/(\d+) 0 R/g)].filter(([, id]) => !there.has(id))).toEqual([]);
  });

  test('letters that the PDF’s fonts lack lose their marks, or are counted', () => {
    expect(writable('Škoda, Łódź – 5 €')).toEqual({ text: 'Škoda, ?ódz – 5 €', lost: 1 });
    expect(writable('日本')).toEqual({ text: '??', lost: 2 });
  });

  test('a library that cannot be loaded is said where the button is', async () => {
    load.mockRejectedValue(new Error('The resource could not be loaded.'));
    const element = await open();
    button(element, 'Make the PDF')?.click();
    await seen(() => words(element).includes('The PDF could not be made | The resource could not be loaded.'));
    expect(saved).toEqual([]);
  });

  test('loading, no access and errors are states of their own', async () => {
    const element = await page();
    expect(words(element)).toContain('Putting the quarter together');
    failQuery('partnerReview', 'The server is busy.');
    await settled();
    expect(words(element)).toContain('The server is busy.');
    document.body.replaceChildren();
    const forbidden = await open({ partners: [] });
    expect(words(forbidden)).toContain('You may not see this partner.');
    await expect(forbidden).toBeAccessible();
  });
});
