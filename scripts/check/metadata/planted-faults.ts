/**
 * One planted fault after another for the good project of fixture.ts, by the rule that has to find it.
 */
import { goodProject, path } from './fixture.ts';
import { REPORT_FAULTS } from './fixture-reports.ts';

/** A fault: in the file that ends so, this text becomes that one, and the rule says something with these words. */
export type Fault = [what: string, file: string, from: string | RegExp, to: string, says: string];

const GAME = 'Game__c.object-meta.xml';
const KEY = 'Key__c.field-meta.xml';
const SCORE = 'Score__c.field-meta.xml';
const STATE = 'State__c.field-meta.xml';
const NOTES = 'Notes__c.field-meta.xml';
const DEAL = 'Deal__c.field-meta.xml';
const COACH = 'Coach__c.field-meta.xml';
const MASTER = 'Move__c/fields/Game__c.field-meta.xml';
const PAGE = 'Game_Page.flexipage-meta.xml';
const HOME = 'Games_Home.flexipage-meta.xml';
const PLAYER = 'Player.permissionset-meta.xml';
const VIEW = 'Open.listView-meta.xml';
const LAYOUT = 'Game Layout.layout-meta.xml';
const MAKE = 'Make_Games.flow-meta.xml';
const ASK = 'Ask_For_Games.flow-meta.xml';
const MEMBER = 'ChannelMember-meta.xml';
const RULE = 'validationRule-meta.xml';
const CARD = 'gameCard.ts';
const WORDS = 'gameLabels.ts';
const TEMPLATE = 'gameCard.html';
const CARD_META = 'gameCard.js-meta.xml';
const LABELS = 'labels-meta.xml';
const PAPER = 'GamePaper.resource-meta.xml';
const COMPACT = 'Game_Highlights.compactLayout-meta.xml';
const APP = 'app-meta.xml';

