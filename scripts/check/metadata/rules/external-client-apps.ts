import { problemAt, type Rule } from '../rule.ts';
import { child, textOf } from '../xml.ts';

/** What belongs to the subscriber's org and must never be in source. */
const SECRETS = ['consumerKey', 'consumerSecret', 'certificate', 'oauthLink'];

export const externalClientApps: Rule = {
  id: 'external-client-apps',
  about:
    'The external client app can be packaged: its settings belong to an app that exists, and no key, secret or certificate is in source.',
  *check(project) {
    for (const file of project.ofType('ExternalClientApplication')) {
      if (textOf(file.root, 'distributionState') !== 'Packaged') {
        yield problemAt(
          file,
          child(file.root, 'distributionState') ?? file.root,
          'is not marked for packaging',
          'use <distributionState>Packaged</distributionState>',
        );
      }
      const org = child(file.root, 'orgScopedExternalApp');
      if (org)
        yield problemAt(
          file,
          org,
          'names an org',
          'remove <orgScopedExternalApp>; it is written by the org it is deployed to',
        );
    }
    for (const file of project.files) {
      if (file.type?.type !== 'ExtlClntAppOauthSettings' && file.type?.type !== 'ExternalClientApplication') continue;
      for (const name of SECRETS) {
        const secret = child(file.root, name);
        if (secret)
          yield problemAt(
            file,
            secret,
            `holds <${name}>`,
            'remove it; it belongs to the org that installs the package',
          );
      }
      const app = child(file.root, 'externalClientApplication');
      if (app && !project.find('ExternalClientApplication', app.text))
        yield problemAt(
          file,
          app,
          `belongs to ${app.text}, which does not exist`,
          'correct <externalClientApplication>',
        );
    }
  },
};
