"""Erasure by law: the one function that takes rows out of history.

It runs as the owner, for what the application's role may never do: it deletes a record with its parts, and every
version of them, takes name and addresses out of all texts of the workspace, and leaves a tombstone without them. Its
tables come from the catalogue, so that a new one is reached as well. Who may call it is the application's to decide;
it reaches no further than the workspace in force.

Records that were merged are one person: all of them go. Names in PL/pgSQL are looked up when it runs, so that this may
speak of tables that come later.

A room says what the texts of a record are by `<room>_needles_of_<kind>(workspace, id)`, so that such a kind may be
erased: the rows of `<room>_<kind>`. Which of its own records go with it a room says by
`<room>_erased_with_<kind>(workspace, id)`. Who did it is whom the session's `app.change_meta` names.
"""

from django.db import migrations

from core.postgres import APP_ROLE, DEFINER

# Rows, and versions of rows, with their parts: whatever refers to them so that it is deleted with them. A part that was
# theirs once and is another's now (a merge was undone) stays, so its newest version decides.
ROWS = f"""
CREATE FUNCTION public.records_erase_rows(
    workspace bigint, root text, ids bigint[], OUT counts jsonb, OUT files text[], OUT sets bigint[])
LANGUAGE plpgsql {DEFINER}
AS $$
DECLARE
    part record;
    part_ids bigint[];
    found record;
    gone bigint;
    history text := root || 'version';
BEGIN
    counts := '{{}}';
    files := '{{}}';
    sets := '{{}}';
    IF coalesce(cardinality(ids), 0) = 0 THEN
        RETURN;
    END IF;
    FOR part IN
        SELECT child.relname::text AS name, column_.attname::text AS key,
               to_regclass('public.' || quote_ident(child.relname || 'version')) IS NOT NULL AS has_history
        FROM pg_constraint AS key JOIN pg_class AS child ON child.oid = key.conrelid
        JOIN pg_attribute AS column_ ON column_.attrelid = key.conrelid AND column_.attnum = ANY (key.conkey)
        WHERE key.contype = 'f' AND key.confdeltype = 'c' AND key.confrelid = to_regclass('public.' || quote_ident(root))
          AND column_.attname <> 'workspace_id'
    LOOP
        EXECUTE format(CASE WHEN part.has_history
            THEN 'SELECT array_agg(id) FROM (SELECT DISTINCT ON (pgh_obj_id) pgh_obj_id AS id, %2$I AS whole'
                ' FROM public.%3$I WHERE workspace_id = $1 AND pgh_obj_id IN'
                ' (SELECT pgh_obj_id FROM public.%3$I WHERE workspace_id = $1 AND %2$I = ANY ($2))'
                ' ORDER BY pgh_obj_id, pgh_id DESC) AS newest WHERE whole = ANY ($2)'
            ELSE 'SELECT array_agg(id) FROM public.%1$I WHERE workspace_id = $1 AND %2$I = ANY ($2)' END,
            part.name, part.key, part.name || 'version')
            INTO part_ids USING workspace, ids;
        SELECT * INTO found FROM public.records_erase_rows(workspace, part.name, part_ids);
        counts := public.records_erase_sum(counts, found.counts);
        files := files || found.files;
        sets := sets || found.sets;
    END LOOP;
    IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('public.' || quote_ident(history))
               AND attname = 'file' AND NOT attisdropped) THEN
        EXECUTE format('SELECT $1 || coalesce(array_agg(DISTINCT file::text), ''{{}}'') FROM public.%I'
                       ' WHERE workspace_id = $2 AND pgh_obj_id = ANY ($3)', history)
            INTO files USING files, workspace, ids;
    END IF;
    EXECUTE format('DELETE FROM public.%I WHERE workspace_id = $1 AND id = ANY ($2)', root) USING workspace, ids;
    GET DIAGNOSTICS gone = ROW_COUNT;
    counts := public.records_erase_sum(counts, jsonb_build_object(root, gone));
    gone := public.records_erase_readings(workspace, root, ids);
    counts := public.records_erase_sum(counts, jsonb_build_object('records_reading', gone));
    IF to_regclass('public.' || quote_ident(history)) IS NOT NULL THEN
        EXECUTE format('SELECT $1 || coalesce(array_agg(DISTINCT change_set_id), ''{{}}'') FROM public.%I'
                       ' WHERE workspace_id = $2 AND pgh_obj_id = ANY ($3)', history)
            INTO sets USING sets, workspace, ids;
        PERFORM public.records_erase_labels(workspace, root, ids, sets);
        EXECUTE format('DELETE FROM public.%I WHERE workspace_id = $1 AND pgh_obj_id = ANY ($2)', history)
            USING workspace, ids;
        GET DIAGNOSTICS gone = ROW_COUNT;
        counts := public.records_erase_sum(counts, jsonb_build_object(history, gone));
    END IF;
END $$;
REVOKE ALL ON FUNCTION public.records_erase_rows(bigint, text, bigint[]) FROM PUBLIC;
"""

