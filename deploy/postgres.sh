#!/bin/sh
# Run once, by the image of PostgreSQL, on an empty volume: a database of its own for an account that is no superuser.
set -eu
psql --username "$POSTGRES_USER" --set ON_ERROR_STOP=1 --set password="$REDLINES_PASSWORD" <<'SQL'
-- It makes the scratch database in which `manage.py verify` tries a backup.
CREATE ROLE redlines LOGIN CREATEDB PASSWORD :'password';
CREATE DATABASE redlines OWNER redlines;
SQL
