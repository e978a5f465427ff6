-- Lives only in test databases, in a schema of its own: which tables were touched, and what they held before.
CREATE SCHEMA harness;
CREATE UNLOGGED TABLE harness.touched (name text NOT NULL);
CREATE TABLE harness.sequence AS
SELECT schemaname, sequencename, last_value, start_value FROM pg_sequences WHERE schemaname = 'public';

CREATE FUNCTION harness.note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO harness.touched VALUES (TG_TABLE_NAME);
  RETURN NULL;
END $$;

DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('CREATE TABLE harness.%I AS TABLE public.%I', 'kept_' || name, name);
    EXECUTE format(
      'CREATE TRIGGER harness_note AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON public.%I
       FOR EACH STATEMENT EXECUTE FUNCTION harness.note()', name);
  END LOOP;
END $$;

-- What `restore` comes back to is what the tables hold now.
CREATE FUNCTION harness.keep() RETURNS void LANGUAGE plpgsql AS $$
DECLARE name text;
BEGIN
  FOR name IN SELECT DISTINCT t.name FROM harness.touched AS t LOOP
    EXECUTE format('DELETE FROM harness.%I', 'kept_' || name);
    EXECUTE format('INSERT INTO harness.%I TABLE public.%I', 'kept_' || name, name);
  END LOOP;
  DELETE FROM harness.touched;
  UPDATE harness.sequence AS was SET last_value = now.last_value
  FROM pg_sequences AS now WHERE now.schemaname = was.schemaname AND now.sequencename = was.sequencename;
END $$;

-- 'replica' switches foreign keys and triggers off for this one transaction, so the order of tables does not matter.
CREATE FUNCTION harness.restore() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  name text;
  columns text;
BEGIN
  PERFORM set_config('session_replication_role', 'replica', true), set_config('lock_timeout', '5s', true);
  FOR name IN SELECT DISTINCT t.name FROM harness.touched AS t LOOP
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO columns FROM pg_attribute
    WHERE attrelid = format('public.%I', name)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
    EXECUTE format('DELETE FROM public.%I', name);
    EXECUTE format('INSERT INTO public.%1$I (%2$s) OVERRIDING SYSTEM VALUE SELECT %2$s FROM harness.%3$I',
                   name, columns, 'kept_' || name);
  END LOOP;
  DELETE FROM harness.touched;
  PERFORM setval(format('public.%I', now.sequencename)::regclass, coalesce(was.last_value, was.start_value), was.last_value IS NOT NULL)
  FROM pg_sequences AS now JOIN harness.sequence AS was USING (schemaname, sequencename)
  WHERE now.last_value IS DISTINCT FROM was.last_value;
END $$;