# What was made or changed is called in the change log by what a note begins with, or by the name of a file. `sets` are
# those that changed it or a part of it.
LABELS = """
CREATE FUNCTION public.records_erase_labels(workspace bigint, root text, ids bigint[], sets bigint[]) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    title text;
BEGIN
    FOR title IN SELECT attname FROM pg_attribute WHERE attrelid = to_regclass('public.' || quote_ident(root || 'version'))
                 AND attname IN ('subject', 'name') AND NOT attisdropped
    LOOP
        -- A long title was cut; so its beginning is enough.
        EXECUTE format('UPDATE public.records_changeset AS said SET label = ''…'' FROM public.%1$I AS version'
            ' WHERE version.workspace_id = $1 AND version.pgh_obj_id = ANY ($2)'
            ' AND said.workspace_id = $1 AND said.id = ANY ($3)'
            ' AND version.%2$I <> '''' AND strpos(said.label, left(rtrim(version.%2$I, ''…''), 60)) > 0',
            root || 'version', title) USING workspace, ids, sets;
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION public.records_erase_labels(bigint, text, bigint[], bigint[]) FROM PUBLIC;
"""

SUM = """
CREATE FUNCTION public.records_erase_sum(one jsonb, other jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE
AS $$
    SELECT coalesce(jsonb_object_agg(key, total), '{}') FROM (
        SELECT key, sum(value::bigint) AS total FROM (
            SELECT * FROM jsonb_each_text(one) UNION ALL SELECT * FROM jsonb_each_text(other)
        ) AS both_ GROUP BY key HAVING sum(value::bigint) > 0
    ) AS sums
$$;
REVOKE ALL ON FUNCTION public.records_erase_sum(jsonb, jsonb) FROM PUBLIC;
"""

# What a needle looks like in a text. A phone number: its digits however they are parted, with the code of its country or
# without (a 0 stands there instead, or nothing). Words: with any blanks between them, which JSON may have escaped.
# Whatever was cut: its beginning before the mark, of six characters at least, of an address on the web three behind the
# last slash. Each character stands for itself and what may follow it, which is none that it could be: no text takes long.
NEEDLE = r"""
CREATE FUNCTION public.records_erase_needle(needle text) RETURNS text
LANGUAGE plpgsql IMMUTABLE
AS $$
DECLARE
    gap CONSTANT text := '[\s\u00a0\u202f()./-]*';
    blanks CONSTANT text := '(?:[\s\u00a0\u202f]|\\[nrt])+';
    least int := greatest(6, 3 + length(coalesce(substring(needle FROM '^.*/(?=.)'), '')));
    digits text := regexp_replace(needle, '\D', '', 'g');
    head text := '';
    parts text[];
    cut text;
    code text;
BEGIN
    IF needle ~ '^\s*\+?[\d\s()./-]+$' AND length(digits) >= 7 THEN
        IF needle ~ '^\s*\+' THEN
            code := coalesce(substring(digits FROM '^[17]'),
                substring(digits FROM '^(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])'), left(digits, 3));
            digits := substr(digits, length(code) + 1);
        END IF;
        SELECT array_agg(digit || gap ORDER BY place) INTO parts
            FROM regexp_split_to_table(digits, '') WITH ORDINALITY AS each (digit, place);
        head := '\(?' || coalesce('(?:(?:\+|00)?' || gap || array_to_string(regexp_split_to_array(code, ''), gap) || gap
            || ')' || CASE WHEN length(digits) < 6 THEN '' ELSE '?' END, '') || '(?:0' || gap || ')?';
    ELSE
        SELECT array_agg(CASE WHEN part ~ '\s' THEN blanks
                WHEN part ~ '[.*+?^${}()|\[\]\\-]' THEN '\' || part ELSE part END ORDER BY place) INTO parts
            FROM regexp_split_to_table(regexp_replace(needle, '\s+', ' ', 'g'), '') WITH ORDINALITY AS each (part, place);
    END IF;
    -- The gap behind the last digit is the text's.
    code := head || regexp_replace(array_to_string(parts, ''), '\[\\s[^]]*\]\*$', '');
    IF cardinality(parts) <= least THEN
        RETURN code;
    END IF;
    cut := head || array_to_string(parts[:least], '') || '(?:' || array_to_string(parts[least + 1:], '(?:')
        || repeat(')?', cardinality(parts) - least) || '\s*…';
    RETURN code || '|' || cut;
END $$;
REVOKE ALL ON FUNCTION public.records_erase_needle(text) FROM PUBLIC;
"""

