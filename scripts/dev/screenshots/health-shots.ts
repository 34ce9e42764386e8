import type { Shot } from './camera.ts';

/** Names of the pictures below: with no other wanted, no deal is brought into its states. */
export const healthNames: readonly string[] = [
  'partner-health',
  'partner-health-choosing',
  'partner-health-detail',
  'partner-review',
];

/** The pages of partner health, for a manager; `falling` is the partner whose signals fall. */
export const healthShots = (falling: string, aws: string): readonly Shot[] => {
  const page = { person: 'max.manager', address: '/lightning/n/Tandem_Partner_Health' } as const;
  return [
    {
      ...page,
      name: 'partner-health',
      pose: async (shown) => {
        await shown.locator('c-portfolio-table c-health-sparkline').first().waitFor();
        await shown.locator('c-intervention-card').first().waitFor();
      },
    },
    {
      ...page,
      name: 'partner-health-choosing',
      from: 'c-portfolio-filters',
      pose: async (shown) => {
        await shown.locator('c-portfolio-table c-health-sparkline').first().waitFor();
        await shown.getByText('Choose all that match', { exact: true }).click();
        await shown.getByRole('button', { name: 'Assign their interventions' }).click();
        await shown.getByText('Who takes these on?').waitFor();
      },
    },
    {
      name: 'partner-health-detail',
      person: 'max.manager',
      address: `/lightning/r/Partner__c/${falling}/view`,
      pose: async (shown) => {
        await shown.locator('c-health-chart .stroke').first().waitFor();
        await shown.locator('c-health-behind').waitFor();
      },
    },
    {
      name: 'partner-review',
      person: 'max.manager',
      address: `/lightning/r/Partner__c/${aws}/view`,
      // On a phone the last tabs of a record stand in a menu of their own.
      formats: ['desktop'],
      pose: async (shown) => {
        await shown.getByRole('tab', { name: 'Quarterly review' }).click();
        await shown.locator('c-review-sections').waitFor();
      },
    },
  ];
};
