-- Supervision and protection. Each register of the module has a script of its own.
comment on schema protection is 'leads, statements, tolerance, clarification, sanctions';