/** Faults that lie in the content of a file, by rule. */
export const FAULTS: Record<string, Fault[]> = {
  ...REPORT_FAULTS,
  'well-formed': [
    ['an element is not closed', GAME, '</nameField>', '', 'is not XML'],
    ['an ampersand is not escaped', GAME, 'About Game', 'About & Game', 'is not XML'],
    ['the root element is of another type', VIEW, /ListView/g, 'ListViews', 'holds a ListView'],
    ['the namespace is missing', VIEW, / xmlns="[^"]*"/, '', 'namespace'],
  ],
  schema: [
    [
      'an element is unknown',
      GAME,
      '<label>Game</label>',
      '<label>Game</label><colour>red</colour>',
      '<colour> is no element of CustomObject',
    ],
    ['a required element is missing', PAGE, '<masterLabel>Game</masterLabel>', '', 'lacks <masterLabel>'],
    ['a value is not in the list', GAME, '>Deployed<', '>Done<', '"Done"'],
    ['a boolean is not true or false', GAME, '<enableBulkApi>true', '<enableBulkApi>yes', '"yes"'],
    ['a number is not a number', SCORE, '<scale>2', '<scale>two', '"two"'],
    [
      'a single element stands twice',
      GAME,
      '<label>Game</label>',
      '<label>Game</label><label>Game</label>',
      'stands twice',
    ],
    [
      'elements of one name are parted',
      VIEW,
      '<filterScope>',
      '<label>Open</label><columns>Score__c</columns><filterScope>',
      'parted',
    ],
    ['text stands between elements', GAME, '<nameField>', '<nameField>hello', 'holds text'],
    ['an element stands inside plain text', GAME, '<label>Game</label>', '<label><b>Game</b></label>', 'stands inside'],
  ],
  descriptions: [
    ['a field has no description', KEY, /<description>.*<\/description>/, '', 'no description'],
    ['a field has no help', KEY, /<inlineHelpText>.*<\/inlineHelpText>/, '', 'no help text'],
    ['a description is too long', PAGE, 'A game.', 'A game. '.repeat(40), '319 characters'],
  ],
  objects: [
    ['the plural is missing', GAME, '<pluralLabel>Games</pluralLabel>', '', '<pluralLabel>'],
    ['the three switches differ', GAME, '<enableSharing>true', '<enableSharing>false', 'not all the same'],
    ['the auto-number has no digits', GAME, 'N-{0000}', 'N-', 'auto-number format'],
    [
      'a detail has its own sharing',
      'Move__c.object-meta.xml',
      /ControlledByParent/g,
      'Private',
      'detail of a master-detail',
    ],
    [
      'strangers see more than users',
      GAME,
      '<externalSharingModel>Private',
      '<externalSharingModel>Read',
      'external users',
    ],
  ],
  fields: [
    ['a number has no precision', SCORE, '<precision>6</precision>', '', 'without <precision>'],
    ['a number has more decimals than digits', SCORE, '<scale>2', '<scale>7', 'precision 6 with scale 7'],
    ['a number has too many digits', SCORE, '<precision>6', '<precision>19', 'precision 19'],
    ['a text is too long', KEY, '<length>80', '<length>256', 'length 256'],
    ['a long text is too short', NOTES, '<length>1000', '<length>255', 'length 255'],
    ['a long text is required', NOTES, '<type>', '<required>true</required><type>', 'cannot be required'],
    [
      'a long text is an external id',
      NOTES,
      '<length>',
      '<externalId>true</externalId><length>',
      'cannot be an external id',
    ],
    ['a long text has no lines', NOTES, '<visibleLines>3</visibleLines>', '', 'without <visibleLines>'],
    [
      'a unique text does not say whether case counts',
      KEY,
      '<caseSensitive>true</caseSensitive>',
      '',
      'whether case counts',
    ],
    ['an external id is not unique', KEY, '<unique>true</unique>', '', 'not unique'],
    [
      'a checkbox has no default',
      'Live__c.field-meta.xml',
      '<defaultValue>false</defaultValue>',
      '',
      'without <defaultValue>',
    ],
    ['a picklist is unique', STATE, '</valueSet>', '</valueSet><unique>true</unique>', 'cannot be unique'],
    [
      'a field tracks its history alone',
      SCORE,
      '<type>',
      '<trackHistory>true</trackHistory><type>',
      'Game__c does not',
    ],
    ['a lookup has a length', DEAL, '<type>', '<length>18</length><type>', 'has no length'],
  ],
  picklists: [
    ['the list is open', STATE, '<restricted>true', '<restricted>false', 'takes any value'],
    ['a value stands twice', STATE, '>won<', '>Open<', 'stands twice'],
    ['two values are the default', STATE, '<default>false', '<default>true', 'two values'],
    ['there are no values', STATE, /<valueSetDefinition>[\s\S]*<\/valueSetDefinition>/, '', 'has no values'],
  ],
  relationships: [
    ['the parent does not exist', DEAL, '>Opportunity<', '>Opportunities<', 'does not exist'],
    [
      'the parent already has that relationship',
      COACH,
      />Contact<([\s\S]*)CoachedGames/,
      '>Opportunity<$1Games',
      'already has',
    ],
    ['a required lookup can be emptied', COACH, '>Restrict<', '>SetNull<', 'cannot be emptied'],
    ['a lookup deletes its children', DEAL, '>SetNull<', '>Cascade<', 'Salesforce Support'],
    ['a lookup says nothing about deletion', DEAL, /<deleteConstraint>.*<\/deleteConstraint>/, '', 'does not say'],
    ['a relationship name is too long', DEAL, '>Games<', `>${'G'.repeat(41)}<`, 'at most 40'],
  ],
  'validation-rules': [
    ['a field does not exist', RULE, 'ISBLANK(Score__c)', 'ISBLANK(Points__c)', 'reads Points__c'],
    ['a value does not exist', RULE, '"won"', '"lost"', '"lost"'],
    ['a bracket is open', RULE, 'Score__c))', 'Score__c)', 'brackets'],
    ['a function does not exist', RULE, 'ISBLANK(', 'ISEMPTY(', 'calls ISEMPTY'],
    [
      'the message stands at no field',
      RULE,
      '<errorDisplayField>Score__c',
      '<errorDisplayField>Points__c',
      'Points__c',
    ],
  ],
  'compact-layouts': [
    ['a field does not exist', COMPACT, '>State__c<', '>Status__c<', 'Game__c.Status__c'],
    ['a long text is shown', COMPACT, '>State__c<', '>Notes__c<', 'LongTextArea'],
    ['the assigned one does not exist', GAME, '>Game_Highlights<', '>Highlights<', 'does not exist'],
    ['a search layout names no field', GAME, 'Fields>Name<', 'Fields>Title__c<', 'Game__c.Title__c'],
  ],
  'list-views': [
    ['a column does not exist', VIEW, '<columns>State__c', '<columns>Status__c', 'column Status__c'],
    [
      'a column has the name of another kind of object',
      VIEW,
      '<columns>NAME',
      '<columns>OPPORTUNITY.NAME',
      'OPPORTUNITY.NAME',
    ],
    ['a filter names no field', VIEW, '<field>State__c', '<field>Status__c', 'filters by Status__c'],
    ['a filter asks for a value there is not', VIEW, '<value>open', '<value>lost', '"lost"'],
    ['a checkbox is compared with a word', VIEW, '<value>1<', '<value>true<', 'checkbox'],
    ['a long text is filtered', VIEW, '<field>Live__c', '<field>Notes__c', 'LongTextArea'],
    ['the logic leaves out a filter', VIEW, '1 AND 2', '1', 'leaves out filter 2'],
    ['the logic names a filter too many', VIEW, '1 AND 2', '1 AND 2 AND 3', 'names filter 3'],
    ['a picklist is ordered', VIEW, '<operation>equals', '<operation>lessThan', 'lessThan on State__c'],
  ],
  layouts: [
    ['a field does not exist', LAYOUT, '<field>State__c', '<field>Status__c', 'Game__c.Status__c'],
    [
      'a required field is missing',
      LAYOUT,
      '<layoutItems><behavior>Required</behavior><field>Coach__c</field></layoutItems>',
      '',
      'lacks Coach__c',
    ],
    ['a required field is optional', LAYOUT, '<behavior>Required', '<behavior>Edit', 'Coach__c is required'],
    ['a field stands twice', LAYOUT, '<field>State__c', '<field>Name', 'shows Name twice'],
    ['a related list is none', LAYOUT, 'Move__c.Game__c', 'Move__c.Deal__c', 'no relationship'],
    ['a related list shows no field', LAYOUT, '<fields>NAME', '<fields>Title__c', 'Move__c.Title__c'],
    ['a style has other columns', LAYOUT, 'OneColumn', 'TwoColumnsTopToBottom', '1 columns'],
  ],
  'permission-sets': [
    ['a field does not exist', PLAYER, 'Game__c.State__c', 'Game__c.Status__c', 'Game__c.Status__c'],
    ['a required field is named', PLAYER, 'Game__c.State__c', 'Game__c.Coach__c', 'always granted'],
    ['a master-detail is named', PLAYER, 'Game__c.State__c', 'Move__c.Game__c', 'always granted'],
    ['an object does not exist', PLAYER, '<object>Move__c', '<object>Moves__c', 'Moves__c'],
    ['editing comes without reading', PLAYER, '<allowRead>true', '<allowRead>false', 'without allowRead'],
    [
      'a field is editable on an object that is not',
      PLAYER,
      '<allowCreate>true</allowCreate><allowDelete>false</allowDelete><allowEdit>true',
      '<allowCreate>false</allowCreate><allowDelete>false</allowDelete><allowEdit>false',
      'neither created nor edited',
    ],
    ['a flow does not exist', PLAYER, '<flow>Make_Games', '<flow>Make_Game', 'names Make_Game'],
    ['a tab does not exist', PLAYER, '<tab>Game__c', '<tab>Games__c', 'names Games__c'],
    ['a field is granted twice', PLAYER, 'Game__c.State__c', 'Game__c.Score__c', 'twice'],
  ],
  granted: [
    [
      'a field is granted nowhere',
      PLAYER,
      /<fieldPermissions><editable>true<\/editable><field>Game__c.Score__c.*<\/fieldPermissions>\n/,
      '',
      'Game__c.Score__c',
    ],
    [
      'an object is granted nowhere',
      PLAYER,
      /<objectPermissions>(?:(?!<objectPermissions>).)*Move__c.*<\/objectPermissions>\n/,
      '',
      'grants Move__c',
    ],
    ['a custom permission is granted nowhere', PLAYER, /<customPermissions>.*<\/customPermissions>\n/, '', 'Referee'],
    ['an app is granted nowhere', PLAYER, /<applicationVisibilities>.*<\/applicationVisibilities>\n/, '', 'Games'],
  ],
  'packaged-losses': [
    [
      'a standard object is granted',
      PLAYER,
      '<object>Move__c',
      '<object>Opportunity',
      'drop the rights on Opportunity',
    ],
    ['a standard field is granted', PLAYER, 'Game__c.State__c', 'Opportunity.Amount', 'Opportunity.Amount'],
    [
      'a user permission is granted',
      PLAYER,
      '</tabSettings>',
      '</tabSettings><userPermissions><enabled>true</enabled><name>ApiEnabled</name></userPermissions>',
      'ApiEnabled',
    ],
  ],
  flexipages: [
    ['a component does not exist', PAGE, '<componentName>gameCard', '<componentName>gameBoard', 'gameBoard'],
    [
      'a component does not offer the page',
      CARD_META,
      /lightning__RecordPage/g,
      'lightning__AppPage',
      'does not offer lightning__RecordPage',
    ],
    ['a component is made for another object', CARD_META, '<object>Game__c', '<object>Move__c', 'made for Move__c'],
    ['a property does not exist', PAGE, '<name>heading', '<name>title', 'property title'],
    [
      'a standard component has no such property',
      PAGE,
      '<name>relatedListApiName',
      '<name>relatedList',
      'property relatedList',
    ],
    ['a facet does not exist', PAGE, '<value>movesTab', '<value>otherTab', '"otherTab"'],
    ['a facet is shown nowhere', PAGE, '<value>movesTab', '<value>tabs', 'no component shows the facet movesTab'],
    ['the template has no such region', PAGE, '<name>sidebar', '<name>footer', 'region footer'],
    ['a field does not exist', PAGE, 'Record.State__c', 'Record.Status__c', 'Record.Status__c'],
    ['a related list does not exist', PAGE, 'Moves__r', 'Steps__r', 'Steps__r'],
    ['a list view does not exist', HOME, '<value>Open', '<value>Closed', 'Game__c.Closed'],
    ['an action does not exist', PAGE, 'Game__c.Ask', 'Game__c.Tell', 'Game__c.Tell'],
    ['an identifier stands twice', PAGE, '<identifier>tabset', '<identifier>moves', 'identifier moves'],
    ['the object does not exist', PAGE, '<sobjectType>Game__c', '<sobjectType>Games__c', 'page of Games__c'],
  ],
  applications: [
    ['a tab does not exist', APP, '<tabs>Game__c', '<tabs>Move__c', 'Move__c'],
    ['the home page does not exist', APP, 'Games_Home', 'Games_House', 'Games_House'],
    ['the home page is a record page', APP, 'Games_Home', 'Game_Page', 'no home page'],
    [
      'a record opens on the page of another object',
      PAGE,
      '<sobjectType>Game__c',
      '<sobjectType>Move__c',
      'a page of Move__c',
    ],
    ['a standard object is overridden', APP, 'standard-home</page', 'Opportunity</page', 'Opportunity'],
  ],
  actions: [
    ['a flow does not exist', 'quickAction-meta.xml', 'Ask_For_Games', 'Ask', 'no screen flow'],
    ['a flow has no screens', 'quickAction-meta.xml', 'Ask_For_Games', 'Make_Games', 'no screen flow'],
    ['a flow takes no record', ASK, '<name>recordId', '<name>theRecord', 'recordId'],
    ['a flow takes no selection', ASK, /<name>ids/, '<name>many', 'named ids'],
  ],
  'flow-graph': [
    ['a connector leads nowhere', MAKE, '<targetReference>Create', '<targetReference>Creates', 'leads to Creates'],
    [
      'a step cannot be reached',
      MAKE,
      '<faultConnector><targetReference>Fail</targetReference></faultConnector>',
      '',
      'no path leads to Fail',
    ],
    [
      'a step that may fail has no way out',
      MAKE,
      '<faultConnector><targetReference>Fail</targetReference></faultConnector>',
      '',
      'may fail',
    ],
    ['a name stands for two things', MAKE, '<name>dealIds', '<name>Fill', 'two things'],
    [
      'the flow does not start',
      MAKE,
      '<connector><targetReference>Fill</targetReference></connector></start>',
      '</start>',
      'does not start',
    ],
  ],
  'flow-references': [
    ['a variable does not exist', MAKE, '<assignToReference>failure', '<assignToReference>failed', 'failed'],
    ['a field does not exist', MAKE, 'game.State__c', 'game.Status__c', 'game.Status__c'],
    ['a value does not exist', MAKE, '<stringValue>open', '<stringValue>lost', '"lost"'],
    ['an object does not exist', ASK, '<object>Game__c', '<object>Games__c', 'Games__c'],
    ['a filter names no field', ASK, '<field>State__c', '<field>Status__c', 'Game__c.Status__c'],
    ['a filter compares with a value there is not', ASK, '<stringValue>won', '<stringValue>lost', '"lost"'],
    ['a merge field does not exist', ASK, '{!Find.State__c}', '{!Find.Status__c}', 'Find.Status__c'],
    ['a global does not exist', MAKE, '$Flow.FaultMessage', '$Flow.Fault', '$Flow.Fault'],
    ['a formula doubles a quote', ASK, '"no"', '"a ""b"" c"', 'backslash'],
    ['a formula leaves a text open', ASK, '"no"', '"no', 'not at all'],
    ['a formula calls what there is not', ASK, 'IF(', 'WHEN(', 'calls WHEN'],
    ['a subflow does not exist', ASK, '<flowName>Make_Games', '<flowName>Make', 'Make'],
    ['a subflow is not active', MAKE, '<status>Active', '<status>Draft', 'not active'],
    ['a subflow takes no such input', ASK, '<name>dealIds', '<name>deals', 'hands deals'],
    [
      'a subflow takes one, not many',
      MAKE,
      '<name>dealIds</name><dataType>String</dataType><isCollection>true',
      '<name>dealIds</name><dataType>String</dataType><isCollection>false',
      'collection',
    ],
    ['a subflow gives no such output', ASK, '{!Call.failure}', '{!Call.reason}', 'no such output'],
  ],
  channels: [
    ['the channel does not exist', MEMBER, '<eventChannel>Games__chn', '<eventChannel>Game__chn', 'Game__chn'],
    ['the object does not exist', MEMBER, 'Game__ChangeEvent', 'Games__ChangeEvent', 'no change event'],
    ['the filter names no field', MEMBER, 'State__c =', 'Status__c =', 'filters by Status__c'],
    [
      'the filter names a header field that cannot be filtered',
      MEMBER,
      'State__c =',
      'ChangeEventHeader.changedFields =',
      'changedFields',
    ],
    ['the filter asks for a value there is not', MEMBER, "'open'", "'lost'", "'lost'"],
    ['the filter compares a checkbox with a number', MEMBER, 'Live__c = true', 'Live__c = 1', 'checkbox'],
    ['an enriched field does not exist', MEMBER, '<name>State__c', '<name>Status__c', 'Game__c.Status__c'],
  ],
  'external-client-apps': [
    ['the app is not for packaging', 'eca-meta.xml', 'Packaged', 'Local', 'packaging'],
    ['the app does not exist', 'ecaOauth-meta.xml', '>Games</external', '>Game</external', 'Game, which'],
    [
      'a link to one org is in source',
      'ecaOauth-meta.xml',
      '<label>',
      '<oauthLink>00D:888</oauthLink><label>',
      '<oauthLink>',
    ],
  ],
  labels: [
    ['a label is used but not defined', WORDS, 'Game_Title', 'Game_Heading', 'Game_Heading'],
    ['a label is defined but not used', WORDS, /import title.*\n/, '', 'nothing uses the label Game_Title'],
    ['a flow uses a label that is not defined', ASK, 'Game_Done', 'Game_Over', 'Game_Over'],
    ['a label is defined twice', LABELS, '>Game_Done</fullName>', '>Game_Title</fullName>', 'defined twice'],
    ['a label is empty', LABELS, '<value>Text', '<value>', 'is empty'],
  ],
  'lwc-bundles': [
    ['a target does not exist', CARD_META, '<target>lightning__RecordPage', '<target>lightning__Record', 'no target'],
    [
      'an exposed component offers nothing',
      CARD_META,
      '<target>lightning__RecordPage</target>',
      '',
      'offers no target',
    ],
    ['a property is not in the class', CARD, '@api heading', 'heading', 'no @api heading'],
    ['a property has no type of the App Builder', CARD_META, 'type="String"', 'type="Text"', 'type Text'],
    ['it is made for an object that does not exist', CARD_META, '<object>Game__c', '<object>Games__c', 'Games__c'],
  ],
  'lwc-imports': [
    ['a field does not exist', CARD, 'Game__c.State__c', 'Game__c.Status__c', 'Game__c.Status__c'],
    ['a path leads nowhere', CARD, 'Deal__r.Name', 'Deal__r.Title', 'Game__c.Deal__r.Title'],
    ['a permission does not exist', CARD, 'customPermission/Referee', 'customPermission/Umpire', 'Umpire'],
    ['a static resource does not exist', CARD, 'resourceUrl/GamePaper', 'resourceUrl/GamePage', 'GamePage'],
    ['a platform module does not exist', CARD, 'lightning/uiRecordApi', 'lightning/uiRecord', 'uiRecord'],
    ['a file is not in the bundle', CARD, './helper', './help', './help'],
    ['a file lies outside the bundle', CARD, './helper', '../other/helper', 'outside'],
    ['a package of npm is imported', CARD, "'./helper'", "'zod'", 'zod'],
    ['Apex is imported', WORDS, '@salesforce/label/c.Game_Title', '@salesforce/apex/Games.list', 'Apex'.toLowerCase()],
    ['a base component does not exist', TEMPLATE, /lightning-card/g, 'lightning-cart', '<lightning-cart>'],
    ['a component does not exist', TEMPLATE, /c-game-card/g, 'c-game-cart', '<c-game-cart>'],
  ],
  'static-resources': [
    ['the content is of another type', PAPER, 'application/javascript', 'text/css', 'there is no'],
    ['nothing is said about caching', PAPER, '>Public<', '>Always<', 'caching'],
    [
      'the content is too large',
      'GamePaper.js',
      '=> {}',
      `=> {/*${'x'.repeat(5 * 1024 * 1024)}*/}`,
      'bytes of content',
    ],
  ],
  'lwc-templates': [
    ['an attribute is no property of the component', TEMPLATE, 'heading={', 'head-line={', 'no @api headLine'],
    ['an expression is not in the class', TEMPLATE, '{heading}', '{headline}', 'no headline'],
    ['a label is not in the module', TEMPLATE, '{labels.title}', '{labels.name}', 'no such label'],
    ['a loop variable is not the one of the loop', TEMPLATE, 'for:item="move"', 'for:item="step"', 'no move'],
  ],
  namespace: [
    ['a field is named in quotes', CARD, 'moves = []', "moves = 'State__c'", 'quotes the name State__c'],
    ['a relationship is named in a query', CARD, 'moves = []', 'moves = `Deal__r { Name }`', 'quotes the name Deal__r'],
  ],
  'api-versions': [
    ['a flow runs at another version', MAKE, '66.0', '65.0', '65.0'],
    ['a component has no version', CARD_META, '<apiVersion>66.0</apiVersion>', '', '(none)'],
  ],
};

