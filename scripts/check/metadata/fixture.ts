/**
 * A small project in which every rule finds something to look at and nothing to say. Tests plant one fault in it.
 */
import { REPORT_FILES } from './fixture-reports.ts';
import type { Platform } from './project.ts';

const meta = (type: string, body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="http://soap.sforce.com/2006/04/metadata">\n${body.trim()}\n</${type}>\n`;

const HOME = 'force-app/main/games';

export const PLATFORM: Platform = {
  apiVersion: '66.0',
  lightningModules: new Set(['button', 'card', 'uiRecordApi', 'recordEditForm']),
};

const field = (name: string, body: string): string =>
  meta(
    'CustomField',
    `<fullName>${name}</fullName>\n<description>About ${name}.</description>\n<inlineHelpText>Help.</inlineHelpText>\n<label>${name}</label>\n${body}`,
  );

const picklist = `
<required>false</required>
<type>Picklist</type>
<valueSet>
<restricted>true</restricted>
<valueSetDefinition>
<sorted>false</sorted>
<value><fullName>open</fullName><default>true</default><label>Open</label></value>
<value><fullName>won</fullName><default>false</default><label>Won</label></value>
</valueSetDefinition>
</valueSet>`;

const object = (label: string, sharing: string, compactLayout: string): string =>
  meta(
    'CustomObject',
    `<compactLayoutAssignment>${compactLayout}</compactLayoutAssignment>
<deploymentStatus>Deployed</deploymentStatus>
<description>About ${label}.</description>
<enableBulkApi>true</enableBulkApi>
<enableSharing>true</enableSharing>
<enableStreamingApi>true</enableStreamingApi>
<externalSharingModel>${sharing}</externalSharingModel>
<label>${label}</label>
<nameField><displayFormat>N-{0000}</displayFormat><label>Number</label><type>AutoNumber</type></nameField>
<pluralLabel>${label}s</pluralLabel>
<searchLayouts><searchResultsAdditionalFields>Name</searchResultsAdditionalFields></searchLayouts>
<sharingModel>${sharing}</sharingModel>`,
  );

const component = (name: string, identifier: string, properties: [name: string, value: string][] = []): string =>
  `<itemInstances><componentInstance>${properties
    .map(
      ([key, value]) =>
        `<componentInstanceProperties><name>${key}</name><value>${value}</value></componentInstanceProperties>`,
    )
    .join(
      '',
    )}<componentName>${name}</componentName><identifier>${identifier}</identifier></componentInstance></itemInstances>`;

const region = (name: string, type: string, items: string): string =>
  `<flexiPageRegions>${items}<name>${name}</name><type>${type}</type></flexiPageRegions>`;

const at = '<locationX>0</locationX><locationY>0</locationY>';
const to = (connector: string, target: string): string =>
  `<${connector}><targetReference>${target}</targetReference></${connector}>`;

/** The project's files: path → content. A new map each time, so a test may change it. */
export const goodProject = (): Map<string, string> =>
  new Map([
    ...REPORT_FILES,
    [
      `${HOME}/objects/Game__c/Game__c.object-meta.xml`,
      object('Game', 'Private', 'Game_Highlights').replace(
        '<compactLayoutAssignment>',
        '<actionOverrides><actionName>View</actionName><content>Game_Page</content><formFactor>Large</formFactor><type>Flexipage</type></actionOverrides>\n<compactLayoutAssignment>',
      ),
    ],
    [`${HOME}/objects/Game__c/fields/State__c.field-meta.xml`, field('State__c', picklist)],
    [
      `${HOME}/objects/Game__c/fields/Key__c.field-meta.xml`,
      field(
        'Key__c',
        '<caseSensitive>true</caseSensitive>\n<externalId>true</externalId>\n<length>80</length>\n<required>false</required>\n<type>Text</type>\n<unique>true</unique>',
      ),
    ],
    [
      `${HOME}/objects/Game__c/fields/Score__c.field-meta.xml`,
      field('Score__c', '<precision>6</precision>\n<required>false</required>\n<scale>2</scale>\n<type>Number</type>'),
    ],
    [
      `${HOME}/objects/Game__c/fields/Notes__c.field-meta.xml`,
      field('Notes__c', '<length>1000</length>\n<type>LongTextArea</type>\n<visibleLines>3</visibleLines>'),
    ],
    [
      `${HOME}/objects/Game__c/fields/Deal__c.field-meta.xml`,
      field(
        'Deal__c',
        '<deleteConstraint>SetNull</deleteConstraint>\n<referenceTo>Opportunity</referenceTo>\n<relationshipName>Games</relationshipName>\n<required>false</required>\n<type>Lookup</type>',
      ),
    ],
    [
      `${HOME}/objects/Game__c/fields/Coach__c.field-meta.xml`,
      field(
        'Coach__c',
        '<deleteConstraint>Restrict</deleteConstraint>\n<referenceTo>Contact</referenceTo>\n<relationshipName>CoachedGames</relationshipName>\n<required>true</required>\n<type>Lookup</type>',
      ),
    ],
    [
      `${HOME}/objects/Game__c/fields/Live__c.field-meta.xml`,
      field('Live__c', '<defaultValue>false</defaultValue>\n<type>Checkbox</type>'),
    ],
    [
      `${HOME}/objects/Game__c/compactLayouts/Game_Highlights.compactLayout-meta.xml`,
      meta(
        'CompactLayout',
        '<fullName>Game_Highlights</fullName>\n<fields>Name</fields>\n<fields>State__c</fields>\n<label>Highlights</label>',
      ),
    ],
    [
      `${HOME}/objects/Game__c/listViews/Open.listView-meta.xml`,
      meta(
        'ListView',
        '<fullName>Open</fullName>\n<booleanFilter>1 AND 2</booleanFilter>\n<columns>NAME</columns>\n<columns>State__c</columns>\n<filterScope>Everything</filterScope>\n<filters><field>State__c</field><operation>equals</operation><value>open</value></filters>\n<filters><field>Live__c</field><operation>equals</operation><value>1</value></filters>\n<label>Open</label>',
      ),
    ],
    [
      `${HOME}/objects/Game__c/validationRules/Won_Has_Score.validationRule-meta.xml`,
      meta(
        'ValidationRule',
        '<fullName>Won_Has_Score</fullName>\n<active>true</active>\n<description>A won game has a score.</description>\n<errorConditionFormula>AND(ISPICKVAL(State__c, "won"), ISBLANK(Score__c))</errorConditionFormula>\n<errorDisplayField>Score__c</errorDisplayField>\n<errorMessage>Enter the score.</errorMessage>',
      ),
    ],
    [`${HOME}/objects/Move__c/Move__c.object-meta.xml`, object('Move', 'ControlledByParent', 'Move_Highlights')],
    [
      `${HOME}/objects/Move__c/fields/Game__c.field-meta.xml`,
      field(
        'Game__c',
        '<referenceTo>Game__c</referenceTo>\n<relationshipName>Moves</relationshipName>\n<relationshipOrder>0</relationshipOrder>\n<type>MasterDetail</type>',
      ),
    ],
    [
      `${HOME}/objects/Move__c/compactLayouts/Move_Highlights.compactLayout-meta.xml`,
      meta('CompactLayout', '<fullName>Move_Highlights</fullName>\n<fields>Name</fields>\n<label>Highlights</label>'),
    ],
    [
      `${HOME}/layouts/Game__c-Game Layout.layout-meta.xml`,
      meta(
        'Layout',
        '<layoutSections><customLabel>true</customLabel><detailHeading>true</detailHeading><editHeading>true</editHeading><label>Game</label><layoutColumns><layoutItems><behavior>Readonly</behavior><field>Name</field></layoutItems><layoutItems><behavior>Required</behavior><field>Coach__c</field></layoutItems><layoutItems><behavior>Edit</behavior><field>State__c</field></layoutItems></layoutColumns><style>OneColumn</style></layoutSections>\n<relatedLists><fields>NAME</fields><relatedList>Move__c.Game__c</relatedList></relatedLists>',
      ),
    ],
    [
      `${HOME}/tabs/Game__c.tab-meta.xml`,
      meta(
        'CustomTab',
        '<customObject>true</customObject>\n<description>Games.</description>\n<motif>Custom53: Bell</motif>',
      ),
    ],
    [
      `${HOME}/applications/Games.app-meta.xml`,
      meta(
        'CustomApplication',
        '<actionOverrides><actionName>View</actionName><content>Games_Home</content><formFactor>Large</formFactor><type>Flexipage</type><pageOrSobjectType>standard-home</pageOrSobjectType></actionOverrides>\n<description>Games.</description>\n<formFactors>Large</formFactors>\n<label>Games</label>\n<navType>Standard</navType>\n<tabs>standard-home</tabs>\n<tabs>Game__c</tabs>\n<uiType>Lightning</uiType>',
      ),
    ],
    [
      `${HOME}/customPermissions/Referee.customPermission-meta.xml`,
      meta(
        'CustomPermission',
        '<description>May decide.</description>\n<isLicensed>false</isLicensed>\n<label>Referee</label>',
      ),
    ],
    [
      `${HOME}/permissionsets/Player.permissionset-meta.xml`,
      meta(
        'PermissionSet',
        `<applicationVisibilities><application>Games</application><visible>true</visible></applicationVisibilities>
<customPermissions><enabled>true</enabled><name>Referee</name></customPermissions>
<description>May play.</description>
${['Deal__c', 'Key__c', 'Live__c', 'Notes__c', 'Score__c', 'State__c'].map((name) => `<fieldPermissions><editable>true</editable><field>Game__c.${name}</field><readable>true</readable></fieldPermissions>`).join('\n')}
<flowAccesses><enabled>true</enabled><flow>Make_Games</flow></flowAccesses>
<flowAccesses><enabled>true</enabled><flow>Ask_For_Games</flow></flowAccesses>
<label>Player</label>
${['Game__c', 'Move__c'].map((name) => `<objectPermissions><allowCreate>true</allowCreate><allowDelete>false</allowDelete><allowEdit>true</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>${name}</object><viewAllRecords>false</viewAllRecords></objectPermissions>`).join('\n')}
<tabSettings><tab>Game__c</tab><visibility>Visible</visibility></tabSettings>`,
      ),
    ],
    [
      'unpackaged/main/permissionsets/Player_Standard.permissionset-meta.xml',
      meta(
        'PermissionSet',
        '<description>Standard objects.</description>\n<fieldPermissions><editable>false</editable><field>Opportunity.Amount</field><readable>true</readable></fieldPermissions>\n<label>Player, standard</label>\n<objectPermissions><allowCreate>false</allowCreate><allowDelete>false</allowDelete><allowEdit>false</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>Opportunity</object><viewAllRecords>false</viewAllRecords></objectPermissions>\n<userPermissions><enabled>true</enabled><name>ApiEnabled</name></userPermissions>',
      ),
    ],
    [
      `${HOME}/flexipages/Game_Page.flexipage-meta.xml`,
      meta(
        'FlexiPage',
        `<description>A game.</description>
${region('header', 'Region', '<itemInstances><componentInstance><componentInstanceProperties><name>actionNames</name><valueList><valueListItems><value>Game__c.Ask</value></valueListItems></valueList></componentInstanceProperties><componentName>force:highlightsPanel</componentName><identifier>highlights</identifier></componentInstance></itemInstances>')}
${region('movesTab', 'Facet', component('lst:dynamicRelatedList', 'moves', [['relatedListApiName', 'Moves__r']]) + '<itemInstances><fieldInstance><fieldItem>Record.State__c</fieldItem><identifier>state</identifier></fieldInstance></itemInstances>')}
${region('tabs', 'Facet', component('flexipage:tab', 'firstTab', [['body', 'movesTab']]))}
${region('main', 'Region', component('flexipage:tabset', 'tabset', [['tabs', 'tabs']]))}
${region('sidebar', 'Region', component('gameCard', 'gameCard', [['heading', 'Now']]))}
<masterLabel>Game</masterLabel>
<sobjectType>Game__c</sobjectType>
<template><name>flexipage:recordHomeTemplateDesktop</name></template>
<type>RecordPage</type>`,
      ),
    ],
    [
      `${HOME}/flexipages/Games_Home.flexipage-meta.xml`,
      meta(
        'FlexiPage',
        `<description>All games.</description>
${region(
  'top',
  'Region',
  component('flexipage:filterListCard', 'open', [
    ['entityName', 'Game__c'],
    ['filterName', 'Open'],
  ]),
)}
<masterLabel>Games</masterLabel>
<template><name>home:desktopTemplate</name></template>
<type>HomePage</type>`,
      ),
    ],
    [
      `${HOME}/quickActions/Game__c.Ask.quickAction-meta.xml`,
      meta(
        'QuickAction',
        '<description>Asks.</description>\n<flowDefinition>Ask_For_Games</flowDefinition>\n<label>Ask</label>\n<optionsCreateFeedItem>false</optionsCreateFeedItem>\n<type>Flow</type>',
      ),
    ],
    [
      'unpackaged/main/objects/Game__c/webLinks/Ask_Many.webLink-meta.xml',
      meta(
        'WebLink',
        '<fullName>Ask_Many</fullName>\n<availability>online</availability>\n<description>Asks for many.</description>\n<displayType>massActionButton</displayType>\n<linkType>url</linkType>\n<masterLabel>Ask</masterLabel>\n<openType>sidebar</openType>\n<protected>false</protected>\n<url>/lightning/flow/Ask_For_Games</url>',
      ),
    ],
    [
      `${HOME}/flows/Make_Games.flow-meta.xml`,
      meta(
        'Flow',
        `<apiVersion>66.0</apiVersion>
<assignments><name>Fill</name><label>Fill</label>${at}<assignmentItems><assignToReference>game.State__c</assignToReference><operator>Assign</operator><value><stringValue>open</stringValue></value></assignmentItems>${to('connector', 'Create')}</assignments>
<description>Makes games.</description>
<label>Make games</label>
<processType>AutoLaunchedFlow</processType>
<recordCreates><name>Create</name><label>Create</label>${at}${to('faultConnector', 'Fail')}<inputReference>game</inputReference></recordCreates>
<start>${at}${to('connector', 'Fill')}</start>
<status>Active</status>
<variables><name>game</name><dataType>SObject</dataType><isCollection>false</isCollection><isInput>false</isInput><isOutput>false</isOutput><objectType>Game__c</objectType></variables>
<variables><name>dealIds</name><dataType>String</dataType><isCollection>true</isCollection><isInput>true</isInput><isOutput>false</isOutput></variables>
<variables><name>failure</name><dataType>String</dataType><isCollection>false</isCollection><isInput>false</isInput><isOutput>true</isOutput></variables>`,
      ).replace(
        '<description>Makes',
        `<assignments><name>Fail</name><label>Fail</label>${at}<assignmentItems><assignToReference>failure</assignToReference><operator>Assign</operator><value><elementReference>$Flow.FaultMessage</elementReference></value></assignmentItems></assignments>\n<description>Makes`,
      ),
    ],
    [
      `${HOME}/flows/Ask_For_Games.flow-meta.xml`,
      meta(
        'Flow',
        `<apiVersion>66.0</apiVersion>
<description>Asks for games.</description>
<formulas><name>answer</name><dataType>String</dataType><expression>IF(ISBLANK({!recordId}), "say \\"yes\\"", "no")</expression></formulas>
<label>Ask for games</label>
<processType>Flow</processType>
<recordLookups><name>Find</name><label>Find</label>${at}${to('connector', 'Call')}${to('faultConnector', 'Done')}<filters><field>State__c</field><operator>EqualTo</operator><value><stringValue>won</stringValue></value></filters><object>Game__c</object><queriedFields>Id</queriedFields></recordLookups>
<screens><name>Done</name><label>Done</label>${at}<fields><name>doneText</name><fieldText>{!$Label.Game_Done} {!Call.failure} {!Find.State__c}</fieldText><fieldType>DisplayText</fieldType></fields></screens>
<start>${at}${to('connector', 'Find')}</start>
<status>Active</status>
<subflows><name>Call</name><label>Call</label>${at}${to('connector', 'Done')}<flowName>Make_Games</flowName><inputAssignments><name>dealIds</name><value><elementReference>ids</elementReference></value></inputAssignments></subflows>
<variables><name>ids</name><dataType>String</dataType><isCollection>true</isCollection><isInput>true</isInput><isOutput>false</isOutput></variables>
<variables><name>recordId</name><dataType>String</dataType><isCollection>false</isCollection><isInput>true</isInput><isOutput>false</isOutput></variables>`,
      ),
    ],
    [
      `${HOME}/platformEventChannels/Games__chn.platformEventChannel-meta.xml`,
      meta('PlatformEventChannel', '<channelType>data</channelType>\n<label>Games</label>'),
    ],
    [
      `${HOME}/platformEventChannelMembers/Games_chn_Game_ChangeEvent.platformEventChannelMember-meta.xml`,
      meta(
        'PlatformEventChannelMember',
        "<enrichedFields><name>State__c</name></enrichedFields>\n<eventChannel>Games__chn</eventChannel>\n<filterExpression>State__c = 'open' AND Live__c = true</filterExpression>\n<selectedEntity>Game__ChangeEvent</selectedEntity>",
      ),
    ],
    [
      `${HOME}/externalClientApps/Games.eca-meta.xml`,
      meta(
        'ExternalClientApplication',
        '<description>Signs in.</description>\n<distributionState>Packaged</distributionState>\n<label>Games</label>',
      ),
    ],
    [
      `${HOME}/extlClntAppOauthSettings/Games_oauth.ecaOauth-meta.xml`,
      meta(
        'ExtlClntAppOauthSettings',
        '<commaSeparatedOauthScopes>Api</commaSeparatedOauthScopes>\n<externalClientApplication>Games</externalClientApplication>\n<label>Games</label>',
      ),
    ],
    [
      `${HOME}/staticresources/GamePaper.resource-meta.xml`,
      meta(
        'StaticResource',
        '<cacheControl>Public</cacheControl><contentType>application/javascript</contentType><description>Prints a game.</description>',
      ),
    ],
    [`${HOME}/staticresources/GamePaper.js`, 'globalThis.print = () => {};'],
    [
      `${HOME}/labels/CustomLabels.labels-meta.xml`,
      meta(
        'CustomLabels',
        ['Game_Done', 'Game_Title']
          .map(
            (name) =>
              `<labels><fullName>${name}</fullName><language>en_US</language><protected>false</protected><shortDescription>${name}</shortDescription><value>Text</value></labels>`,
          )
          .join('\n'),
      ),
    ],
    [
      `${HOME}/lwc/gameCard/gameCard.js-meta.xml`,
      meta(
        'LightningComponentBundle',
        '<apiVersion>66.0</apiVersion>\n<description>A game.</description>\n<isExposed>true</isExposed>\n<masterLabel>Game</masterLabel>\n<targets><target>lightning__RecordPage</target></targets>\n<targetConfigs><targetConfig targets="lightning__RecordPage"><property name="heading" type="String" /><objects><object>Game__c</object></objects></targetConfig></targetConfigs>',
      ),
    ],
    [
      `${HOME}/lwc/gameCard/gameCard.ts`,
      `import { LightningElement, api } from 'lwc';
import { getRecord } from 'lightning/uiRecordApi';
import STATE from '@salesforce/schema/Game__c.State__c';
import DEAL_NAME from '@salesforce/schema/Game__c.Deal__r.Name';
import referee from '@salesforce/customPermission/Referee';
import paper from '@salesforce/resourceUrl/GamePaper';
import { labels } from 'c/gameLabels';
import { helper } from './helper';

/** A \`Game__c\` on its page. */
export default class GameCard extends LightningElement {
  labels = labels;
  paper = paper;
  @api heading = '';
  moves = [];
}
`,
    ],
    [
      `${HOME}/lwc/gameLabels/gameLabels.ts`,
      "import title from '@salesforce/label/c.Game_Title';\n\nexport const labels = { title };\n",
    ],
    [
      `${HOME}/lwc/gameLabels/gameLabels.js-meta.xml`,
      meta(
        'LightningComponentBundle',
        '<apiVersion>66.0</apiVersion>\n<description>The words.</description>\n<isExposed>false</isExposed>',
      ),
    ],
    [`${HOME}/lwc/gameCard/helper.ts`, 'export const helper = 1;\n'],
    [
      `${HOME}/lwc/gameCard/gameCard.html`,
      '<template>\n  <lightning-card title={labels.title}></lightning-card>\n  <template for:each={moves} for:item="move">\n    <c-game-card key={move.id} heading={heading}></c-game-card>\n  </template>\n</template>\n',
    ],
  ]);

/** Paths of the fixture, for tests to plant faults in. */
export const path = (end: string): string => {
  const found = [...goodProject().keys()].filter((candidate) => candidate.endsWith(end));
  if (found.length !== 1) throw new Error(`${found.length} files of the fixture end with ${end}`);
  return found[0] ?? '';
};
