import type { Chance } from './chance.ts';

/** A customer of the sample company in its history. */
export interface HistoryAccount {
  readonly name: string;
  readonly industry: string;
  readonly employees: number;
  readonly country: string;
  readonly city: string;
  readonly owner: 'sally.seller' | 'omar.other';
  readonly website: string;
  readonly contact: { readonly first: string; readonly last: string; readonly title: string };
}

/** Second half of a company's name by industry; with the first halves they make names that nobody has to bear. */
const TRADES: Readonly<Record<string, readonly string[]>> = {
  Banking: ['Trust', 'Savings', 'Capital'],
  Healthcare: ['Clinics', 'Care', 'Diagnostics'],
  Insurance: ['Mutual', 'Assurance', 'Cover'],
  Retail: ['Stores', 'Markets', 'Outfitters'],
  Government: ['County Office', 'Transit Authority', 'Water Board'],
  Education: ['College', 'Academy', 'Learning'],
  Manufacturing: ['Works', 'Components', 'Castings'],
  Technology: ['Systems', 'Labs', 'Software'],
  Transportation: ['Freight', 'Lines', 'Logistics'],
  Energy: ['Power', 'Grid', 'Renewables'],
};

const FIRST_HALVES = [
  'Amberfield',
  'Brookmere',
  'Cinderhall',
  'Dunmarrow',
  'Eastwick',
  'Fernholt',
  'Glasswater',
  'Hollowbeck',
  'Ironvale',
  'Juniper Row',
  'Kestrelby',
  'Larchmont Hill',
  'Mossgate',
  'Northmarsh',
  'Oakhythe',
  'Pebbleford',
  'Quarryside',
  'Rushbrook',
  'Saltmere',
  'Thornwick',
  'Underhay',
  'Valebridge',
  'Westerlyn',
  'Yarrowdale',
] as const;

const PLACES: Readonly<Record<string, readonly string[]>> = {
  'United States': ['Denver', 'Atlanta', 'Boston', 'Austin'],
  Germany: ['Hamburg', 'Köln', 'Stuttgart'],
  'United Kingdom': ['Leeds', 'Bristol'],
  France: ['Lyon', 'Lille'],
  Canada: ['Calgary', 'Ottawa'],
  Australia: ['Brisbane', 'Adelaide'],
};

const FIRST_NAMES = [
  'Alma',
  'Bruno',
  'Clara',
  'Dario',
  'Elif',
  'Farid',
  'Greta',
  'Hugo',
  'Ines',
  'Jonah',
  'Kira',
  'Luis',
];
const LAST_NAMES = [
  'Adler',
  'Bishop',
  'Castro',
  'Doyle',
  'Eriksen',
  'Fabre',
  'Gruber',
  'Hayes',
  'Ito',
  'Jansen',
  'Kaya',
];
const TITLES = [
  'Head of Data',
  'IT Director',
  'Chief Operating Officer',
  'VP Engineering',
  'Procurement Lead',
] as const;

/** The places of every first half and trade, in an order that the seed decides; each name stands once. */
export const historyAccounts = (chance: Chance, count: number): readonly HistoryAccount[] => {
  const names = Object.entries(TRADES).flatMap(([industry, trades]) =>
    trades.flatMap((trade) => FIRST_HALVES.map((half) => ({ industry, name: `${half} ${trade}` }))),
  );
  const accounts: HistoryAccount[] = [];
  while (accounts.length < count && names.length > 0) {
    const [drawn] = names.splice(chance.whole(0, names.length - 1), 1);
    if (drawn === undefined) break;
    const country = chance.weighted({
      'United States': 5,
      Germany: 2,
      'United Kingdom': 2,
      France: 1,
      Canada: 1,
      Australia: 1,
    });
    const slug = drawn.name.toLowerCase().replaceAll(' ', '-');
    accounts.push({
      ...drawn,
      employees: Math.round(10 ** (3.3 + 0.55 * chance.normal())),
      country,
      city: chance.one(PLACES[country] ?? ['']),
      owner: chance.happens(0.6) ? 'sally.seller' : 'omar.other',
      website: `https://${slug}.example.com`,
      contact: { first: chance.one(FIRST_NAMES), last: chance.one(LAST_NAMES), title: chance.one(TITLES) },
    });
  }
  return accounts;
};
