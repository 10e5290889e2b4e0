-- The head of the personnel organisation, to whom the rules give approvals of its own.
alter table platform.role_assignment drop constraint role_assignment_role_check;
alter table platform.role_assignment add constraint role_assignment_role_check check (role in (
  'personnel-officer', 'official', 'head-of-unit', 'head-of-personnel', 'discipline-officer', 'training-officer',
  'finance-officer', 'petition-officer', 'panel-member', 'custodian',
  'system-administrator', 'security-administrator', 'audit-administrator'));
