/**
 * Lists that AWS's API model leaves open (plain strings) and its business validation closes; everything the model does
 * close is taken from the SDK (`client.ts`).
 */

/** `Project.CustomerUseCase`, spelled as in the API documentation. */
export const CUSTOMER_USE_CASES: readonly string[] = [
  'AI Machine Learning and Analytics',
  'Archiving',
  'Big Data: Data Warehouse/Data Integration/ETL/Data Lake/BI',
  'Blockchain',
  'Business Applications: Mainframe Modernization',
  'Business Applications & Contact Center',
  'Business Applications & SAP Production',
  'Centralized Operations Management',
  'Cloud Management Tools',
  'Cloud Management Tools & DevOps with Continuous Integration & Continuous Delivery (CICD)',
  'Configuration, Compliance & Auditing',
  'Connected Services',
  'Containers & Serverless',
  'Content Delivery & Edge Services',
  'Database',
  'Edge Computing/End User Computing',
  'Energy',
  'Enterprise Governance & Controls',
  'Enterprise Resource Planning',
  'Financial Services',
  'Healthcare and Life Sciences',
  'High Performance Computing',
  'Hybrid Application Platform',
  'Industrial Software',
  'IOT',
  'Manufacturing, Supply Chain and Operations',
  'Media & High performance computing (HPC)',
  'Migration/Database Migration',
  'Monitoring, logging and performance',
  'Monitoring & Observability',
  'Networking',
  'Outpost',
  'SAP',
  'Security & Compliance',
  'Storage & Backup',
  'Training',
  'VMC',
  'VMWare',
  'Web development & DevOps',
];

/** `LifeCycle.Stage` of a deal that AWS reviews: a prospect must mature first, a closed one is too late. */
export const REFERABLE_STAGES: readonly string[] = [
  'Qualified',
  'Technical Validation',
  'Business Validation',
  'Committed',
];

/** The website form AWS checks; its class `(-|` is the range of signs that its documented pattern amounts to. */
export const WEBSITE_PATTERN = '(?:https?:\\/\\/)?[a-zA-Z0-9-]+\\.[(-|]+';