# A word of its own and not a part of one: Jan Novák is not in Jan Nováková. In JSON the letter of an escaped new line
# stands before a word, and a quotation mark in a name is escaped too.
PATTERN = r"""
CREATE FUNCTION public.records_erase_pattern(needles text[]) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
    SELECT '(?:(?<!\w)|(?<=\\[bfnrt]))(?:' || string_agg(public.records_erase_needle(needle), '|'
        ORDER BY length(needle) DESC) || ')(?!\w)'
    FROM (SELECT unnest(needles) UNION SELECT substring(to_json(word)::text FROM '^"(.*)"$') FROM unnest(needles) AS word)
        AS words (needle) WHERE btrim(needle) <> ''
$$;
REVOKE ALL ON FUNCTION public.records_erase_pattern(text[]) FROM PUBLIC;
"""

# JSON with its texts blackened. Its numbers stay: one may have the digits of a phone number.
JSON = """
CREATE FUNCTION public.records_erase_json(value jsonb, pattern text) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE
AS $$
BEGIN
    RETURN CASE jsonb_typeof(value)
        WHEN 'string' THEN to_jsonb(regexp_replace(value #>> '{}', pattern, '…', 'gi'))
        WHEN 'array' THEN (SELECT coalesce(jsonb_agg(public.records_erase_json(one, pattern) ORDER BY place), '[]')
            FROM jsonb_array_elements(value) WITH ORDINALITY AS each (one, place))
        WHEN 'object' THEN (SELECT coalesce(jsonb_object_agg(
                regexp_replace(key, pattern, '…', 'gi'), public.records_erase_json(one, pattern)), '{}')
            FROM jsonb_each(value) AS each (key, one))
        ELSE value END;
END $$;
REVOKE ALL ON FUNCTION public.records_erase_json(jsonb, text) FROM PUBLIC;
"""

