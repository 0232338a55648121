"""Twenty people write at once into one SQLite file, and nobody is told that it is locked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

WRITERS, EACH = 20, 3

SCRIPT = """
import sys, threading
import django
django.setup()
from django.db import connection

from issues.tests.acts import add, log_position
from issues.history import ChangeSet, Way
from issues.models import Actor, Evidence, Issue, Participation, Place, Position, Process
from issues.models import Source, Statement, Summit

assert connection.vendor == "sqlite", connection.vendor
WRITERS, EACH = int(sys.argv[1]), int(sys.argv[2])
common = {"by": None, "reason": "set up", "kind": Way.COMMAND}
process = add(Process(name="Dam", slug="dam"), **common)
issue = add(Issue(process=process, name="Flow", slug="flow", question="How much?", kind="text"), **common)
summits = [
    add(Summit(process=process, slug=f"s{n}", name=f"S{n}", starts_on=f"2031-01-{n + 1:02}"), **common)
    for n in range(EACH)
]
source = add(Source(key="record", title="Record", publisher="P", kind="official"), **common)
words = add(Statement(source=source, ref="s1", quote="We say so."), **common)
actors = []
for n in range(WRITERS):
    actor = add(Actor(name=f"Actor {n}", slug=f"actor-{n}", kind="state"), **common)
    add(Participation(process=process, actor=actor, role="party"), **common)
    actors.append(actor)

mistakes, start = [], threading.Barrier(WRITERS)

def write(n):
    try:
        start.wait()
        for summit in summits:
            by = {"by": None, "reason": f"writer {n}", "kind": Way.COMMAND}
            log_position(issue=issue, actor=actors[n], summit=summit, statements=[words], **by)
            add(Place(name=f"Place {n} {summit.slug}"), **by)
    except Exception as mistake:
        mistakes.append(repr(mistake))
    finally:
        connection.close()

threads = [threading.Thread(target=write, args=(n,)) for n in range(WRITERS)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
positions = Position.objects.count()
places = Place.objects.count()
rows = Position.history.count() + Evidence.history.count()
mine = ChangeSet.objects.filter(reason__startswith="writer").count()
print(mistakes, positions, Evidence.objects.count(), places, rows, mine)
"""


@pytest.mark.slow
def test_twenty_writers_at_once_get_no_error(tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "DEBUG": "true",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'writers.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    for command in (
        [str(Path(settings.BASE_DIR) / "manage.py"), "migrate", "--verbosity", "0"],
        ["-c", SCRIPT, str(WRITERS), str(EACH)],
    ):
        done = subprocess.run(
            [sys.executable, *command],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    written = WRITERS * EACH
    assert done.stdout.split() == ["[]", *map(str, (written, written, written, 2 * written, 2 * written))]
