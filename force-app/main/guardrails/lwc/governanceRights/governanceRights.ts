import MANAGE from '@salesforce/customPermission/TandemManageGuardrails';
import STOP from '@salesforce/customPermission/TandemStopAgents';

/** May change rules, modes, the matrix and phases, and end a stop. The service checks it again. */
export const mayManage = MANAGE === true;
/** May stop agents. The service checks it again. */
export const mayStop = STOP === true;
