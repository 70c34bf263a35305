-- Up Migration
CREATE TABLE rooms (
  name text PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE messages (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  room text NOT NULL,
  author text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('user', 'alert')),
  client_id text NOT NULL,
  text text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  -- A client that got no acknowledgement sends again; this is what makes that harmless.
  CONSTRAINT messages_are_stored_once UNIQUE (room, author, client_id)
);

CREATE INDEX messages_by_room ON messages (room, seq);

INSERT INTO rooms (name) VALUES ('lobby'), ('ops');

-- Down Migration
DROP TABLE messages;
DROP TABLE rooms;
