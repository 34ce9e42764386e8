import { SalesforceClient } from '../../../connectors/salesforce/client.ts';
import { Namespace } from '../../../connectors/salesforce/namespace.ts';
import { PubSubClient } from '../../../connectors/salesforce/pubsub-client.ts';
import { openOrgDatabase } from '../../../infrastructure/database/org-database.ts';
import { type Command, say } from '../command.ts';
import { examineOrg } from '../doctor.ts';
import { findingLines } from '../finding.ts';
import { withOrgs } from '../with-orgs.ts';

export const doctorCommand: Command = {
  words: 'doctor',
  usage: 'doctor',
  help: ['looks at the connection from end to end; exit code 1 when something fails'],
  run: ({ config }) =>
    withOrgs(config, async ({ runtime, topic, wanted: org }) => {
      const {
        loginUrl,
        clientId,
        username,
        pubsubEndpoint,
        pubsubCertificateAuthority: certificateAuthority,
      } = org.settings;
      const client = new SalesforceClient({ loginUrl, clientId, username, privateKey: org.privateKey });
      const pubsub = new PubSubClient(
        { endpoint: pubsubEndpoint, ...(certificateAuthority ? { certificateAuthority } : {}) },
        () => client.session(),
      );
      const prefix = /^\/data\/(?:(\w+?)__)?TandemChannel__chn$/.exec(topic)?.[1] ?? '';
      const database = openOrgDatabase(runtime.org, { url: config.databaseUrl, maxConnections: 1 });
      const findings = await examineOrg({ runtime, client, pubsub, topic, database, namespace: new Namespace(prefix) });
      pubsub.close();
      await database.close();
      say(findingLines(findings));
      return findings.every((finding) => finding.holds);
    }),
};
