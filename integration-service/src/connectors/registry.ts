import { awsAce } from './aws-ace/index.ts';

/** Every connector to a partner network. A new one needs one line here. */
export const PARTNER_NETWORKS = [awsAce] as const;

/** The connector of a network (`Partner__c.Network__c`), or undefined when there is none. */
export const partnerNetwork = (id: string): (typeof PARTNER_NETWORKS)[number] | undefined =>
  PARTNER_NETWORKS.find((connector) => connector.id === id);
