import { defineConnector } from '../connector.ts';
import { AwsAcePortal, CAPABILITIES } from './aws-ace-portal.ts';
import { openAceClient } from './client.ts';
import { OPERATIONS } from './operations.ts';
import { awsAceSettings } from './settings.ts';

export { DEFAULT_MAPPING, fieldMappingRecord } from './default-mapping.ts';
export { accountOfRole } from './settings.ts';
export { AWS_ACE_TERMS } from './terms.ts';

/** AWS Partner Central Selling, known to partners as ACE. */
export const awsAce = defineConnector({
  id: 'aws-ace',
  port: 'partner-portal',
  capabilities: CAPABILITIES,
  operations: OPERATIONS,
  settings: awsAceSettings,
  open: (settings, askLeave) => new AwsAcePortal(openAceClient(settings), settings, askLeave),
});
