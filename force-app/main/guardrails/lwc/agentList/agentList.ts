import { LightningElement, api } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';
import type { Agent } from 'c/modeData';
import { labels } from 'c/modeLabels';
import { fill } from 'c/textFormat';

interface ShownAgent {
  id: string;
  name: string;
  role: string;
  manager: string;
  work: string;
  lastActedAt: string;
  hasActed: boolean;
  may: string;
  permissions: { key: string; words: string }[];
}

/** The agents as members of the team: who they are, to whom they answer, what they have on their desk. */
export default class AgentList extends LightningElement {
  @api agents: Agent[] = [];

  labels = labels;

  /** Those of which nothing is built, or which an admin has switched off. */
  get inactive(): { id: string; name: string; role: string }[] {
    return this.agents.filter(({ active }) => !active).map(({ id, name, role }) => ({ id, name, role }));
  }

  get hasInactive(): boolean {
    return this.inactive.length > 0;
  }

  get inactiveTitle(): string {
    return fill(labels.agents_inactive, this.inactive.length);
  }

  get isEmpty(): boolean {
    return this.agents.length === 0;
  }

  /** Those at work. */
  get shown(): ShownAgent[] {
    const number = new Intl.NumberFormat(LOCALE);
    return this.agents
      .filter(({ active }) => active)
      .map(({ id, name, role, manager, workload, decisionsToday, lastActedAt, permissions }) => ({
        id,
        name,
        role,
        manager: manager || labels.agent_noManager,
        work: fill(labels.agent_work, number.format(workload), number.format(decisionsToday)),
        lastActedAt,
        hasActed: lastActedAt !== '',
        may: fill(labels.agent_may, permissions.length),
        permissions: permissions.map((words, index) => ({ key: `${index}`, words })),
      }));
  }
}
