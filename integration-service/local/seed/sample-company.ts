/**
 * The sample company of the local world: Northwind Software, which sells an analytics product and a migration service
 * and is an AWS partner. All names, people and addresses are made up; web and mail addresses are under example.com.
 */

export interface SampleAccount {
  readonly name: string;
  readonly industry: string;
  readonly website?: string;
  readonly country: string;
  readonly state?: string;
  readonly postalCode?: string;
  readonly city: string;
  readonly street: string;
  readonly employees: number;
  readonly contact: {
    readonly first: string;
    readonly last: string;
    readonly title: string;
    readonly email: string;
    readonly phone: string;
  };
}

export interface SampleDeal {
  readonly name: string;
  readonly account: string;
  /** User name part before `@` of the owner. */
  readonly owner: 'sally.seller' | 'omar.other';
  readonly stage: string;
  readonly amount: number;
  /** Days from today to the close date; negative for closed deals. */
  readonly closesInDays: number;
  readonly type: string;
  readonly product?: 'Northwind Analytics Cloud' | 'Northwind Migration Service';
  readonly problem?: string;
  readonly useCase?: string;
  readonly monthlySpend?: number;
  readonly nextStep?: string;
  /**
   * What a seller answers when asked, and where the referral should end, for the demo. Deals without it are scenery.
   */
  readonly demo?: {
    readonly answers: Readonly<Record<string, string>>;
    readonly ends: 'approved' | 'rejected' | 'action-required';
  };
}

export const sampleProducts = [
  { name: 'Northwind Analytics Cloud', code: 'NW-ANALYTICS', family: 'SaaS', price: 4_000 },
  { name: 'Northwind Migration Service', code: 'NW-MIGRATE', family: 'Services', price: 18_000 },
] as const;

const person = (first: string, last: string, title: string, phone: string): SampleAccount['contact'] => ({
  first,
  last,
  title,
  email: `${first}.${last}@example.com`.toLowerCase(),
  phone,
});

export const sampleAccounts: readonly SampleAccount[] = [
  {
    name: 'Harbor Logistics',
    industry: 'Transportation',
    website: 'https://harbor-logistics.example.com',
    country: 'United States',
    state: 'Washington',
    postalCode: '98101',
    city: 'Seattle',
    street: '1201 Alaskan Way',
    employees: 2_400,
    contact: person('Dana', 'Whitfield', 'VP Operations', '+12065550143'),
  },
  {
    name: 'Alpine Versicherung',
    industry: 'Insurance',
    website: 'https://alpine-versicherung.example.com',
    country: 'Germany',
    postalCode: '80331',
    city: 'München',
    street: 'Sendlinger Str. 12',
    employees: 5_100,
    contact: person('Jonas', 'Keller', 'Leiter Datenplattform', '+498955501470'),
  },
  {
    name: 'Kita Seiki',
    industry: 'Machinery',
    website: 'https://kita-seiki.example.com',
    country: 'Japan',
    postalCode: '100-0005',
    city: 'Tokyo',
    street: '2-7-2 Marunouchi',
    employees: 8_800,
    contact: person('Haruka', 'Mori', 'Plant Systems Manager', '+81355501234'),
  },
  {
    name: 'Lakeside Clinics',
    industry: 'Healthcare',
    country: 'United States',
    state: 'Minnesota',
    postalCode: '55401',
    city: 'Minneapolis',
    street: '88 Nicollet Mall',
    employees: 3_300,
    contact: person('Priya', 'Raman', 'Chief Data Officer', '+16125550109'),
  },
  {
    name: 'Verde Mercado',
    industry: 'Retail',
    website: 'https://verde-mercado.example.com',
    country: 'Brazil',
    postalCode: '01310-100',
    city: 'São Paulo',
    street: 'Av. Paulista 900',
    employees: 12_000,
    contact: person('Rafael', 'Costa', 'Diretor de TI', '+551155501020'),
  },
  {
    name: 'Copper Ridge Mining',
    industry: 'Engineering',
    website: 'https://copper-ridge.example.com',
    country: 'Australia',
    postalCode: '6000',
    city: 'Perth',
    street: '140 St Georges Terrace',
    employees: 4_700,
    contact: person('Erin', 'Walsh', 'Head of Technology', '+61855501118'),
  },
  {
    name: 'Fjord Energi',
    industry: 'Utilities',
    website: 'https://fjord-energi.example.com',
    country: 'Norway',
    postalCode: '0151',
    city: 'Oslo',
    street: 'Dronning Eufemias gate 8',
    employees: 1_900,
    contact: person('Ingrid', 'Solberg', 'Enterprise Architect', '+4722550177'),
  },
  {
    name: 'Birch & Quill Media',
    industry: 'Media',
    website: 'https://birch-quill.example.com',
    country: 'United Kingdom',
    postalCode: 'EC1A 1BB',
    city: 'London',
    street: '3 Long Lane',
    employees: 640,
    contact: person('Owen', 'Hartley', 'CTO', '+442055501188'),
  },
  {
    name: 'Solstice Foods',
    industry: 'Food & Beverage',
    website: 'https://solstice-foods.example.com',
    country: 'Canada',
    postalCode: 'M5H 2N2',
    city: 'Toronto',
    street: '100 King St W',
    employees: 7_200,
    contact: person('Maya', 'Tremblay', 'Director of Analytics', '+14165550167'),
  },
  {
    name: 'Meridian Bank',
    industry: 'Banking',
    website: 'https://meridian-bank.example.com',
    country: 'United States',
    state: 'New York',
    postalCode: '10004',
    city: 'New York',
    street: '26 Broadway',
    employees: 15_400,
    contact: person('Theo', 'Grant', 'Head of Risk Data', '+12125550121'),
  },
];

