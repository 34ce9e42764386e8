import { makeId } from '../schema/ids.ts';

/** Ids of asynchronous jobs: `750…`, one after the other. */
export class JobNumbers {
  private last = 0;

  next(): string {
    this.last += 1;
    return makeId('750', '000', this.last);
  }
}
