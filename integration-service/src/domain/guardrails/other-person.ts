/** Whether somebody may decide an exception of whoever asked: a person, and another one. Ids are 15 or 18 characters. */
export const isOtherPerson = (by: string, requestedBy: string): boolean =>
  by !== '' && !by.startsWith('agent:') && by.slice(0, 15) !== requestedBy.slice(0, 15);