const analytics = 'Big Data: Data Warehouse/Data Integration/ETL/Data Lake/BI';

export const sampleDeals: readonly SampleDeal[] = [
  {
    name: 'Harbor Logistics: warehouse analytics',
    account: 'Harbor Logistics',
    owner: 'sally.seller',
    stage: 'Proposal/Price Quote',
    amount: 184_000,
    closesInDays: 62,
    type: 'New Customer',
    product: 'Northwind Analytics Cloud',
    problem:
      'Dispatchers plan from overnight reports. They need dock and fleet data within a minute so that late trucks are re-slotted the same hour.',
    useCase: analytics,
    monthlySpend: 12_500,
    nextStep: 'Architecture review with operations',
    demo: { answers: {}, ends: 'approved' },
  },
  {
    name: 'Alpine Versicherung: claims data platform',
    account: 'Alpine Versicherung',
    owner: 'sally.seller',
    stage: 'Negotiation/Review',
    amount: 420_000,
    closesInDays: 41,
    type: 'New Customer',
    product: 'Northwind Analytics Cloud',
    problem:
      'Claims handlers search four systems for one case. A shared data platform should cut handling time by a third before the winter season.',
    useCase: analytics,
    monthlySpend: 31_000,
    nextStep: 'Works council consultation',
    demo: { answers: {}, ends: 'approved' },
  },
  {
    name: 'Kita Seiki: plant telemetry',
    account: 'Kita Seiki',
    owner: 'sally.seller',
    stage: 'Value Proposition',
    amount: 260_000,
    closesInDays: 118,
    type: 'Existing Customer - Upgrade',
    product: 'Northwind Analytics Cloud',
    problem:
      'Machine data stays in each plant. Maintenance wants one view over nine plants to plan spare parts and avoid unplanned stops.',
    useCase: analytics,
    monthlySpend: 18_000,
    demo: { answers: {}, ends: 'approved' },
  },
  {
    name: 'Lakeside Clinics: patient data lake',
    account: 'Lakeside Clinics',
    owner: 'sally.seller',
    stage: 'Qualification',
    amount: 310_000,
    closesInDays: 90,
    type: 'New Customer',
    product: 'Northwind Analytics Cloud',
    problem:
      'Eleven clinics keep records in separate archives. Research needs one consented, de-identified data set with a clear audit trail.',
    useCase: analytics,
    monthlySpend: 22_000,
    demo: { answers: { 'Customer.Account.WebsiteUrl': 'https://lakeside-clinics.example.com' }, ends: 'approved' },
  },
  {
    name: 'Verde Mercado: store analytics',
    account: 'Verde Mercado',
    owner: 'sally.seller',
    stage: 'Needs Analysis',
    amount: 145_000,
    closesInDays: 75,
    type: 'New Customer',
    product: 'Northwind Analytics Cloud',
    problem:
      'Shelf gaps are found by walking the aisles. Store managers want hourly stock signals from tills and deliveries for 240 stores.',
    useCase: analytics,
    demo: { answers: { 'Project.ExpectedCustomerSpend.Amount': '9000' }, ends: 'approved' },
  },
  {
    name: 'Copper Ridge Mining: ERP migration',
    account: 'Copper Ridge Mining',
    owner: 'sally.seller',
    stage: 'Proposal/Price Quote',
    amount: 96_000,
    closesInDays: 55,
    type: 'New Customer',
    product: 'Northwind Migration Service',
    problem:
      'The ERP runs in a hall that closes next year. The customer is not sure which modules should move first and asks for a plan.',
    useCase: 'Migration/Database Migration',
    monthlySpend: 14_000,
    demo: { answers: { 'Customer.Account.Industry': 'Mining' }, ends: 'action-required' },
  },
  {
    name: 'Fjord Energi: grid data archive',
    account: 'Fjord Energi',
    owner: 'sally.seller',
    stage: 'Perception Analysis',
    amount: 130_000,
    closesInDays: 140,
    type: 'New Customer',
    product: 'Northwind Migration Service',
    problem:
      'The regulator asks for ten years of grid data. Today’s archive is on-premises only and stays there until the audit is over.',
    useCase: 'Migration/Database Migration',
    monthlySpend: 6_500,
    demo: { answers: {}, ends: 'rejected' },
  },
  {
    name: 'Birch & Quill: reader insights',
    account: 'Birch & Quill Media',
    owner: 'sally.seller',
    stage: 'Prospecting',
    amount: 38_000,
    closesInDays: 160,
    type: 'New Customer',
    product: 'Northwind Analytics Cloud',
  },
  {
    name: 'Solstice Foods: demand planning',
    account: 'Solstice Foods',
    owner: 'sally.seller',
    stage: 'Value Proposition',
    amount: 205_000,
    closesInDays: 84,
    type: 'New Customer',
    product: 'Northwind Analytics Cloud',
    problem:
      'Seasonal forecasts are made by hand for 1,400 articles. Planners want daily forecasts with the reasons behind each change.',
    useCase: analytics,
    monthlySpend: 11_000,
  },
  {
    name: 'Solstice Foods: plant rollout',
    account: 'Solstice Foods',
    owner: 'sally.seller',
    stage: 'Closed Won',
    amount: 88_000,
    closesInDays: -40,
    type: 'Existing Customer - Upgrade',
    product: 'Northwind Analytics Cloud',
  },
  {
    name: 'Meridian Bank: risk reporting',
    account: 'Meridian Bank',
    owner: 'omar.other',
    stage: 'Negotiation/Review',
    amount: 640_000,
    closesInDays: 30,
    type: 'New Customer',
    product: 'Northwind Analytics Cloud',
    problem:
      'Risk reports take eleven hours at quarter end. The bank wants them within one, with lineage for every figure.',
    useCase: analytics,
    monthlySpend: 46_000,
  },
  {
    name: 'Meridian Bank: branch migration',
    account: 'Meridian Bank',
    owner: 'omar.other',
    stage: 'Id. Decision Makers',
    amount: 152_000,
    closesInDays: 101,
    type: 'New Customer',
    product: 'Northwind Migration Service',
  },
];
