-- How far each consumer group has come, kept where a loss of Redis cannot reach it: the bound for trimming, for cleaning and for feeding a lost
-- Redis again. A generation is one life of Redis: what it remembers in one says nothing about another. Idempotent.
SET ROLE core_migrator;

CREATE OR REPLACE FUNCTION core.entry_order(p_entry text) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT pg_catalog.split_part(p_entry, '-', 1)::numeric * 18446744073709551616
           + coalesce(nullif(pg_catalog.split_part(p_entry, '-', 2), ''), '0')::numeric
$$;
COMMENT ON FUNCTION core.entry_order(text) IS 'The place of a Redis stream entry (milliseconds-sequence) among the others of its stream. Indexed: never change its result.';

CREATE TABLE IF NOT EXISTS core.stream_marks (
    stream         text        NOT NULL,
    consumer_group text        NOT NULL,
    generation     uuid        NOT NULL,
    finished_id    text        NOT NULL DEFAULT '0-0',
    pending        bigint      NOT NULL DEFAULT 0,
    lag            bigint      NOT NULL DEFAULT 0,
    oldest_at      timestamptz,
    updated_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (stream, generation, consumer_group)
) WITH (fillfactor = 50);
COMMENT ON TABLE core.stream_marks IS 'Up to which entry a consumer group has finished a stream. No company. Retention: overwritten; those of the two latest generations stay, of earlier ones 7 days.';
COMMENT ON COLUMN core.stream_marks.finished_id IS 'Everything up to here is done or parked; 0-0 until the group has said something.';
COMMENT ON COLUMN core.stream_marks.lag IS 'Entries not finished: not yet read, and read but pending. Counted up to a thousand unread ones.';
COMMENT ON COLUMN core.stream_marks.oldest_at IS 'When the oldest entry that is not finished entered the stream; NULL when there is none.';
GRANT SELECT, INSERT, UPDATE, DELETE ON core.stream_marks TO core_relay;

CREATE OR REPLACE FUNCTION core.expect_streams_v1(p_generation uuid, p_groups jsonb, p_now timestamptz DEFAULT clock_timestamp()) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    expected int;
BEGIN
    INSERT INTO core.stream_marks (stream, consumer_group, generation, updated_at)
    SELECT t.stream, g.name, p_generation, p_now
      FROM pg_catalog.jsonb_each(p_groups) AS t (stream, groups), pg_catalog.jsonb_array_elements_text(t.groups) AS g (name)
     ORDER BY 1, 2
        ON CONFLICT (stream, generation, consumer_group) DO NOTHING;
    GET DIAGNOSTICS expected = ROW_COUNT;
    -- Who reads no more holds nothing back. Who still writes its mark is a newer release's group, or an older one's on its way out.
    DELETE FROM core.stream_marks m
     WHERE m.generation = p_generation AND m.updated_at < p_now - interval '1 hour'
       AND NOT coalesce((p_groups -> m.stream) ? m.consumer_group, false);
    RETURN expected;
END
$$;
COMMENT ON FUNCTION core.expect_streams_v1(uuid, jsonb, timestamptz) IS
    'Says before the first publication of a generation, and hourly, who reads: {"stream": ["group", …]}. A group that has not spoken yet holds back trimming and cleaning; one that is named no more and silent is forgotten.';

CREATE OR REPLACE FUNCTION core.mark_streams_v1(p_generation uuid, p_marks jsonb, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (stream text, consumer_group text, finished_id text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    -- A mark that a crash of the database forgets only has more published again.
    PERFORM pg_catalog.set_config('synchronous_commit', 'off', true);
    INSERT INTO core.stream_marks AS m (stream, consumer_group, generation, finished_id, pending, lag, oldest_at, updated_at)
    SELECT n.stream, n.consumer_group, p_generation, n.finished_id, n.pending, n.lag, n.oldest_at, p_now
      FROM pg_catalog.jsonb_to_recordset(p_marks) AS n (
           stream text, consumer_group text, finished_id text, pending bigint, lag bigint, oldest_at timestamptz)
     -- In one order for all replicas, so that two of them cannot wait for each other.
     ORDER BY n.stream, n.consumer_group
        ON CONFLICT (stream, generation, consumer_group) DO UPDATE
       SET finished_id = CASE WHEN core.entry_order(excluded.finished_id) > core.entry_order(m.finished_id)
                              THEN excluded.finished_id ELSE m.finished_id END,
           pending = excluded.pending, lag = excluded.lag, oldest_at = excluded.oldest_at, updated_at = excluded.updated_at;
    RETURN QUERY
    SELECT m.stream, m.consumer_group, m.finished_id
      FROM core.stream_marks m
     WHERE m.generation = p_generation
       AND m.stream IN (SELECT n.stream FROM pg_catalog.jsonb_to_recordset(p_marks) AS n (stream text));
END
$$;
COMMENT ON FUNCTION core.mark_streams_v1(uuid, jsonb, timestamptz) IS
    'Writes how far groups have come (never backwards) and answers with the marks of all groups of those streams.';

CREATE OR REPLACE FUNCTION core.stream_marks_v1()
    RETURNS TABLE (stream text, consumer_group text, generation uuid, finished_id text, pending bigint, lag bigint, oldest_at timestamptz, updated_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT m.stream, m.consumer_group, m.generation, m.finished_id, m.pending, m.lag, m.oldest_at, m.updated_at
      FROM core.stream_marks m
     ORDER BY m.stream, m.consumer_group, m.updated_at
$$;
COMMENT ON FUNCTION core.stream_marks_v1() IS 'How far every group of every stream has come.';

ALTER FUNCTION core.expect_streams_v1(uuid, jsonb, timestamptz) OWNER TO core_relay;
ALTER FUNCTION core.mark_streams_v1(uuid, jsonb, timestamptz) OWNER TO core_relay;
ALTER FUNCTION core.stream_marks_v1() OWNER TO core_relay;
REVOKE ALL ON FUNCTION core.expect_streams_v1(uuid, jsonb, timestamptz), core.mark_streams_v1(uuid, jsonb, timestamptz), core.stream_marks_v1() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.expect_streams_v1(uuid, jsonb, timestamptz), core.mark_streams_v1(uuid, jsonb, timestamptz), core.stream_marks_v1()
    TO backoffice_app, runtime_app, evolution_app, autentique_app, capi_app;
