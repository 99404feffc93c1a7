-- Run once as the database's administrator: runuser -u postgres -- psql -f heard-postgresql.sql
-- What it guards against is said in docs/threat-model.md.

CREATE ROLE heard LOGIN;
CREATE DATABASE heard OWNER heard ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE heard FROM PUBLIC;

-- No statement of Heard's, and no value in one, may reach the server's log, where lines carry times.
ALTER ROLE heard SET log_statement = 'none';
ALTER ROLE heard SET log_min_duration_statement = -1;
ALTER ROLE heard SET log_min_error_statement = 'panic';
ALTER ROLE heard SET log_error_verbosity = 'terse';
ALTER ROLE heard SET log_parameter_max_length = 0;
ALTER ROLE heard SET log_parameter_max_length_on_error = 0;

-- Lines about checkpoints and vacuums would say when something was written.
ALTER SYSTEM SET log_checkpoints = off;
ALTER SYSTEM SET log_autovacuum_min_duration = -1;

-- For the whole server. With times of commits kept, every row would lead to the second at which it was stored;
-- an archive of the write-ahead log would keep them for ever.
ALTER SYSTEM SET track_commit_timestamp = off;
ALTER SYSTEM SET archive_mode = off;
