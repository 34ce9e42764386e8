import { LightningElement, api } from 'lwc';
import { pageContext } from '../../../data/page-context.ts';
import type { PageLayout, PageNode } from '../../../../package/page-model.ts';

/** A home or app page of the package: its regions as the page's template lays them out. */
export default class HomePage extends LightningElement {
  /** A page by name; without it the app's home page. */
  @api pageName = '';

  get page(): PageLayout | null {
    return this.pageName === '' ? pageContext.model.home : (pageContext.model.pages[this.pageName] ?? null);
  }

  get heading(): string {
    return this.page?.label ?? 'Home';
  }

  get top(): PageNode[] {
    return this.region('top', 'header', 'region1', 'main');
  }

  get columns(): { name: string; nodes: PageNode[] }[] {
    return ['bottomLeft', 'bottomRight', 'region2']
      .map((name) => ({ name, nodes: this.region(name) }))
      .filter(({ nodes }) => nodes.length > 0);
  }

  get side(): PageNode[] {
    return this.region('sidebar', 'region3');
  }

  override renderedCallback(): void {
    document.title = `${this.heading} | ${pageContext.model.app.label}`;
  }

  private region(...names: string[]): PageNode[] {
    return (this.page?.regions ?? []).filter(({ name }) => names.includes(name)).flatMap(({ nodes }) => nodes);
  }
}
