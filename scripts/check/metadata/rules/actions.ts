import { objectExists } from '../objects.ts';
import { problemAt, type Rule } from '../rule.ts';
import type { ParsedFile, Project } from '../project.ts';
import { child, children, textOf } from '../xml.ts';

const hasInput = (flow: ParsedFile, name: string, collection: boolean): boolean =>
  children(flow.root, 'variables').some(
    (variable) =>
      textOf(variable, 'name') === name &&
      textOf(variable, 'isInput') === 'true' &&
      (textOf(variable, 'isCollection') === 'true') === collection,
  );

const screenFlow = (project: Project, name: string): ParsedFile | undefined => {
  const flow = project.find('Flow', name);
  return flow && textOf(flow.root, 'processType') === 'Flow' ? flow : undefined;
};

export const actions: Rule = {
  id: 'actions',
  about: 'Quick actions and list buttons start screen flows that exist and take what the platform hands them.',
  *check(project) {
    for (const file of project.ofType('QuickAction')) {
      const [object = '', name] = file.name.split('.');
      if (name !== undefined && !objectExists(project, object))
        yield problemAt(
          file,
          undefined,
          `is an action of ${object}, which does not exist`,
          'name the file <object>.<action>',
        );
      const flowName = child(file.root, 'flowDefinition');
      if (textOf(file.root, 'type') !== 'Flow' || !flowName) continue;
      const flow = screenFlow(project, flowName.text);
      if (!flow)
        yield problemAt(
          file,
          flowName,
          `starts ${flowName.text}, which is no screen flow of this project`,
          'correct <flowDefinition>',
        );
      else if (name !== undefined && !hasInput(flow, 'recordId', false))
        yield problemAt(
          file,
          flowName,
          `starts ${flowName.text}, which has no input named recordId`,
          'add the text variable recordId, available for input',
        );
    }
    for (const file of project.ofType('WebLink')) {
      const url = child(file.root, 'url');
      const flowName = /\/flow\/(\w+)/.exec(url?.text ?? '')?.[1];
      if (flowName === undefined) continue;
      const flow = screenFlow(project, flowName);
      if (!flow)
        yield problemAt(
          file,
          url,
          `opens the flow ${flowName}, which is no screen flow of this project`,
          'correct <url>',
        );
      const many = textOf(file.root, 'displayType') === 'massActionButton';
      if (flow && many && !hasInput(flow, 'ids', true))
        yield problemAt(
          file,
          url,
          `hands selected records to ${flowName}, which has no input collection named ids`,
          'add the text collection ids, available for input',
        );
      if (file.packaged)
        yield problemAt(
          file,
          url,
          'is packaged, but the address of a flow holds the namespace',
          'move it to unpackaged/',
        );
    }
  },
};