# Members keep their names: their own tables, and the column that says who did something. The read trail, which is long,
# has none but tables' names. Other records of the kind keep
# what they are: two people may share a number or a name, and so may a person and the house it works for. So do their
# parts; what may stand on records of other kinds as well, such as a draft, is no part of one.
TEXTS = f"""
CREATE FUNCTION public.records_erase_texts(workspace bigint, root text, pattern text) RETURNS jsonb
LANGUAGE plpgsql {DEFINER}
AS $$
DECLARE
    place record;
    gone bigint;
    counts jsonb := '{{}}';
BEGIN
    FOR place IN
        SELECT of.relname::text AS name,
            string_agg(format(CASE WHEN text.atttypid = 'jsonb'::regtype
                THEN '%1$I = public.records_erase_json(%1$I, $2)'
                ELSE '%1$I = regexp_replace(%1$I, $2, ''…'', ''gi'')' END, text.attname), ', ') AS changes,
            string_agg(format('%I::text ~* $2', text.attname), ' OR ') AS holds
        FROM pg_class AS of JOIN pg_attribute AS text ON text.attrelid = of.oid
        WHERE of.relnamespace = 'public'::regnamespace AND of.relkind = 'r'
          AND EXISTS (SELECT FROM pg_attribute AS owner WHERE owner.attrelid = of.oid
                      AND owner.attname = 'workspace_id' AND NOT owner.attisdropped)
          AND NOT starts_with(of.relname, 'workspaces_') AND NOT starts_with(of.relname, 'records_search')
          AND of.relname <> 'records_reading'
          AND text.attnum > 0 AND NOT text.attisdropped AND text.attgenerated = ''
          AND text.atttypid IN ('text'::regtype, 'varchar'::regtype, 'jsonb'::regtype)
          AND text.attname NOT IN ('actor', 'file', 'pgh_label', 'phone', 'website', 'external_id')
          AND of.relname NOT IN (root, root || 'version')
          AND regexp_replace(of.relname, 'version$', '') NOT IN (
              SELECT child.relname FROM pg_constraint AS key JOIN pg_class AS child ON child.oid = key.conrelid
              WHERE key.contype = 'f' AND key.confdeltype = 'c'
                AND key.confrelid = to_regclass('public.' || quote_ident(root))
                AND NOT EXISTS (SELECT FROM pg_attribute AS part WHERE part.attrelid = child.oid
                                AND part.attnum = ANY (key.conkey) AND NOT part.attnotnull))
        GROUP BY of.relname
    LOOP
        EXECUTE format('UPDATE public.%I SET %s WHERE workspace_id = $1 AND (%s)', place.name, place.changes, place.holds)
            USING workspace, pattern;
        GET DIAGNOSTICS gone = ROW_COUNT;
        counts := public.records_erase_sum(counts, jsonb_build_object(place.name, gone));
    END LOOP;
    RETURN counts;
END $$;
REVOKE ALL ON FUNCTION public.records_erase_texts(bigint, text, text) FROM PUBLIC;
"""

# Cells of a file that came in: the whole row goes, since a name may stand in two of them.
CELLS = f"""
CREATE FUNCTION public.records_erase_cells(workspace bigint, pattern text) RETURNS jsonb
LANGUAGE plpgsql {DEFINER}
AS $$
DECLARE
    place record;
    gone bigint;
    counts jsonb := '{{}}';
BEGIN
    FOR place IN
        SELECT of.relname::text AS name FROM pg_class AS of JOIN pg_attribute AS cells ON cells.attrelid = of.oid
        WHERE of.relnamespace = 'public'::regnamespace AND of.relkind = 'r' AND cells.attname = 'cells'
          AND cells.atttypid = 'jsonb'::regtype
    LOOP
        EXECUTE format('DELETE FROM public.%I WHERE workspace_id = $1 AND (SELECT string_agg(cell, '' '')'
            ' FROM jsonb_array_elements_text(cells) AS cell) ~* $2', place.name) USING workspace, pattern;
        GET DIAGNOSTICS gone = ROW_COUNT;
        counts := public.records_erase_sum(counts, jsonb_build_object(place.name, gone));
    END LOOP;
    RETURN counts;
END $$;
REVOKE ALL ON FUNCTION public.records_erase_cells(bigint, text) FROM PUBLIC;
"""

# What happened to these records alone; it is linked to nothing once they are gone.
EVENTS = f"""
CREATE FUNCTION public.records_erase_events(workspace bigint, events bigint[]) RETURNS bigint
LANGUAGE plpgsql {DEFINER}
AS $$
DECLARE
    gone bigint;
    linked text;
BEGIN
    SELECT string_agg(format('SELECT FROM public.%I AS link WHERE link.workspace_id = $1 AND link.event_id = event.id',
                             conrelid::regclass::text), ' UNION ALL ')
        INTO linked FROM pg_constraint WHERE contype = 'f' AND confrelid = 'public.records_event'::regclass;
    EXECUTE 'DELETE FROM public.records_event AS event WHERE event.workspace_id = $1 AND event.id = ANY ($2)'
            ' AND NOT EXISTS (' || linked || ')' USING workspace, events;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
REVOKE ALL ON FUNCTION public.records_erase_events(bigint, bigint[]) FROM PUBLIC;
"""

# The record with those that were merged into it and, where it was merged itself, with what that became part of.
TARGETS = """
CREATE FUNCTION public.records_merged_with(workspace bigint, root text, target bigint) RETURNS bigint[]
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN (
        WITH RECURSIVE up (id) AS (
            SELECT target UNION
            SELECT merged.master_id FROM up JOIN public.records_merged AS merged ON merged.record_id = up.id
            WHERE merged.workspace_id = workspace AND merged.record_table = root
        ), same (id) AS (
            SELECT id FROM up UNION
            SELECT merged.record_id FROM same JOIN public.records_merged AS merged ON merged.master_id = same.id
            WHERE merged.workspace_id = workspace AND merged.record_table = root
        )
        SELECT array_agg(id) FROM same
    );
END $$;
REVOKE ALL ON FUNCTION public.records_merged_with(bigint, text, bigint) FROM PUBLIC;
"""

