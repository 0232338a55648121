"""Assets in production: each under a name that changes with its contents, and asked for by that name."""

import re
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

IMPORTED = re.compile(r'from "\./([^"]+)"')


def test_a_script_imports_others_by_the_names_of_their_contents(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "tracker.static_files.StaticFiles"}}
    call_command("collectstatic", "--no-input", verbosity=0)
    script = (tmp_path / staticfiles_storage.url("issues/log/sheet.js").removeprefix("/static/")).read_text()
    names = IMPORTED.findall(script)
    assert len(names) == 4
    for name in names:
        assert re.fullmatch(r"\w+\.[0-9a-f]{12}\.js", name)
        assert (tmp_path / "issues" / "log" / name).exists()
