import { standardObject, type ObjectDefinition } from '../definition.ts';
import { field, lookup, picklist, systemField, text } from '../fields.ts';
import type { FieldSchema } from '../types.ts';

/** What an activity may be about: these, and (added by the schema) custom objects with activities enabled. */
export const ACTIVITY_TARGETS = ['Account', 'Opportunity', 'Campaign', 'Product2'] as const;

const aboutFields = (plural: 'Events' | 'Tasks'): FieldSchema[] => [
  lookup('WhoId', 'Name ID', ['Contact', 'Lead'], 'Who', plural),
  lookup('WhatId', 'Related To ID', ACTIVITY_TARGETS, 'What', plural),
  systemField('AccountId', 'Account ID', 'reference', {
    length: 18,
    reference: {
      to: ['Account'],
      relationshipName: 'Account',
      childRelationshipName: undefined,
      onDelete: 'set-null',
      masterDetail: false,
      reparentable: true,
      writeRequiresMasterRead: false,
    },
  }),
];

const event = standardObject(
  'Event',
  '00U',
  ['Event', 'Events'],
  [
    text('Subject', 'Subject', 255, { isNameField: true }),
    ...aboutFields('Events'),
    text('Location', 'Location', 255),
    field('IsAllDayEvent', 'All-Day Event', 'boolean'),
    field('StartDateTime', 'Start Date Time', 'datetime'),
    field('EndDateTime', 'End Date Time', 'datetime'),
    field('ActivityDateTime', 'Due Date Time', 'datetime'),
    field('ActivityDate', 'Due Date Only', 'date'),
    field('DurationInMinutes', 'Duration', 'int', { precision: 8 }),
    field('Description', 'Description', 'textarea', { length: 32000 }),
    field('IsPrivate', 'Private', 'boolean'),
    picklist('ShowAs', 'Show Time As', ['*Busy', 'OutOfOffice', 'Free']),
    picklist('Type', 'Type', ['Call', 'Email', 'Meeting', 'Other']),
  ],
);

const task = standardObject(
  'Task',
  '00T',
  ['Task', 'Tasks'],
  [
    text('Subject', 'Subject', 255, { isNameField: true }),
    ...aboutFields('Tasks'),
    field('ActivityDate', 'Due Date Only', 'date'),
    picklist('Status', 'Status', ['*Not Started', 'In Progress', 'Completed', 'Waiting on someone else', 'Deferred'], {
      required: true,
    }),
    picklist('Priority', 'Priority', ['High', '*Normal', 'Low'], { required: true }),
    systemField('IsHighPriority', 'High Priority', 'boolean'),
    systemField('IsClosed', 'Closed', 'boolean'),
    field('Description', 'Description', 'textarea', { length: 32000 }),
    picklist('Type', 'Type', ['Call', 'Email', 'Meeting', 'Other']),
    systemField('CompletedDateTime', 'Completed Date', 'datetime'),
  ],
);

/** Meetings and to-dos. */
export const activityObjects: readonly ObjectDefinition[] = [event, task];
