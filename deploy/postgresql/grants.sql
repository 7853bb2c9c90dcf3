-- Roles of Leerspoor on PostgreSQL 14 or newer, and what each may do. Run it with psql, connected to Leerspoor's
-- database, as a role that may create roles; a second run changes nothing:
--
--     createdb -E UTF8 -O leerspoor_owner leerspoor         (after the first run made the role)
--     psql -d leerspoor -f deploy/postgresql/grants.sql
--     LRS_DATABASE=postgresql://leerspoor_owner@db/leerspoor lrs migrate
--     psql -d leerspoor -f deploy/postgresql/grants.sql     (the tables are there now)
--
-- leerspoor_owner    owns the tables: `lrs migrate`, and nothing else
-- leerspoor_service  `lrs serve` and the other commands: appends to the log, and may change none of it
-- leerspoor_reader   `lrs project run` and `lrs relay`: reads envelopes and analytic forms, no payload; the relay notes
--                    how far it is
--
-- The roles log in without a password until you give them one (ALTER ROLE leerspoor_service PASSWORD ...) or let
-- pg_hba.conf ask for a certificate.

\set ON_ERROR_STOP on
SET client_min_messages = warning;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['leerspoor_owner', 'leerspoor_service', 'leerspoor_reader'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', name);
        END IF;
    END LOOP;
END
$$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO leerspoor_owner;
DO $$
BEGIN -- an index of another release is filled in a schema of its own before it takes the old one's place
    EXECUTE format('GRANT CREATE ON DATABASE %I TO leerspoor_owner', current_database());
END
$$;
GRANT USAGE ON SCHEMA public TO leerspoor_service, leerspoor_reader;

-- Tables that a later release adds to the log are append-only from their first moment.
ALTER DEFAULT PRIVILEGES FOR ROLE leerspoor_owner IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO leerspoor_service;

DO $$
DECLARE
    log CONSTANT text[] := ARRAY['event_log', 'event_payload', 'content', 'agent_key_secret', 'credential'];
    read CONSTANT text[] := ARRAY['event_log', 'event_log_version', 'index_state', 'analytic_form'];
    each record;
BEGIN
    FOR each IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = 'leerspoor_owner' LOOP
        EXECUTE format('REVOKE ALL ON public.%I FROM PUBLIC, leerspoor_service, leerspoor_reader', each.tablename);
        IF each.tablename = ANY (log) THEN
            EXECUTE format('GRANT SELECT, INSERT ON public.%I TO leerspoor_service', each.tablename);
        ELSIF each.tablename = 'event_log_version' THEN
            EXECUTE format('GRANT SELECT ON public.%I TO leerspoor_service', each.tablename);
        ELSE -- the index, which can be made again from the log
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON public.%I TO leerspoor_service', each.tablename);
        END IF;
        IF each.tablename = ANY (read) THEN
            EXECUTE format('GRANT SELECT ON public.%I TO leerspoor_reader', each.tablename);
        END IF;
        IF each.tablename = 'relay_checkpoint' THEN
            EXECUTE format('GRANT SELECT, INSERT, UPDATE ON public.%I TO leerspoor_reader', each.tablename);
        END IF;
    END LOOP;
    -- What `lrs credential revoke` and `lrs credential set` change; a credential is not of the log.
    IF to_regclass('public.credential') IS NOT NULL THEN
        GRANT UPDATE (revoked, profile_check, lenient) ON public.credential TO leerspoor_service;
    END IF;
END
$$;
