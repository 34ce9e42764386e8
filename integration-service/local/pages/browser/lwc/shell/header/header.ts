import { LightningElement, api } from 'lwc';
import { pageContext } from '../../../data/page-context.ts';
import { addressOf, type PageReference } from '../../../data/router.ts';
import type { NavigationItem } from '../../../../package/page-model.ts';

/** From here on tabs that find no room stand under "More"; on a narrower screen they slide. In pixels. */
const leastWidthOfMore = 768;
/** Room that the button "More" takes, in pixels. */
const moreButton = 96;

interface Tab {
  name: string;
  label: string;
  address: string;
  current: string | undefined;
  className: string;
}

const addressOfItem = ({ opens }: NavigationItem): string => {
  switch (opens.kind) {
    case 'home':
      return addressOf({ type: 'standard__namedPage', attributes: { pageName: 'home' } });
    case 'page':
      return addressOf({ type: 'standard__navItemPage', attributes: { apiName: opens.page } });
    case 'object':
      return addressOf({
        type: 'standard__objectPage',
        attributes: { objectApiName: opens.object, actionName: 'list' },
      });
  }
};

/** The way past the header (fires `skip`), the app's name, its tabs (those whose object the reader may see) and the switcher between sample people. */
export default class Header extends LightningElement {
  private givenPlace: PageReference | undefined;
  private shownTab = '';
  /** Room for tabs, in pixels; undefined until it is measured, and where they slide. */
  room: number | undefined;
  /** How wide each tab is, in pixels, by its name; measured once, while all of them stand in the bar. */
  private widths: ReadonlyMap<string, number> | undefined;
  private readonly measure = (): void => {
    const width = this.template?.querySelector<HTMLElement>('.places')?.clientWidth ?? 0;
    this.room = globalThis.innerWidth < leastWidthOfMore ? undefined : width;
  };

  @api
  get place(): PageReference | undefined {
    return this.givenPlace;
  }
  set place(value: PageReference | undefined) {
    this.givenPlace = value;
  }

  override connectedCallback(): void {
    globalThis.addEventListener('resize', this.measure);
  }

  override disconnectedCallback(): void {
    globalThis.removeEventListener('resize', this.measure);
  }

  /** On a narrow screen the tabs slide; the current one is brought into view once. */
  override renderedCallback(): void {
    if (this.widths === undefined) {
      const items = [...(this.template?.querySelectorAll<HTMLElement>('li[data-name]') ?? [])];
      this.widths = new Map(items.map((item) => [item.dataset['name'] ?? '', item.offsetWidth]));
      this.measure();
    }
    const current = this.template?.querySelector<HTMLElement>('[aria-current]');
    const bar = this.template?.querySelector<HTMLElement>('.tabs');
    if (!current || !bar || this.shownTab === current.innerText) return;
    this.shownTab = current.innerText;
    const [tab, frame] = [current.getBoundingClientRect(), bar.getBoundingClientRect()];
    if (tab.left < frame.left || tab.right > frame.right) bar.scrollLeft += tab.left - frame.left;
  }

  get appLabel(): string {
    return pageContext.model.app.label;
  }

  get user() {
    return pageContext.user;
  }

  get initials(): string {
    return this.user.name
      .split(' ')
      .map((word) => word[0] ?? '')
      .join('')
      .slice(0, 2);
  }

  get menuLabel(): string {
    return `${this.user.name}, ${this.user.role}. Switch user`;
  }

  get people() {
    return pageContext.people.map((person) => ({
      ...person,
      label: `${person.name} · ${person.role}`,
      checked: person.username === this.user.username,
    }));
  }

  get tabs(): Tab[] {
    return pageContext.model.app.navigation.flatMap((item) => {
      const label = item.opens.kind === 'object' ? pageContext.objects[item.opens.object]?.labelPlural : item.label;
      const isShown = item.name.startsWith('standard-') || pageContext.tabs.includes(item.name);
      if (label === undefined || label === null || !isShown) return [];
      const current = this.isCurrent(item);
      return [
        {
          name: item.name,
          label,
          address: addressOfItem(item),
          current: current ? 'page' : undefined,
          className: `slds-context-bar__item${current ? ' slds-is-active' : ''}`,
        },
      ];
    });
  }

  /** Those that find room. The current one does always, as it tells where the reader is. */
  get shownTabs(): Tab[] {
    const { tabs, widths, room } = this;
    const widthOf = ({ name }: Tab): number => widths?.get(name) ?? 0;
    const all = tabs.reduce((sum, tab) => sum + widthOf(tab), 0);
    if (room === undefined || all <= room) return tabs;
    const current = tabs.find((tab) => tab.current !== undefined);
    let left = room - moreButton - (current === undefined ? 0 : widthOf(current));
    let isFull = false;
    return tabs.filter((tab) => {
      if (tab === current) return true;
      isFull ||= widthOf(tab) > left;
      if (!isFull) left -= widthOf(tab);
      return !isFull;
    });
  }

  get moreTabs(): Tab[] {
    const shown = new Set(this.shownTabs.map(({ name }) => name));
    return this.tabs.filter(({ name }) => !shown.has(name));
  }

  get hasMore(): boolean {
    return this.moreTabs.length > 0;
  }

  handleSkip(): void {
    this.dispatchEvent(new CustomEvent('skip'));
  }

  async handlePerson(event: CustomEvent<{ value: string }>): Promise<void> {
    await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: event.detail.value }),
    });
    globalThis.location.reload();
  }

  private isCurrent({ opens }: NavigationItem): boolean {
    const { type = '', attributes = {} } = this.givenPlace ?? {};
    if (opens.kind === 'home') return type === 'standard__namedPage';
    if (opens.kind === 'page') return type === 'standard__navItemPage' && attributes['apiName'] === opens.page;
    return attributes['objectApiName'] === opens.object;
  }
}