ERASE = f"""
CREATE FUNCTION public.records_erase(kind text, target bigint, OUT erasure bigint, OUT files text[])
LANGUAGE plpgsql {DEFINER}
AS $$
DECLARE
    workspace bigint := nullif(current_setting('app.workspace_id', true), '')::bigint;
    meta jsonb := coalesce(nullif(current_setting('app.change_meta', true), ''), '{{}}')::jsonb;
    root text;
    targets bigint[];
    said bigint[];
    needles text[] := '{{}}';
    weak text[] := '{{}}';
    sets bigint[];
    touched bigint[] := '{{}}';
    events bigint[];
    function record;
    other record;
    found record;
    counts jsonb;
    redacted jsonb := '{{}}';
    gone bigint;
BEGIN
    -- The table is the caller's choice as little as the actor is: it is the one of the room that knows the needles.
    SELECT table_.relname::text INTO root FROM pg_class AS table_ JOIN pg_proc AS needles_
        ON needles_.proname = left(table_.relname, -length('_' || kind)) || '_needles_of_' || kind
        WHERE table_.relnamespace = 'public'::regnamespace AND needles_.pronamespace = 'public'::regnamespace
          AND table_.relkind IN ('r', 'p') AND right(table_.relname, length('_' || kind)) = '_' || kind
          AND to_regclass('public.' || quote_ident(table_.relname || 'version')) IS NOT NULL;
    IF workspace IS NULL OR root IS NULL THEN
        RAISE EXCEPTION 'Nothing to erase: no workspace, or no kind of record called %', kind;
    END IF;
    targets := public.records_merged_with(workspace, root, target);
    -- What is looked for in texts; `weak` words (a single name) count only where the record itself is spoken of.
    FOR function IN SELECT proname::text AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace
                    AND proname LIKE '%\\_needles\\_of\\_' || kind
    LOOP
        EXECUTE format('SELECT $3 || coalesce(array_agg(needle) FILTER (WHERE NOT is_weak), ''{{}}''),'
                       ' $4 || coalesce(array_agg(needle) FILTER (WHERE is_weak), ''{{}}'')'
                       ' FROM unnest($2) AS one, LATERAL public.%I($1, one)', function.name)
            INTO needles, weak USING workspace, targets, needles, weak;
    END LOOP;
    EXECUTE format('SELECT array_agg(DISTINCT change_set_id) FROM public.%I WHERE workspace_id = $1'
                   ' AND pgh_obj_id = ANY ($2)', root || 'version') INTO sets USING workspace, targets;
    EXECUTE format('SELECT array_agg(event_id) FROM public.%I WHERE workspace_id = $1 AND record_id = ANY ($2)',
                   root || 'event') INTO events USING workspace, targets;
    counts := '{{}}';
    files := '{{}}';
    FOR function IN SELECT proname::text AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace
                    AND proname LIKE '%\\_erased\\_with\\_' || kind
    LOOP
        FOR other IN EXECUTE format('SELECT root, array_agg(DISTINCT id) AS ids FROM unnest($2) AS one,'
                                    ' LATERAL public.%I($1, one) GROUP BY root', function.name)
                     USING workspace, targets
        LOOP
            EXECUTE format('SELECT $1 || coalesce(array_agg(event_id), ''{{}}'') FROM public.%I WHERE workspace_id = $2'
                           ' AND record_id = ANY ($3)', other.root || 'event')
                INTO events USING coalesce(events, '{{}}'), workspace, other.ids;
            SELECT * INTO found FROM public.records_erase_rows(workspace, other.root, other.ids);
            counts := public.records_erase_sum(counts, found.counts);
            files := files || found.files;
            touched := touched || found.sets;
        END LOOP;
    END LOOP;
    SELECT * INTO found FROM public.records_erase_rows(workspace, root, targets);
    touched := touched || found.sets;
    counts := public.records_erase_sum(counts, found.counts);
    files := files || found.files;
    -- What was deleted for good before left its events behind, linked to nothing.
    SELECT coalesce(events, '{{}}') || coalesce(array_agg(id), '{{}}') INTO events FROM public.records_event
        WHERE workspace_id = workspace AND change_set_id = ANY (touched);
    -- Last, when there is no timeline any more that the end of a merge would move.
    SELECT array_agg(DISTINCT pgh_obj_id) INTO said FROM public.records_mergedversion
        WHERE workspace_id = workspace AND record_table = root AND ARRAY[record_id, master_id] && targets;
    SELECT * INTO found FROM public.records_erase_rows(workspace, 'records_merged', said);
    counts := public.records_erase_sum(counts, found.counts);
    SELECT array_agg(DISTINCT pgh_obj_id) INTO said FROM public.records_distinctversion
        WHERE workspace_id = workspace AND record_table = root AND ARRAY[one_id, other_id] && targets;
    SELECT * INTO found FROM public.records_erase_rows(workspace, 'records_distinct', said);
    counts := public.records_erase_sum(counts, found.counts);
    UPDATE public.records_recent SET seen = ARRAY(
        SELECT one FROM unnest(seen) WITH ORDINALITY AS kept (one, place)
        WHERE one <> ALL (SELECT kind || ' ' || id FROM unnest(targets) AS id) ORDER BY place)
    WHERE workspace_id = workspace AND seen && ARRAY(SELECT kind || ' ' || id FROM unnest(targets) AS id);
    gone := public.records_erase_events(workspace, coalesce(events, '{{}}'));
    counts := public.records_erase_sum(counts, jsonb_build_object('records_event', gone));
    IF cardinality(needles) > 0 THEN
        counts := public.records_erase_sum(counts,
            public.records_erase_cells(workspace, public.records_erase_pattern(needles)));
        redacted := public.records_erase_texts(workspace, root, public.records_erase_pattern(needles));
    END IF;
    IF cardinality(weak) > 0 THEN
        UPDATE public.records_changeset SET label = regexp_replace(
            label, public.records_erase_pattern(weak), '…', 'gi')
        WHERE workspace_id = workspace AND id = ANY (sets) AND label ~* public.records_erase_pattern(weak);
        UPDATE public.records_event SET data = public.records_erase_json(data, public.records_erase_pattern(weak))
        WHERE workspace_id = workspace AND change_set_id = ANY (sets)
          AND data::text ~* public.records_erase_pattern(weak);
    END IF;
    INSERT INTO public.records_erasure
        (workspace_id, kind, record_id, member_id, actor, deleted, redacted, files, created_at)
    VALUES (workspace, kind, target, (meta->>'actor_id')::bigint, coalesce(meta->>'actor', ''), counts, redacted,
        cardinality(files), clock_timestamp())
    RETURNING id INTO erasure;
END $$;
REVOKE ALL ON FUNCTION public.records_erase(text, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.records_erase(text, bigint) TO {APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0120_history")]
    operations = [
        migrations.RunSQL(SUM, "DROP FUNCTION public.records_erase_sum(jsonb, jsonb)"),
        migrations.RunSQL(NEEDLE, "DROP FUNCTION public.records_erase_needle(text)"),
        migrations.RunSQL(PATTERN, "DROP FUNCTION public.records_erase_pattern(text[])"),
        migrations.RunSQL(JSON, "DROP FUNCTION public.records_erase_json(jsonb, text)"),
        migrations.RunSQL(LABELS, "DROP FUNCTION public.records_erase_labels(bigint, text, bigint[], bigint[])"),
        migrations.RunSQL(ROWS, "DROP FUNCTION public.records_erase_rows(bigint, text, bigint[])"),
        migrations.RunSQL(TEXTS, "DROP FUNCTION public.records_erase_texts(bigint, text, text)"),
        migrations.RunSQL(CELLS, "DROP FUNCTION public.records_erase_cells(bigint, text)"),
        migrations.RunSQL(EVENTS, "DROP FUNCTION public.records_erase_events(bigint, bigint[])"),
        migrations.RunSQL(TARGETS, "DROP FUNCTION public.records_merged_with(bigint, text, bigint)"),
        migrations.RunSQL(ERASE, "DROP FUNCTION public.records_erase(text, bigint)"),
    ]