/** Faults that lie in a path: in the path of the file that ends so, this becomes that. */
export const MOVES: [rule: string, what: string, file: string, from: string, to: string, says: string][] = [
  [
    'file-place',
    'a file lies in a folder of another type',
    'quickAction-meta.xml',
    '/quickActions/',
    '/actions/',
    'outside a folder quickActions',
  ],
  ['file-place', 'a suffix is unknown', VIEW, '.listView-', '.listview-', 'no rule knows'],
  ['file-place', 'file and full name differ', VIEW, 'Open.listView', 'Closed.listView', 'says fullName Open'],
  [
    'file-place',
    'an object lies in the folder of another',
    GAME,
    'objects/Game__c/Game__c.',
    'objects/Game__c/Match__c.',
    'lies in the folder Game__c',
  ],
  [
    'objects',
    'a child belongs to no object',
    VIEW,
    'objects/Game__c/',
    'objects/Match__c/',
    'belongs to the object Match__c',
  ],
  ['names', 'a name begins with a digit', MAKE, 'Make_Games', '1_Game', '1_Game is no developer name'],
  ['names', 'a name holds two underscores', MAKE, 'Make_Games', 'Make__Games', 'no developer name'],
  ['names', 'a name is too long', MAKE, 'Make_Games', 'M'.repeat(41), '41 characters'],
  ['names', 'a name is a reserved word', KEY, 'Key__c', 'Order__c', 'reserved word'],
  ['names', 'a field lacks its ending', KEY, 'Key__c', 'Key', 'lacks the ending'],
  [
    'layouts',
    'a layout overwrites one of the customer',
    LAYOUT,
    'Game__c-',
    'Opportunity-',
    "overwrite the customer's",
  ],
  ['channels', 'a member does not follow the naming of an org', MEMBER, 'Games_chn_', 'Games__chn_', 'rename it to'],
  [
    'one-door',
    'people may edit what the service writes',
    PLAYER,
    'Player.',
    'TandemPlayer.',
    'gives people allowEdit on Game__c',
  ],
  [
    'actions',
    'a button with a flow is packaged',
    'webLink-meta.xml',
    'unpackaged/main',
    'force-app/main/games',
    'holds the namespace',
  ],
];

