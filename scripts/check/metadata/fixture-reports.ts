/** The reports and the dashboard of the good project of fixture.ts, and one planted fault after another in them. */
import type { Fault } from './planted-faults.ts';

const HOME = 'force-app/main/games';
const meta = (type: string, body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="http://soap.sforce.com/2006/04/metadata">\n${body.trim()}\n</${type}>\n`;

const offered = (field: string): string =>
  `<columns><checkedByDefault>true</checkedByDefault><field>${field}</field><table>Game__c</table></columns>`;
const share =
  '<folderShares><accessLevel>View</accessLevel><sharedTo>AllInternalUsers</sharedTo><sharedToType>Organization</sharedToType></folderShares>';
const part = (row: number, inner: string): string =>
  `<dashboardGridComponents><colSpan>6</colSpan><columnIndex>0</columnIndex><dashboardComponent>${inner}</dashboardComponent><rowIndex>${row}</rowIndex><rowSpan>4</rowSpan></dashboardGridComponents>`;

/** Path → content. */
export const REPORT_FILES: readonly [path: string, content: string][] = [
  [
    `${HOME}/reportTypes/Games_Played.reportType-meta.xml`,
    meta(
      'ReportType',
      `<baseObject>Game__c</baseObject>\n<category>other</category>\n<deployed>true</deployed>\n<description>Games.</description>\n<label>Games played</label>\n<sections>${['Name', 'State__c', 'Score__c', 'Live__c', 'Notes__c', 'CreatedDate'].map(offered).join('')}<masterLabel>Game</masterLabel></sections>`,
    ),
  ],
  [`${HOME}/reports/Games.reportFolder-meta.xml`, meta('ReportFolder', `${share}<name>Games</name>`)],
  [
    `${HOME}/reports/Games/Games_By_State.report-meta.xml`,
    meta(
      'Report',
      `<chart><chartSummaries><axisBinding>y</axisBinding><column>RowCount</column></chartSummaries><chartType>HorizontalBar</chartType><groupingColumn>Game__c$State__c</groupingColumn></chart>
<columns><field>Game__c$Name</field></columns>
<columns><aggregateTypes>Sum</aggregateTypes><field>Game__c$Score__c</field></columns>
<description>Games by state.</description>
<filter><criteriaItems><column>Game__c$Live__c</column><columnToColumn>false</columnToColumn><isUnlocked>true</isUnlocked><operator>equals</operator><value>1</value></criteriaItems></filter>
<format>Summary</format>
<groupingsDown><field>Game__c$State__c</field><sortOrder>Asc</sortOrder></groupingsDown>
<name>Games by state</name>
<reportType>Games_Played__c</reportType>
<sortColumn>Game__c$Score__c</sortColumn>
<timeFrameFilter><dateColumn>Game__c$CreatedDate</dateColumn><interval>INTERVAL_CUSTOM</interval></timeFrameFilter>`,
    ),
  ],
  [`${HOME}/dashboards/Games.dashboardFolder-meta.xml`, meta('DashboardFolder', `${share}<name>Games</name>`)],
  [
    `${HOME}/dashboards/Games/All_Games.dashboard-meta.xml`,
    meta(
      'Dashboard',
      `<backgroundEndColor>#FFFFFF</backgroundEndColor>
<backgroundFadeDirection>Diagonal</backgroundFadeDirection>
<backgroundStartColor>#FFFFFF</backgroundStartColor>
<dashboardGridLayout>${part(
        0,
        '<chartSummary><axisBinding>y</axisBinding><column>RowCount</column></chartSummary><componentType>Bar</componentType><groupingColumn>Game__c$State__c</groupingColumn><report>Games/Games_By_State</report>',
      )}${part(
        4,
        '<componentType>FlexTable</componentType><flexComponentProperties><decimalPrecision>-1</decimalPrecision><flexTableColumn><reportColumn>Game__c$Score__c</reportColumn><showSubTotal>false</showSubTotal><showTotal>false</showTotal><type>detail</type></flexTableColumn><hideChatterPhotos>true</hideChatterPhotos></flexComponentProperties><report>Games/Games_By_State</report>',
      )}<numberOfColumns>12</numberOfColumns><rowHeight>36</rowHeight></dashboardGridLayout>
<dashboardType>LoggedInUser</dashboardType>
<description>All games.</description>
<textColor>#000000</textColor>
<title>All games</title>
<titleColor>#000000</titleColor>
<titleSize>12</titleSize>`,
    ),
  ],
];

const TYPE = 'reportType-meta.xml';
const REPORT = 'Games_By_State.report-meta.xml';
const BOARD = 'dashboard-meta.xml';

/** Faults in them, by the rule that has to find each. */
export const REPORT_FAULTS: Record<string, Fault[]> = {
  'report-types': [
    ['the object does not exist', TYPE, '<baseObject>Game__c', '<baseObject>Games__c', 'Games__c'],
    ['a field does not exist', TYPE, '<field>Score__c', '<field>Points__c', 'Game__c.Points__c'],
    ['a field is offered twice', TYPE, '<field>Live__c', '<field>Score__c', 'Score__c twice'],
    ['a field is taken from elsewhere', TYPE, '<table>Game__c', '<table>Game__c.Moves__r', 'not Game__c'],
    ['the label is too long', TYPE, 'Games played', 'Games played '.repeat(5), 'too long'],
  ],
  reports: [
    ['the folder has no file', 'Games.reportFolder-meta.xml', 'ReportFolder', 'Report', 'no file'],
    ['the name is too long', REPORT, '<name>Games by state', `<name>${'Games by state '.repeat(3)}`, 'too long'],
    ['the report type does not exist', REPORT, 'Games_Played__c', 'Games__c', 'nothing is known'],
    ['a column is not offered', REPORT, '<field>Game__c$Score__c', '<field>Game__c$Coach__c', 'shows Game__c$Coach__c'],
    ['a grouping is shown too', REPORT, '<field>Game__c$Name', '<field>Game__c$State__c', 'by which it groups'],
    ['a text is summed', REPORT, '<field>Game__c$Score__c', '<field>Game__c$Notes__c', 'Sum of Game__c$Notes__c'],
    [
      'it sorts by what it does not show',
      REPORT,
      '<sortColumn>Game__c$Score__c',
      '<sortColumn>Game__c$Live__c',
      'sorts by',
    ],
    ['the format has no such groupings', REPORT, '>Summary<', '>Tabular<', 'Tabular report'],
    [
      'it groups by what is not offered',
      REPORT,
      /Game__c\$State__c/g,
      'Game__c$Coach__c',
      'groups by Game__c$Coach__c',
    ],
    ['it groups by a long text', REPORT, /Game__c\$State__c/g, 'Game__c$Notes__c', 'LongTextArea'],
    [
      'a state is grouped by time',
      REPORT,
      '<groupingsDown>',
      '<groupingsDown><dateGranularity>Month</dateGranularity>',
      'by time',
    ],
    [
      'the chart draws what is not grouped',
      REPORT,
      '<groupingColumn>Game__c$State__c',
      '<groupingColumn>Game__c$Live__c',
      'draws Game__c$Live__c',
    ],
    [
      'a filter is not offered',
      REPORT,
      '<column>Game__c$Live__c',
      '<column>Game__c$Key__c',
      'filters by Game__c$Key__c',
    ],
    ['a checkbox is compared with a word', REPORT, '<value>1', '<value>yes', 'checkbox'],
    [
      'a filter asks for a value there is not',
      REPORT,
      '<column>Game__c$Live__c',
      '<column>Game__c$State__c',
      'no value',
    ],
    [
      'the time is no date',
      REPORT,
      '<dateColumn>Game__c$CreatedDate',
      '<dateColumn>Game__c$State__c',
      'takes its time',
    ],
  ],
  dashboards: [
    ['the folder has no file', 'Games.dashboardFolder-meta.xml', 'DashboardFolder', 'Dashboard', 'no file'],
    ['everybody sees what one sees', BOARD, 'LoggedInUser', 'SpecifiedUser', 'what one person may see'],
    ['a part reaches beyond the edge', BOARD, '<columnIndex>0', '<columnIndex>8', 'beyond the 12 columns'],
    ['two parts lie over one another', BOARD, '<rowIndex>4', '<rowIndex>2', 'over another part'],
    ['a report does not exist', BOARD, '<report>Games/Games_By_State', '<report>Games/Games', 'Games/Games, which'],
    [
      'a part draws what is not grouped',
      BOARD,
      '<groupingColumn>Game__c$State__c',
      '<groupingColumn>Game__c$Live__c',
      'draws',
    ],
    [
      'a part shows what the report does not',
      BOARD,
      '<reportColumn>Game__c$Score__c',
      '<reportColumn>Game__c$Live__c',
      'shows',
    ],
  ],
};