const copyOf = (file: string): string => goodProject().get(path(file)) ?? '';

/** Faults that lie in a file too many. */
export const ADDITIONS: [rule: string, what: string, file: string, content: string, says: string][] = [
  [
    'one-door',
    'people may edit a field that the service writes',
    'force-app/main/games/permissionsets/TandemPlayer.permissionset-meta.xml',
    copyOf(PLAYER).replace('Game__c.State__c', 'Opportunity.P2bScore__c'),
    'lets people edit Opportunity.P2bScore__c',
  ],
  [
    'relationships',
    'an object has two masters',
    'force-app/main/games/objects/Move__c/fields/Deal__c.field-meta.xml',
    copyOf(MASTER).replace('>Game__c</referenceTo>', '>Opportunity</referenceTo>').replaceAll('Game__c<', 'Deal__c<'),
    '2 master-detail relationships',
  ],
  [
    'packaged-losses',
    'a detail of a standard object is granted',
    'force-app/main/games/objects/Move__c/fields/Deal__c.field-meta.xml',
    copyOf(MASTER).replace('>Game__c</referenceTo>', '>Opportunity</referenceTo>'),
    'drop the rights on Move__c',
  ],
  [
    'names',
    'two components have one name',
    'force-app/main/other/flows/make_games.flow-meta.xml',
    copyOf(MAKE),
    'same name',
  ],
  [
    'lwc-bundles',
    'a component has no meta file',
    'force-app/main/games/lwc/board/board.ts',
    'export const board = 1;',
    'no meta file',
  ],
  [
    'lwc-bundles',
    'a component has no script of its name',
    'force-app/main/games/lwc/board/board.js-meta.xml',
    copyOf(CARD_META),
    'neither a script nor a template',
  ],
  [
    'channels',
    'a channel has no members',
    'force-app/main/games/platformEventChannels/Other__chn.platformEventChannel-meta.xml',
    copyOf('platformEventChannel-meta.xml'),
    'no members',
  ],
  [
    'static-resources',
    'a content has no meta file',
    'force-app/main/games/staticresources/Dice.js',
    'export {};',
    'has no meta file',
  ],
  ['well-formed', 'a file is empty', 'force-app/main/games/tabs/Move__c.tab-meta.xml', '', 'is not XML'],
];
